import type { Validity } from "#locks/lock.ts";

/** What is known to stand on one lock. */
export interface Placed extends Validity {
  readonly remoteId: string;
  readonly generation: number;
  /** The lock's own list showed it. */
  readonly isConfirmed: boolean;
  /** The vendor's offline code, with digits of its own. */
  readonly isOffline: boolean;
}

/** An act that was begun and whose outcome is not stored. */
export interface Pending extends Validity {
  readonly act: "add" | "move" | "delete" | "offline";
  readonly generation: number;
  readonly remoteId?: string | undefined;
  /** The digits it was about, sealed, in base64: the code may have others by the time it is settled. */
  readonly digits: string;
  readonly begunAt?: number;
}

/** What a lock should hold; absent: nothing. */
export interface Wish extends Validity {
  readonly generation: number;
}

export interface LockState {
  readonly placed: Placed | undefined;
  readonly leftovers: readonly string[];
  readonly pending: Pending | undefined;
}

export type Step =
  /** Finds out what became of the act that was begun. */
  | { readonly step: "settle"; readonly pending: Pending }
  | { readonly step: "add"; readonly wish: Wish }
  | { readonly step: "move"; readonly placed: Placed; readonly wish: Wish }
  /** Reads it back from the lock's own list. */
  | { readonly step: "confirm"; readonly placed: Placed }
  | { readonly step: "delete"; readonly remoteId: string }
  /** What stands there is of another generation: it goes once the new one is in place. */
  | { readonly step: "set-aside"; readonly placed: Placed }
  | { readonly step: "rest" };

/** The one thing to do next so that a lock comes to hold what is wished. Pure. */
export function nextStep(state: LockState, wish: Wish | undefined, now: number): Step {
  if (state.pending) return { step: "settle", pending: state.pending };
  const step = wish && now < wish.validTo ? towards(state, wish) : away(state, wish);
  return step ?? { step: "rest" };
}

function towards({ placed, leftovers }: LockState, wish: Wish): Step | undefined {
  if (!placed) return { step: "add", wish };
  if (placed.isOffline)
    return covers(placed, wish) ? removeLeftover(leftovers) : { step: "set-aside", placed };
  if (placed.generation !== wish.generation) return { step: "set-aside", placed };
  if (!isSame(placed, wish)) return { step: "move", placed, wish };
  if (!placed.isConfirmed) return { step: "confirm", placed };
  return removeLeftover(leftovers);
}

/** After its end a code stays on the lock until it is no longer wished for. */
function away({ placed, leftovers }: LockState, wish: Wish | undefined): Step | undefined {
  if (!wish && placed) return { step: "delete", remoteId: placed.remoteId };
  return removeLeftover(leftovers);
}

function removeLeftover(leftovers: readonly string[]): Step | undefined {
  const remoteId = leftovers[0];
  return remoteId === undefined ? undefined : { step: "delete", remoteId };
}

function isSame(a: Validity, b: Validity): boolean {
  return a.validFrom === b.validFrom && a.validTo === b.validTo;
}

function covers(placed: Placed, wish: Wish): boolean {
  return placed.validFrom <= wish.validFrom && placed.validTo >= wish.validTo;
}
