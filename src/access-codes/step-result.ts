import type { CodeOnLock, LockOutcome, LockRefusal } from "#locks/lock.ts";
import type { Text } from "#domain/text.ts";
import type { CodeLock } from "./access-codes.store.ts";
import type { Called } from "./lock-call.jobs.ts";
import type { Placed, Wish } from "./lock-step.ts";

/** What follows for a lock from one call. */
export type StepResult =
  /** The lock is known better now: go on at once. */
  | { readonly result: "went"; readonly lock: CodeLock }
  /** Other digits are needed, on all locks of the code. */
  | { readonly result: "new-digits"; readonly lock: CodeLock }
  /** The digits are taken: they may be our own from an earlier try, or somebody else's. */
  | { readonly result: "taken"; readonly lock: CodeLock }
  /** It did not work and will not soon: a person is told at once. */
  | {
      readonly result: "refused";
      readonly lock: CodeLock;
      readonly isForGood: boolean;
      readonly because: LockRefusal;
    }
  /** It did not work and may later. */
  | {
      readonly result: "later";
      readonly lock: CodeLock;
      readonly retryAfterMs: number | undefined;
      /** Where the vendor itself said nothing. */
      readonly said?: Text;
    }
  /** It may have worked: look before anything else. */
  | { readonly result: "look"; readonly lock: CodeLock };

/** Reads the outcome of a call into what is known of the lock. Pure. */
export function readResult(lock: CodeLock, called: Called): StepResult {
  const { outcome } = called;
  switch (outcome.outcome) {
    case "unreachable":
      // It certainly was not done, so nothing is pending; a look that failed leaves open what it looked for.
      return {
        result: "later",
        retryAfterMs: outcome.retryAfterMs,
        lock: called.act === "settle" ? lock : { ...lock, pending: undefined },
      };
    case "uncertain":
      return { result: "look", lock };
    case "refused":
      return readRefusal(lock, called, outcome.because);
    case "accepted":
      return readProgress(lock, called);
  }
}

/** The ladder begins anew only where the lock's list shows what was wanted: "success" without effect is known to happen. */
function readProgress(before: CodeLock, called: Called): StepResult {
  const lock = readAccepted(before, called);
  const isLook = called.act === "confirm" || called.act === "settle";
  if (isLook && !isAsWanted(before, lock))
    return { result: "later", lock, retryAfterMs: undefined, said: NOT_SHOWN };
  const isThere = called.act === "delete" || (isLook && lock.placed?.isConfirmed === true);
  return { result: "went", lock: isThere ? { ...lock, ladderStep: 0 } : lock };
}

/** Whether a look found what it looked for: the code that was confirmed, or the effect of the act that was begun. */
function isAsWanted({ pending }: CodeLock, { placed, leftovers }: CodeLock): boolean {
  if (!pending) return placed?.isConfirmed === true;
  if (pending.act === "offline") return true;
  if (pending.act === "delete")
    return placed?.remoteId !== pending.remoteId && !leftovers.includes(pending.remoteId ?? "");
  return placed?.validFrom === pending.validFrom && placed.validTo === pending.validTo;
}

const NOT_SHOWN: Text = {
  en: "the lock's own list does not show it yet",
  ru: "в списке самого замка этого ещё нет",
};

/** Refusals that a person can lift at the vendor: tried again slowly while the code is wanted. */
const LIFTABLE: readonly LockRefusal[] = [
  "sign-in",
  "application",
  "quota",
  "no-permission",
  "frozen",
  "lock-missing",
  "storage-full",
];

function readRefusal(lock: CodeLock, { act }: Called, because: LockRefusal): StepResult {
  const settled = { ...lock, pending: undefined };
  if (act === "add" && because === "code-taken") return { result: "taken", lock };
  if (act === "add" && because === "code-too-simple")
    return { result: "new-digits", lock: settled };
  if (act === "move" && because === "unchangeable") return { result: "new-digits", lock: settled };
  return { result: "refused", lock: settled, because, isForGood: !LIFTABLE.includes(because) };
}

function readAccepted(lock: CodeLock, called: Called): CodeLock {
  const settled: CodeLock = { ...lock, pending: undefined };
  switch (called.act) {
    case "describe":
      return { ...lock, ...locate(lock, valueOf(called.outcome)) };
    case "add":
      return { ...settled, placed: place(called.wish, valueOf(called.outcome).remoteId) };
    case "move":
      return moved(settled, called.wish);
    case "delete":
      return without(settled, called.remoteId);
    case "confirm":
      return readBack(settled, valueOf(called.outcome));
    case "settle":
      return readSettled(settled, lock, valueOf(called.outcome));
    case "offline":
      return { ...settled, placed: offline(called.wish, valueOf(called.outcome)) };
  }
}

/** Only what was accepted is read here; anything else is a fault of ours. */
function valueOf<Value>(outcome: LockOutcome<Value>): Value {
  if (outcome.outcome === "accepted") return outcome.value;
  throw new Error(`An outcome that is ${outcome.outcome} was read as accepted.`);
}

function moved(lock: CodeLock, wish: Wish): CodeLock {
  if (!lock.placed) return lock;
  return { ...lock, placed: { ...lock.placed, ...validity(wish), isConfirmed: false } };
}

function locate(
  lock: CodeLock,
  described: { name: string; gateways: readonly { id: string; isOnline: boolean }[] },
) {
  const online = described.gateways.filter((gateway) => gateway.isOnline);
  const ids = (online.length > 0 ? online : described.gateways)
    .map((gateway) => gateway.id)
    .toSorted();
  return { lockName: described.name, gateway: ids[0] ?? `lock-${lock.lockId}` };
}

function place(wish: Wish, remoteId: string): Placed {
  return {
    remoteId,
    generation: wish.generation,
    ...validity(wish),
    isConfirmed: false,
    isOffline: false,
  };
}

function offline(
  wish: Wish,
  code: { remoteId: string; validFrom: number; validTo: number },
): Placed {
  return {
    remoteId: code.remoteId,
    generation: wish.generation,
    ...validity(code),
    isConfirmed: true,
    isOffline: true,
  };
}

function validity({ validFrom, validTo }: { validFrom: number; validTo: number }) {
  return { validFrom, validTo };
}

function without(lock: CodeLock, remoteId: string): CodeLock {
  const leftovers = lock.leftovers.filter((id) => id !== remoteId);
  return {
    ...lock,
    leftovers,
    placed: lock.placed?.remoteId === remoteId ? undefined : lock.placed,
  };
}

/** The lock's list is believed over what the vendor answered: "success" without effect is known to happen. */
function readBack(lock: CodeLock, found: CodeOnLock | undefined): CodeLock {
  if (!found) return { ...lock, placed: undefined };
  if (!lock.placed) return lock;
  const shown = validity(found);
  return {
    ...lock,
    placed: { ...lock.placed, ...shown, remoteId: found.remoteId, isConfirmed: found.isWritten },
  };
}

function readSettled(settled: CodeLock, before: CodeLock, found: CodeOnLock | undefined): CodeLock {
  const { pending } = before;
  if (!pending) return settled;
  if (pending.act === "delete")
    return found || pending.remoteId === undefined ? settled : without(settled, pending.remoteId);
  if (pending.act === "offline") return settled;
  if (!found) return { ...settled, placed: pending.act === "move" ? undefined : settled.placed };
  const placed = {
    remoteId: found.remoteId,
    generation: pending.generation,
    ...validity(found),
    isConfirmed: found.isWritten,
    isOffline: false,
  };
  return { ...settled, placed };
}
