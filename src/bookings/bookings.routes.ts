import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { AccessCodeView } from "#access-codes/access-codes.schema.ts";
import type { DeliveryView } from "#deliveries/deliveries.schema.ts";
import type { Queries } from "#platform/db/database.ts";
import { missing } from "#platform/http/api/fault.ts";
import { describeRoute } from "#platform/http/api/route.ts";
import { serveRoute } from "#platform/http/api/serve.ts";
import { id, pageOf, pageQuery, toPage } from "#platform/http/shapes.schema.ts";
import { readTimeline } from "#platform/live/live.store.ts";
import { toBookingView } from "./booking-view.ts";
import { bookingDetails, bookingSummary } from "./bookings.schema.ts";
import { findBooking, listBookings, type BookingPlace } from "./bookings.store.ts";

export interface BookingRouteNeeds {
  readonly database: Queries;
  /** For each booking the worst of its deliveries; one without any may be left out. */
  readonly standingOf: (
    workspaceId: string,
    bookingIds: readonly string[],
  ) => Promise<ReadonlyMap<string, "none" | "waiting" | "trouble" | "failed">>;
  readonly codesOf: (workspaceId: string, bookingId: string) => Promise<readonly AccessCodeView[]>;
  readonly deliveriesOf: (
    workspaceId: string,
    bookingId: string,
  ) => Promise<readonly DeliveryView[]>;
}

const part = "Bookings";

const place = z
  .string()
  .regex(/^\d{1,15}\.[\da-f-]{36}$/, "must be the `next` of a page")
  .transform((text): BookingPlace => {
    const [updatedAt, id = ""] = text.split(".");
    return { updatedAt: Number(updatedAt), id };
  })
  .pipe(z.object({ updatedAt: z.int(), id }));

const listRoute = describeRoute({
  method: "GET",
  path: "/bookings",
  part,
  summary: "List bookings, the one changed last first",
  scope: "read",
  query: pageQuery.extend({
    before: place
      .optional()
      .meta({ description: "The `next` of the page before; absent: the first page." }),
  }),
  answer: { status: 200, meaning: "One page.", schema: pageOf(bookingSummary) },
});

const getRoute = describeRoute({
  method: "GET",
  path: "/bookings/:id",
  part,
  summary: "Read a booking with its codes, deliveries and timeline",
  scope: "read",
  params: z.object({ id }),
  answer: { status: 200, meaning: "The booking as it is known now.", schema: bookingDetails },
  faults: [{ status: 404, code: "booking_missing", meaning: "There is no such booking." }],
});

/** `/bookings`. */
export function bookingRoutes(app: FastifyInstance, needs: BookingRouteNeeds): void {
  const { database } = needs;
  serveRoute(app, listRoute, async ({ workspaceId, query }) => {
    const { before, limit } = query;
    const read = await listBookings(database, workspaceId, { before, most: limit + 1 });
    const page = toPage(read, limit, (one) => `${one.updatedAt}.${one.id}`);
    const ids = page.items.map((one) => one.id);
    const standing = await needs.standingOf(workspaceId, ids);
    const items = page.items.map((one) => ({
      id: one.id,
      number: one.number ?? null,
      state: one.state,
      startsAt: one.startsAt ?? null,
      endsAt: one.endsAt ?? null,
      serviceName: one.serviceName ?? null,
      updatedAt: one.updatedAt,
      trouble: standing.get(one.id) ?? ("none" as const),
    }));
    return { items, next: page.next };
  });
  serveRoute(app, getRoute, async ({ workspaceId, params }) => {
    const known = await findBooking(database, workspaceId, params.id);
    if (!known) throw missing("booking", "List them: GET /bookings.");
    const [codes, deliveries, timeline] = await Promise.all([
      needs.codesOf(workspaceId, known.id),
      needs.deliveriesOf(workspaceId, known.id),
      readTimeline(database, workspaceId, known.id),
    ]);
    return {
      id: known.id,
      booking: toBookingView(known.booking),
      codes: [...codes],
      deliveries: [...deliveries],
      timeline: [...timeline],
    };
  });
}
