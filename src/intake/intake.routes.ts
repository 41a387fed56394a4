import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Queries } from "#platform/db/database.ts";
import { conflict, missing } from "#platform/http/api/fault.ts";
import { describeRoute } from "#platform/http/api/route.ts";
import { serveOnce, type OnceNeeds } from "#platform/http/api/serve-once.ts";
import { serveRoute } from "#platform/http/api/serve.ts";
import { id, pageOf, toPage } from "#platform/http/shapes.schema.ts";
import { intakeEvent, intakeQuery } from "./intake.schema.ts";
import { findEvent, listEvents, type IntakeEvent } from "./intake.store.ts";

export interface IntakeRouteNeeds extends OnceNeeds {
  /** Plans that a kept event is worked on again, whatever was done for it before. */
  readonly replay: (tx: Queries, event: IntakeEvent) => Promise<void>;
}

const part = "Intake";

const listRoute = describeRoute({
  method: "GET",
  path: "/intake",
  part,
  summary: "List inbound events, newest first",
  scope: "read",
  query: intakeQuery,
  answer: { status: 200, meaning: "One page.", schema: pageOf(intakeEvent) },
});

const replayRoute = describeRoute({
  method: "POST",
  path: "/intake/:id/replay",
  part,
  summary: "Work on an event again",
  scope: "write",
  more: "For one in quarantine after a fix, or to do its work once more: messages may go out a second time.",
  params: z.object({ id }),
  isOnce: true,
  answer: { status: 202, meaning: "It is planned.", schema: z.object({ id }) },
  faults: [
    { status: 404, code: "event_missing", meaning: "There is no such event, or it was pruned." },
    { status: 409, code: "event_waiting", meaning: "It is about to be worked on anyway." },
  ],
});

/** `/intake`. */
export function intakeRoutes(app: FastifyInstance, needs: IntakeRouteNeeds): void {
  serveRoute(app, listRoute, async ({ workspaceId, query }) => {
    const { limit, ...page } = query;
    const read = await listEvents(needs.database, workspaceId, { ...page, most: limit + 1 });
    const { items, next } = toPage(read, limit, (one) => one.id);
    return { items: items.map(toView), next };
  });
  serveOnce(app, needs, {
    route: replayRoute,
    handle: async (tx, { workspaceId, params }) => {
      const event = await findEvent(tx, workspaceId, params.id);
      if (!event) throw missing("event", "List them: GET /intake.");
      if (event.state === "received")
        throw conflict(
          "event_waiting",
          "This event is about to be worked on. Look again in a moment.",
        );
      await needs.replay(tx, event);
      return { id: event.id };
    },
  });
}

function toView(event: Omit<IntakeEvent, "body">) {
  return {
    ...event,
    hookId: event.hookId ?? null,
    reason: event.reason ?? null,
    bookingId: event.bookingId ?? null,
  };
}
