import type { Queries } from "#platform/db/database.ts";
import type { Jobs, Plan } from "#platform/jobs/jobs.ts";
import { locksOfCode, type AccessCode, type CodeLock } from "./access-codes.store.ts";

export const STEP_WORK = "code-step";

type PlanNeeds = { readonly jobs: () => Jobs };

/** Lets every lock of a code take its next step, now. */
export async function planSteps(needs: PlanNeeds, tx: Queries, code: AccessCode): Promise<void> {
  const locks = await locksOfCode(tx, code);
  await needs.jobs().plan(
    tx,
    locks.map((lock) => stepOf(code, lock)),
  );
}

/** The next step of one lock. Calls to one gateway go one at a time; until it is known, calls to one lock do. */
export function stepOf(code: AccessCode, lock: CodeLock): Plan {
  return {
    workspaceId: code.workspaceId,
    kind: STEP_WORK,
    key: `code:${code.id}:${lock.lockId}`,
    lane: `gateway:${code.integrationId}:${lock.gateway ?? `lock-${lock.lockId}`}`,
    payload: { id: code.id, lockId: lock.lockId },
  };
}
