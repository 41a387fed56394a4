import type { Text } from "#domain/text.ts";
import type { Queries } from "#platform/db/database.ts";
import type { CodeLock, CodeState } from "./access-codes.store.ts";
import { notePoint } from "./points.jobs.ts";
import { wishOf, type StepRun } from "./step-run.ts";

/** How a code stands on a lock, as a screen shows it. */
export function stateOf({ code, needs }: StepRun, lock: CodeLock): CodeState {
  const isWished = wishOf(code, lock, needs.now()) !== undefined;
  if (!isWished) return lock.placed || lock.leftovers.length > 0 ? "removing" : "removed";
  if (lock.placed?.isOffline) return "offline";
  const { placed } = lock;
  const isInPlace =
    placed?.isConfirmed && placed.generation === code.generation && placed.validTo === code.validTo;
  return isInPlace ? "confirmed" : "writing";
}

const STATE_POINTS: Partial<Record<CodeState, Text>> = {
  confirmed: {
    en: "the code is in the lock, read back from its list",
    ru: "код в замке, проверено по списку замка",
  },
  offline: {
    en: "the vendor's spare code stands in",
    ru: "действует запасной код от производителя",
  },
  removed: { en: "the code was deleted from the lock", ru: "код удалён из замка" },
};

/** Puts a state that is worth telling on the timeline, and on the lock's delivery. */
export async function noteState(tx: Queries, run: StepRun, lock: CodeLock): Promise<void> {
  const words = STATE_POINTS[lock.state];
  if (words) await notePoint(tx, run, { mark: "done", words });
  const isDone = words !== undefined;
  const state = lock.state === "removed" ? "cancelled" : isDone ? "delivered" : "queued";
  const key = { workspaceId: run.code.workspaceId, id: lock.deliveryId };
  await run.needs.attempts.change(tx, key, { state, at: run.needs.now(), isFinal: isDone });
}
