import type { Queries } from "#platform/db/database.ts";
import type { AccessCode } from "./access-codes.store.ts";
import type { CodeNeeds } from "./needs.ts";

export const REREAD_WORK = "code-reread";
/** Shortly before a code begins to work: late enough to hear of a move, early enough to follow it. */
const BEFORE_START_MS = 15 * 60_000;
/** Plans to read the order again shortly before the code's start and at its end, where its service can be asked. */
export async function planRereads(
  needs: Pick<CodeNeeds, "jobs" | "now" | "bookingSource">,
  tx: Queries,
  code: AccessCode,
): Promise<void> {
  if (!needs.bookingSource) return;
  const at = [code.validFrom - BEFORE_START_MS, code.validTo].filter(
    (instant) => instant > needs.now(),
  );
  await needs.jobs().plan(
    tx,
    at.map((runAt, place) => ({
      workspaceId: code.workspaceId,
      kind: REREAD_WORK,
      key: `code-reread:${code.id}:${at.length - place}`,
      payload: { id: code.id },
      runAt,
    })),
  );
}
