import type { CodeLock } from "./access-codes.store.ts";
import type { Pending, Wish } from "./lock-step.ts";

/** A talk of gateway and lock that was begun may go on for so long after we have stopped listening. */
const MAY_COME_MS = 60_000;

/**
 * Whether an act that was begun, and is not seen on the lock, may still reach it and must not: what is wished now is
 * something else, and would be undone by it. Where the same is wished again it is made again, which harms nothing.
 */
export function mayComeLate(
  { pending, leftovers }: Pick<CodeLock, "pending" | "leftovers">,
  wish: Wish | undefined,
  now: number,
): boolean {
  if (!pending || now - (pending.begunAt ?? 0) >= MAY_COME_MS) return false;
  return !isWishedAgain(pending, wish, leftovers);
}

function isWishedAgain(
  { act, generation, validFrom, validTo, remoteId = "" }: Pending,
  wish: Wish | undefined,
  leftovers: readonly string[],
): boolean {
  switch (act) {
    case "add":
      return wish?.generation === generation;
    case "move":
      return wish?.validFrom === validFrom && wish.validTo === validTo;
    case "delete":
      return wish === undefined || leftovers.includes(remoteId);
    case "offline":
      return true;
  }
}
