import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Text } from "#domain/text.ts";
import type { Queries } from "#platform/db/database.ts";
import { conflict, missing } from "#platform/http/api/fault.ts";
import { describeRoute } from "#platform/http/api/route.ts";
import { serveOnce, type OnceNeeds } from "#platform/http/api/serve-once.ts";
import { serveRoute, type Call } from "#platform/http/api/serve.ts";
import { id, pageByIdQuery, pageOf, toPage } from "#platform/http/shapes.schema.ts";
import { note } from "#platform/live/live.store.ts";
import { listDeliveries, lockDelivery, readDelivery } from "./deliveries-list.store.ts";
import { deliveriesQuery, delivery, deliverySummary, notice } from "./deliveries.schema.ts";
import type { DeliveryState } from "./delivery.ts";
import { listNotices } from "./notices.store.ts";

export interface DeliveryRouteNeeds extends OnceNeeds {
  /**
   * Plans that a delivery is tried once more, in the given transaction, which holds its row. It has to leave the state
   * that it is in, so that nobody sends it a third time unawares.
   */
  readonly resend: (
    tx: Queries,
    delivery: {
      readonly workspaceId: string;
      readonly id: string;
      readonly kind: "message" | "code";
    },
  ) => Promise<void>;
}

const part = "Deliveries";
const idQuery = deliveriesQuery.extend(pageByIdQuery.shape);

const listRoute = describeRoute({
  method: "GET",
  path: "/deliveries",
  part,
  summary: "List deliveries, newest first",
  scope: "read",
  query: idQuery,
  answer: { status: 200, meaning: "One page.", schema: pageOf(deliverySummary) },
});

const getRoute = describeRoute({
  method: "GET",
  path: "/deliveries/:id",
  part,
  summary: "Read one delivery with its attempts",
  scope: "read",
  params: z.object({ id }),
  answer: { status: 200, meaning: "The delivery.", schema: delivery },
  faults: [{ status: 404, code: "delivery_missing", meaning: "There is no such delivery." }],
});

const resendRoute = describeRoute({
  method: "POST",
  path: "/deliveries/:id/resend",
  part,
  summary: "Send a delivery again",
  scope: "write",
  more: "For one that was refused, expired or left uncertain: after an uncertain outcome it may arrive twice, which is why a person decides.",
  params: z.object({ id }),
  isOnce: true,
  answer: { status: 202, meaning: "It is planned.", schema: z.object({ id }) },
  faults: [
    { status: 404, code: "delivery_missing", meaning: "There is no such delivery." },
    { status: 409, code: "delivery_not_ended", meaning: "It arrived, or is still being tried." },
  ],
});

const noticesRoute = describeRoute({
  method: "GET",
  path: "/notices",
  part,
  summary: "List mails about trouble, newest first",
  scope: "read",
  query: pageByIdQuery,
  answer: { status: 200, meaning: "One page.", schema: pageOf(notice) },
});

/** `/deliveries` and `/notices`. */
export function deliveryRoutes(app: FastifyInstance, needs: DeliveryRouteNeeds): void {
  const { database } = needs;
  serveRoute(app, listRoute, async ({ workspaceId, query }) => {
    const { limit, ...page } = query;
    const read = await listDeliveries(database, workspaceId, { ...page, most: limit + 1 });
    return toPage(read, limit, (one) => one.id);
  });
  serveRoute(app, getRoute, async ({ workspaceId, params }) => {
    const found = await readDelivery(database, workspaceId, params.id);
    if (!found) throw missing("delivery", "List them: GET /deliveries.");
    return found;
  });
  serveOnce(app, needs, {
    route: resendRoute,
    handle: (tx, call) => resend(needs, tx, call),
  });
  serveRoute(app, noticesRoute, async ({ workspaceId, query }) => {
    const { limit, before } = query;
    const read = await listNotices(database, workspaceId, { before, most: limit + 1 });
    const page = toPage(read, limit, (one) => one.id);
    return { ...page, items: page.items.map((one) => ({ ...one, lines: [...one.lines] })) };
  });
}

const ENDED: readonly DeliveryState[] = ["refused", "expired", "uncertain"];

async function resend(needs: DeliveryRouteNeeds, tx: Queries, call: Call<typeof resendRoute>) {
  const key = { workspaceId: call.workspaceId, id: call.params.id };
  const found = await lockDelivery(tx, key);
  if (!found) throw missing("delivery", "List them: GET /deliveries.");
  if (!ENDED.includes(found.state))
    throw conflict(
      "delivery_not_ended",
      `This delivery is ${found.state}. Only one that was refused, expired or left uncertain is sent again by hand.`,
    );
  await needs.resend(tx, { ...key, kind: found.kind });
  await note(tx, [
    {
      workspaceId: key.workspaceId,
      at: needs.now(),
      mark: "waiting",
      text: sentAgain(found.recipient, call.caller.name),
      bookingId: found.bookingId ?? undefined,
      hookId: found.hookId ?? undefined,
      deliveryId: key.id,
    },
  ]);
  return { id: key.id };
}

function sentAgain(recipient: string, who: string): Text {
  return {
    en: `${recipient}: will be sent again, as ${who} decided.`,
    ru: `${recipient}: будет отправлено ещё раз, так решили (${who}).`,
  };
}
