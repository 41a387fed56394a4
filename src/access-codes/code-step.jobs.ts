import { recordExchanges } from "#platform/outbound/record.ts";
import type { Text } from "#domain/text.ts";
import type { Queries } from "#platform/db/database.ts";
import type { Job } from "#platform/jobs/jobs.ts";
import {
  bookingOfCode,
  findCode,
  locksOfCode,
  saveLock,
  type AccessCode,
  type CodeLock,
} from "./access-codes.store.ts";
import { raiseAlarmOnce } from "./alarm.jobs.ts";
import { openDigits } from "./code-secret.ts";
import { codeName } from "./code-text.ts";
import { call, type Act, type Call } from "./lock-call.jobs.ts";
import { nextStep, type Pending } from "./lock-step.ts";
import type { CodeNeeds } from "./needs.ts";
import { mayStillOpen, watchedOf, wishOf, type StepRun } from "./step-run.ts";
import { storeStep } from "./step-outcome.jobs.ts";
import { isInPlace } from "./told-code.ts";
import { isLate, notPastAlarm, wishKey } from "./timing.ts";

/** Takes the next step of a code on a lock, and plans the one after it. */
export async function runStep(needs: CodeNeeds, job: Job): Promise<void> {
  const { database, now } = needs;
  const key = { workspaceId: job.workspaceId, id: String(job.payload["id"]) };
  const code = await findCode(database, key);
  const lock = (await locksOfCode(database, key)).find(
    (one) => one.lockId === job.payload["lockId"],
  );
  if (!code || !lock) return await database.transact((tx) => job.finish(tx));
  const step = nextStep(lock, wishOf(code, lock, now()), now());
  if (step.step === "rest") return await rest(needs, job, { code, lock });
  if (step.step === "set-aside")
    return await setAside(needs, job, { code, lock, remoteId: step.placed.remoteId });
  const run = await openRun(needs, job, { code, lock });
  const at = await needs.guardian.mayCallAt(watchedOf(run));
  if (at > now()) return await holdBack(run, at);
  await take(run, chooseCall(run, step));
}

/** A turn in the account's pace is waited for in silence; longer than this it is held back. */
const TURN_MS = 10_000;

/** Waits until the account may be called. Nobody may learn later of a lock in the wrong state because of that. */
async function holdBack(run: StepRun, at: number): Promise<void> {
  const { needs, job } = run;
  const now = needs.now();
  await needs.database.transact(async (tx) => {
    const key = { workspaceId: run.code.workspaceId, id: run.code.id };
    const code = (await findCode(tx, key, true)) ?? run.code;
    const held = { ...run, code, said: HELD_BACK };
    if (at - now > TURN_MS && isLate(code, now) && isAmiss(held))
      await saveLock(tx, code, await raiseAlarmOnce(tx, held, run.lock));
    await job.again(tx, notPastAlarm(code, { now, at }));
  });
  needs.jobs().wake();
}

/** Whether a lock lacks a code that is to open it, or holds one that is to open it no longer. */
function isAmiss({ code, lock, needs }: StepRun): boolean {
  const now = needs.now();
  if (wishOf(code, lock, now)) return now < code.validTo && !isInPlace(code, lock);
  return mayStillOpen(code, lock, now);
}

const HELD_BACK: Text = {
  en: "calls to its account are held back, after errors or by hand",
  ru: "вызовы к его аккаунту приостановлены: после ошибок или вручную",
};

/** The gateway is found first; the vendor's own code stands in once an alarm was raised for what is wished. */
function chooseCall({ code, lock, isOfflineAllowed }: StepRun, step: Act): Call {
  if (isOfflineAllowed && step.step === "add" && lock.alarmedFor === wishKey(code))
    return { step: "offline", wish: step.wish };
  return lock.gateway === undefined ? { step: "describe" } : step;
}

async function openRun(
  needs: CodeNeeds,
  job: Job,
  { code, lock }: { code: AccessCode; lock: CodeLock },
): Promise<StepRun> {
  const opened = await needs.connections.lock(code.workspaceId, code.integrationId);
  const booking = await bookingOfCode(needs.database, code);
  const hook = await needs.hookOf(code.hookId);
  return {
    needs,
    job,
    code,
    lock,
    opened,
    digits: openDigits(needs.vault, code.digits),
    name: codeName(code, booking?.number),
    bookingNumber: booking?.number,
    isOfflineAllowed: hook?.reading.values["offlineFallback"] === true,
  };
}

async function rest(
  needs: CodeNeeds,
  job: Job,
  { code, lock }: { code: AccessCode; lock: CodeLock },
): Promise<void> {
  const isWished = wishOf(code, lock, needs.now()) !== undefined;
  await needs.database.transact(async (tx) => {
    await endUnwritten(needs, tx, { code, lock, isWished });
    await (isWished ? job.again(tx, code.keepUntil) : job.finish(tx));
  });
}

/** A code that never came into its lock, and now need not, is over: nobody waits for it any more. */
async function endUnwritten(
  needs: CodeNeeds,
  tx: Queries,
  { code, lock, isWished }: { code: AccessCode; lock: CodeLock; isWished: boolean },
): Promise<void> {
  if (lock.placed || (lock.state !== "planned" && lock.state !== "writing")) return;
  const key = { workspaceId: code.workspaceId, id: lock.deliveryId };
  const state = isWished ? "expired" : "cancelled";
  await saveLock(tx, code, { ...lock, state: isWished ? "failed" : "removed" });
  await needs.attempts.change(tx, key, { state, at: needs.now(), isFinal: true });
}

/** What stands on the lock is no longer wished for: it goes once its follower is in place. */
async function setAside(
  needs: CodeNeeds,
  job: Job,
  { code, lock, remoteId }: { code: AccessCode; lock: CodeLock; remoteId: string },
): Promise<void> {
  await needs.database.transact(async (tx) => {
    const aside: CodeLock = {
      ...lock,
      state: "writing",
      placed: undefined,
      offlineDigits: undefined,
      leftovers: [...lock.leftovers, remoteId],
    };
    await saveLock(tx, code, aside);
    await job.again(tx, needs.now());
  });
  needs.jobs().wake();
}

/** Writes down what is about to be done, calls the lock, stores what came of it. */
async function take(run: StepRun, step: Call): Promise<void> {
  const { needs, lock, code } = run;
  const key = { workspaceId: code.workspaceId, id: lock.deliveryId };
  const pending = pendingOf(step, {
    digits: Buffer.from(code.digits).toString("base64"),
    begunAt: needs.now(),
  });
  const number = await needs.database.transact(async (tx) => {
    if (pending)
      await saveLock(tx, code, {
        ...lock,
        pending,
        state: pending.act === "delete" ? "removing" : "writing",
      });
    return await needs.attempts.begin(tx, key, { at: needs.now(), act: step.step });
  });
  const secrets = [...run.opened.secrets, run.digits];
  const startedAt = needs.now();
  const { result, exchanges } = await recordExchanges(secrets, () => call(run, step));
  const seconds = (needs.now() - startedAt) / 1_000;
  const { outcome } = result.outcome;
  needs.metrics.attempts.ended({
    provider: run.opened.manifest.id,
    act: step.step,
    outcome,
    seconds,
  });
  // What was begun stays written down until its outcome says what became of it.
  const begun = pending ? { ...run, lock: { ...lock, pending } } : run;
  await storeStep(begun, { number, called: result, exchanges });
}

function pendingOf(
  step: Call,
  begun: Required<Pick<Pending, "digits" | "begunAt">>,
): Pending | undefined {
  switch (step.step) {
    case "add":
      return { act: "add", ...step.wish, ...begun };
    case "move":
      return { act: "move", ...step.wish, remoteId: step.placed.remoteId, ...begun };
    case "delete":
      return {
        act: "delete",
        generation: 0,
        validFrom: 0,
        validTo: 0,
        remoteId: step.remoteId,
        ...begun,
      };
    case "settle":
      return step.pending;
    case "offline":
      return { act: "offline", ...step.wish, ...begun };
    case "confirm":
    case "describe":
      return undefined;
  }
}
