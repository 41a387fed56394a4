import { timingSafeEqual } from "node:crypto";
import type { FastifyInstance } from "fastify";
import type { Intake } from "#intake/index.ts";
import { isDatabaseAway } from "#platform/db/away.ts";

export interface ReceiptRouteNeeds {
  readonly intake: Intake;
  /** What stands in the URL of an integration, under every key of the ring: nobody else can make it. */
  readonly tokensOf: (integrationId: string) => readonly string[];
  readonly now: () => number;
  readonly makeId: () => string;
}

export const RECEIPT_SOURCE = "receipts";

const RETRY_AFTER_SECONDS = "5";

/** Where vendors post what became of messages: unsigned by all of them, so that the URL itself cannot be guessed. */
export function receiptPath(place: {
  readonly workspaceId: string;
  readonly integrationId: string;
  readonly token: string;
}): string {
  return `/receipts/${place.workspaceId}/${place.integrationId}/${place.token}`;
}

/** Keeps a status webhook and answers 200; whatever it holds is looked at afterwards. */
export function receiptRoutes(app: FastifyInstance, needs: ReceiptRouteNeeds): void {
  app.post<{ Params: { ws: string; id: string; token: string } }>(
    "/receipts/:ws/:id/:token",
    async (request, reply) => {
      const { ws: workspaceId, id, token } = request.params;
      if (!needs.tokensOf(id).some((known) => isSame(known, token)))
        return reply.code(404).send({ ok: false });
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      try {
        const source = `${RECEIPT_SOURCE}:${id}`;
        const lane = source;
        await needs.intake.accept({
          id: needs.makeId(),
          workspaceId,
          source,
          receivedAt: needs.now(),
          body,
          lane,
        });
        return { ok: true };
      } catch (error) {
        if (!isDatabaseAway(error)) throw error;
        return await reply.code(503).header("retry-after", RETRY_AFTER_SECONDS).send({ ok: false });
      }
    },
  );
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
