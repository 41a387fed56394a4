import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Vault } from "#domain/vault.ts";
import type { Database, Queries } from "#platform/db/database.ts";
import { missing } from "#platform/http/api/fault.ts";
import { describeRoute } from "#platform/http/api/route.ts";
import { serveRoute, type Call } from "#platform/http/api/serve.ts";
import { id } from "#platform/http/shapes.schema.ts";
import { note } from "#platform/live/live.store.ts";
import { revealedCode, type AccessCodeView } from "./access-codes.schema.ts";
import {
  codesOfBooking,
  findCode,
  locksOfCode,
  type AccessCode,
  type CodeLock,
} from "./access-codes.store.ts";
import { openDigits } from "./code-secret.ts";

export interface CodeRouteNeeds {
  readonly database: Database;
  readonly vault: Vault;
  readonly now: () => number;
  /** Called after the commit that says who read a code. */
  readonly wake: () => void;
}

const revealRoute = describeRoute({
  method: "POST",
  path: "/codes/:id/reveal",
  part: "Door codes",
  summary: "Read the digits of a door code",
  scope: "secrets:read",
  more: "Each reading leaves a point on the booking's timeline that says who read it. That is why it is a POST, and takes no `Idempotency-Key`: the answer is kept nowhere.",
  params: z.object({ id }),
  answer: { status: 200, meaning: "The digits.", schema: revealedCode },
  faults: [{ status: 404, code: "code_missing", meaning: "There is no such code." }],
});

/** `/codes`. */
export function codeRoutes(app: FastifyInstance, needs: CodeRouteNeeds): void {
  serveRoute(app, revealRoute, async (call) => {
    const revealed = await needs.database.transact((tx) => reveal(needs, tx, call));
    needs.wake();
    return revealed;
  });
}

/** The codes of a booking as a screen may show them, oldest first. */
export async function codesOf(
  database: Queries,
  workspaceId: string,
  bookingId: string,
): Promise<readonly AccessCodeView[]> {
  const codes = await codesOfBooking(database, workspaceId, bookingId);
  return await Promise.all(
    codes.map(async (code) => toView(code, await locksOfCode(database, code))),
  );
}

/** The digits leave the server only after it is on disk who read them. */
async function reveal(needs: CodeRouteNeeds, tx: Queries, call: Call<typeof revealRoute>) {
  const { workspaceId, params, caller } = call;
  const code = await findCode(tx, { workspaceId, id: params.id });
  if (!code) throw missing("code", "Its booking lists its codes: GET /bookings/{id}.");
  const locks = await locksOfCode(tx, code);
  await note(tx, [
    {
      workspaceId,
      at: needs.now(),
      mark: "fact",
      text: {
        en: `The door code was read by: ${caller.name}.`,
        ru: `Код доступа посмотрели: ${caller.name}.`,
      },
      bookingId: code.bookingId,
      hookId: code.hookId,
      accessCodeId: code.id,
    },
  ]);
  return {
    digits: openDigits(needs.vault, code.digits),
    offline: locks.flatMap(({ lockId, offlineDigits }) =>
      offlineDigits ? [{ lockId, digits: openDigits(needs.vault, offlineDigits) }] : [],
    ),
  };
}

function toView(code: AccessCode, locks: readonly CodeLock[]): AccessCodeView {
  return {
    id: code.id,
    validFrom: code.validFrom,
    validTo: code.validTo,
    keepUntil: code.keepUntil,
    isWanted: code.isWanted,
    locks: locks.map(({ lockId, lockName, state, placed }) => ({
      lockId,
      lockName: lockName ?? null,
      state,
      isOffline: placed?.isOffline ?? false,
      validFrom: placed?.validFrom ?? null,
      validTo: placed?.validTo ?? null,
    })),
  };
}
