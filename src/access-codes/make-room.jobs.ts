import type { Queries } from "#platform/db/database.ts";
import { findCode, findExpiredOnLock, saveCode } from "./access-codes.store.ts";
import { planSteps } from "./plan-steps.jobs.ts";
import type { StepRun } from "./step-run.ts";

/** Our own codes that are over give up their place before their time. Whether there are any. */
export async function makeRoom(tx: Queries, { needs, code, lock }: StepRun): Promise<boolean> {
  const at = {
    workspaceId: code.workspaceId,
    integrationId: code.integrationId,
    lockId: lock.lockId,
    now: needs.now(),
  };
  const expiredIds = (await findExpiredOnLock(tx, at)).filter((id) => id !== code.id);
  for (const id of expiredIds) {
    const expired = await findCode(tx, { workspaceId: code.workspaceId, id });
    if (!expired) continue;
    await saveCode(tx, { ...expired, keepUntil: needs.now() }, needs.now());
    await planSteps(needs, tx, expired);
  }
  return expiredIds.length > 0;
}
