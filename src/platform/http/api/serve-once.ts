import { createHash } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Database, Queries } from "#platform/db/database.ts";
import { readInput } from "../input.ts";
import { conflict } from "./fault.ts";
import { claimRequest, keepAnswer, type AnsweredRequest } from "./once.store.ts";
import type { AnswerOf, ApiRoute } from "./route.ts";
import { present, serveRaw, shape, type Call } from "./serve.ts";

export interface OnceNeeds {
  readonly database: Database;
  readonly now: () => number;
  /** Under a key of ours: what is fingerprinted may hold a secret. */
  readonly fingerprint: (value: string) => string;
  /** Called after the commit, so that planned work and new points are looked for at once. */
  readonly wake: () => void;
}

/** How long an answer is worth keeping. */
export const answersKeptMs = 86_400_000;

const keyHeader = z.object({
  "idempotency-key": z
    .string()
    .regex(/^[\x21-\x7e]{1,255}$/, "must have 1 to 255 visible ASCII characters")
    .optional(),
});

/**
 * Serves a route that changes something. The handler works in one transaction with the record of its answer, so that
 * the same request with the same `Idempotency-Key` is answered the same and done once, whatever breaks in between. A
 * refusal is not kept: the request may be repeated under its key.
 */
export function serveOnce<const Route extends ApiRoute>(
  app: FastifyInstance,
  needs: OnceNeeds,
  served: {
    readonly route: Route;
    readonly handle: (tx: Queries, call: Call<Route>) => Promise<AnswerOf<Route>>;
  },
): void {
  const { handle } = served;
  const route: Route = { ...served.route, isOnce: true };
  serveRaw(app, route, async (call) => {
    const known = await needs.database.transact(async (tx) => {
      const claimed = await claim(needs, tx, { route, call });
      if (claimed.known) return claimed.known;
      const answer = JSON.stringify(shape(route, await handle(tx, call)));
      if (claimed.key) await keepAnswer(tx, claimed.key, answer);
      return { status: route.answer.status, answer };
    });
    needs.wake();
    if (known.answer === undefined || known.answer === null) return present(route, call.reply, {});
    return call.reply.code(known.status).type("application/json; charset=utf-8").send(known.answer);
  });
}

interface Claiming {
  readonly route: ApiRoute;
  readonly call: Call<ApiRoute>;
}

async function claim(needs: OnceNeeds, tx: Queries, { route, call }: Claiming) {
  const key = readInput(keyHeader, call.request.headers)["idempotency-key"];
  if (key === undefined) return {};
  const once = { workspaceId: call.workspaceId, key };
  const fingerprint = needs.fingerprint(toText(call));
  const known = await claimRequest(tx, once, {
    fingerprint,
    status: route.answer.status,
    now: needs.now(),
  });
  return known ? { known: same(known, fingerprint) } : { key: once };
}

function same(known: AnsweredRequest, fingerprint: string): AnsweredRequest {
  if (known.fingerprint === fingerprint) return known;
  const message =
    "This Idempotency-Key was used for another request. Make a new key for each request.";
  throw conflict("idempotency_key_reused", message);
}

function toText({ request }: Call<ApiRoute>): string {
  const body = JSON.stringify(request.body ?? null);
  const text = [request.method, request.raw.url ?? "", body].join("\n");
  return createHash("sha256").update(text).digest("base64url");
}
