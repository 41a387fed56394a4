import { retryDelayMs } from "#deliveries/index.ts";
import type { Queries } from "#platform/db/database.ts";
import {
  findCode,
  saveCode,
  saveLock,
  type AccessCode,
  type CodeLock,
} from "./access-codes.store.ts";
import { raiseAlarm } from "./alarm.jobs.ts";
import { announce } from "./announce.jobs.ts";
import { makeDigits } from "./code-digits.ts";
import type { CodeValues } from "./code-plan.ts";
import { openDigits, sealDigits } from "./code-secret.ts";
import { noteState, stateOf } from "./code-state.jobs.ts";
import { mayComeLate } from "./late-act.ts";
import { mayStillOpen, watchedOf, wishOf, type StepRun } from "./step-run.ts";
import type { Called } from "./lock-call.jobs.ts";
import { makeRoom } from "./make-room.jobs.ts";
import { planSteps, stepOf } from "./plan-steps.jobs.ts";
import { notePoint, showRetry } from "./points.jobs.ts";
import { readResult, type StepResult } from "./step-result.ts";
import { isLate, nextTry } from "./timing.ts";

export interface Ended {
  readonly number: number;
  readonly called: Called;
  readonly exchanges: readonly unknown[];
}

/** How soon an act is looked at whose outcome is not known: a gateway may still be carrying it out. */
const LOOK_AFTER_MS = 12_000;

/**
 * Stores what a call came to and plans what follows. The booking may have changed while the call ran: the wish is read
 * again, what the lock holds is laid over it.
 */
export async function storeStep(run: StepRun, ended: Ended): Promise<void> {
  const { needs } = run;
  const result = await resolveTaken(run, readResult(run.lock, ended.called));
  await report(run, ended.called);
  await needs.database.transact(async (tx) => {
    const code =
      (await findCode(tx, { workspaceId: run.code.workspaceId, id: run.code.id }, true)) ??
      run.code;
    const { outcome } = ended.called;
    const fresh = {
      ...run,
      code,
      ...(outcome.outcome === "accepted" ? {} : { said: outcome.detail }),
    };
    await endAttempt(tx, fresh, ended);
    const seen = { ...result, lock: withDigits(run, result.lock, ended.called) };
    // Not seen yet is not undone: it is looked for again while it would spoil what is wished now.
    const isUnseen = ended.called.act === "settle" && result.result === "later";
    const isToWait =
      isUnseen && mayComeLate(run.lock, wishOf(code, run.lock, needs.now()), needs.now());
    await follow(tx, fresh, isToWait ? { result: "look", lock: run.lock } : seen);
  });
  needs.jobs().wake();
}

/** The vendor's own digits are sealed like ours. */
function withDigits({ needs }: StepRun, lock: CodeLock, { act, outcome }: Called): CodeLock {
  if (act !== "offline" || outcome.outcome !== "accepted") return lock;
  return { ...lock, offlineDigits: sealDigits(needs.vault, outcome.value.code) };
}

/** Digits that are taken are ours when they stand there under our name: an earlier add had arrived after all. */
async function resolveTaken(run: StepRun, result: StepResult): Promise<StepResult> {
  if (result.result !== "taken") return result;
  const found = await run.opened.account.findCode(run.lock.lockId, {
    code: run.digits,
    name: run.name,
  });
  if (found.outcome !== "accepted") return { result: "look", lock: result.lock };
  if (found.value?.name !== run.name)
    return { result: "new-digits", lock: { ...result.lock, pending: undefined } };
  return readResult(result.lock, { act: "settle", outcome: found });
}

async function report(run: StepRun, { outcome }: Called): Promise<void> {
  const watched = watchedOf(run);
  const { guardian, now } = run.needs;
  if (outcome.outcome === "unreachable" && outcome.holds === "integration")
    guardian.hold(watched, now() + (outcome.retryAfterMs ?? 1_000));
  const isTrouble =
    outcome.outcome === "refused" && ["sign-in", "application", "quota"].includes(outcome.because);
  const verdict = outcome.outcome === "accepted" ? "ok" : isTrouble ? "trouble" : "neutral";
  await guardian.report(watched, {
    verdict,
    error: outcome.outcome === "accepted" ? undefined : outcome.detail,
  });
}

async function endAttempt(
  tx: Queries,
  { needs, code, lock }: StepRun,
  { number, called, exchanges }: Ended,
): Promise<void> {
  const { outcome } = called;
  const detail = outcome.outcome === "accepted" ? undefined : outcome.detail;
  const key = { workspaceId: code.workspaceId, id: lock.deliveryId };
  await needs.attempts.end(tx, key, {
    number,
    at: needs.now(),
    outcome: outcome.outcome,
    detail,
    exchanges,
  });
}

async function follow(tx: Queries, run: StepRun, result: StepResult): Promise<void> {
  switch (result.result) {
    case "went":
      return await goOn(tx, run, result.lock);
    case "new-digits":
      return await changeDigits(tx, run, result.lock);
    case "taken":
    case "look":
      await save(tx, run, result.lock);
      return await run.job.again(tx, run.needs.now() + LOOK_AFTER_MS);
    case "later":
      return await tryLater(tx, run, result);
    case "refused":
      return await refuse(tx, run, result);
  }
}

/** Stores a lock that is known better, says so where it matters, and takes the next step at once. */
async function goOn(tx: Queries, run: StepRun, lock: CodeLock): Promise<void> {
  const state = stateOf(run, lock);
  const known = { ...lock, state };
  await save(tx, run, known);
  if (state !== run.lock.state) await noteState(tx, run, known);
  if (state === "confirmed" && state !== run.lock.state)
    run.needs.metrics.codes.lead.observe((run.code.validFrom - run.needs.now()) / 1_000);
  await announce(run.needs, tx, run.code);
  if (lock.gateway === run.lock.gateway) return await run.job.again(tx, run.needs.now());
  await run.job.finish(tx);
  await run.needs.jobs().plan(tx, [stepOf(run.code, known)]);
}

/** A lock that refuses so many digits one after another will not take the next ones either. */
const MOST_NEW_DIGITS = 5;

/** Another code for all locks: the digits are taken, too simple, or the lock cannot move them. */
async function changeDigits(tx: Queries, run: StepRun, lock: CodeLock): Promise<void> {
  const { needs } = run;
  if (lock.ladderStep >= MOST_NEW_DIGITS)
    return await tryLater(tx, run, { result: "later", lock, retryAfterMs: undefined });
  const hook = await needs.hookOf(run.code.hookId);
  const values = (hook?.reading.values ?? {}) as unknown as CodeValues;
  const old = openDigits(needs.vault, run.code.digits);
  const digits = otherDigits(old, () =>
    makeDigits(values.codeDigits, values.codeLength, needs.randomInt),
  );
  const code: AccessCode = {
    ...run.code,
    digits: sealDigits(needs.vault, digits),
    generation: run.code.generation + 1,
  };
  await saveCode(tx, code, needs.now());
  await save(tx, run, { ...lock, ladderStep: lock.ladderStep + 1 });
  await run.job.finish(tx);
  await planSteps(needs, tx, code);
}

function otherDigits(old: string, make: () => string): string {
  const made = make();
  return made === old ? otherDigits(old, make) : made;
}

async function tryLater(
  tx: Queries,
  given: StepRun,
  result: Extract<StepResult, { result: "later" }>,
): Promise<void> {
  const run = result.said ? { ...given, said: result.said } : given;
  const { needs, code } = run;
  const ladderStep = result.lock.ladderStep + (result.retryAfterMs === undefined ? 1 : 0);
  const wait = result.retryAfterMs ?? retryDelayMs(needs.ladder, ladderStep, needs.random());
  if (ladderStep === 1) await notePoint(tx, run, { mark: "trouble" });
  const lock = { ...result.lock, ladderStep };
  const alarmed = needsAlarm(run, lock) ? await raiseAlarm(tx, run, lock) : lock;
  await save(tx, run, alarmed);
  const isOfflineNext = alarmed.alarmedFor !== lock.alarmedFor && run.isOfflineAllowed;
  const at = isOfflineNext ? needs.now() : nextTry(code, { now: needs.now(), wait });
  await showRetry(tx, run, at);
  await run.job.again(tx, at);
}

/** After so many failures to take a code away, a person has to know that it still opens the door. */
const REVOKE_ALARM_STEP = 3;

function needsAlarm({ code, needs }: StepRun, lock: CodeLock): boolean {
  const now = needs.now();
  if (wishOf(code, lock, now)) return isLate(code, now);
  return lock.ladderStep >= REVOKE_ALARM_STEP && mayStillOpen(code, lock, now);
}

async function refuse(
  tx: Queries,
  run: StepRun,
  result: Extract<StepResult, { result: "refused" }>,
): Promise<void> {
  const { needs, code } = run;
  if (result.because === "storage-full" && (await makeRoom(tx, run)))
    return await tryLater(tx, run, { ...result, result: "later", retryAfterMs: undefined });
  await notePoint(tx, run, { mark: "failed" });
  const lock: CodeLock = { ...result.lock, state: "failed", ladderStep: needs.ladder.length };
  const key = { workspaceId: code.workspaceId, id: lock.deliveryId };
  await needs.attempts.change(tx, key, {
    state: "refused",
    at: needs.now(),
    isFinal: result.isForGood,
  });
  const alarmed = await raiseAlarm(tx, run, lock);
  await save(tx, run, alarmed);
  if (alarmed.alarmedFor !== lock.alarmedFor && run.isOfflineAllowed)
    return await run.job.again(tx, needs.now());
  if (result.isForGood) {
    // What stands there from before is still to be deleted in its time.
    const isLeft = lock.placed !== undefined && code.keepUntil > needs.now();
    return await (isLeft ? run.job.again(tx, code.keepUntil) : run.job.finish(tx));
  }
  const wait = retryDelayMs(needs.ladder, lock.ladderStep, needs.random());
  await run.job.again(tx, nextTry(code, { now: needs.now(), wait }));
}

async function save(tx: Queries, run: StepRun, lock: CodeLock): Promise<void> {
  await saveLock(tx, { workspaceId: run.code.workspaceId, id: run.code.id }, lock);
}
