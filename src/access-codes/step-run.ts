import type { Text } from "#domain/text.ts";
import type { Job } from "#platform/jobs/jobs.ts";
import type { AccessCode, CodeLock } from "./access-codes.store.ts";
import type { Wish } from "./lock-step.ts";
import type { CodeNeeds } from "./needs.ts";

/** One step of one code on one lock under way. */
export interface StepRun {
  readonly needs: CodeNeeds;
  readonly job: Job;
  readonly code: AccessCode;
  readonly lock: CodeLock;
  readonly opened: Awaited<ReturnType<CodeNeeds["connections"]["lock"]>>;
  readonly digits: string;
  readonly name: string;
  readonly bookingNumber: string | undefined;
  /** The hook lets the vendor's own code stand in when the gateway stays away. */
  readonly isOfflineAllowed: boolean;
  /** What the vendor's refusal or silence was told as. */
  readonly said?: Text;
}

/** What a lock should hold now. */
export function wishOf(code: AccessCode, lock: CodeLock, now: number): Wish | undefined {
  const isWished = code.isWanted && lock.isWanted && now < code.keepUntil;
  return isWished
    ? { generation: code.generation, validFrom: code.validFrom, validTo: code.validTo }
    : undefined;
}

/** Whether a lock that should hold nothing of a code may be opened by what is left of it. */
export function mayStillOpen(code: AccessCode, lock: CodeLock, now: number): boolean {
  const isLeft = lock.leftovers.length > 0 && code.validTo > now;
  return isLeft || (lock.placed?.validTo ?? 0) > now;
}

export function watchedOf({ job, opened }: Pick<StepRun, "job" | "opened">) {
  return {
    workspaceId: job.workspaceId,
    id: opened.integrationId,
    callsPerSecond: opened.manifest.limits.callsPerSecond,
  };
}
