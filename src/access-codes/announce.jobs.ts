import type { Queries } from "#platform/db/database.ts";
import {
  bookingOfCode,
  locksOfCode,
  saveCode,
  type AccessCode,
  type CodeLock,
} from "./access-codes.store.ts";
import { planDescription } from "./description.jobs.ts";
import type { CodeNeeds } from "./needs.ts";
import { tellable } from "./told-code.ts";
import { planGuestMessages } from "./guest-message.jobs.ts";

/** Once every lock of a code shows it, and not before, those who wait for it are told: once for each code and time. */
export async function announce(needs: CodeNeeds, tx: Queries, code: AccessCode): Promise<void> {
  if (!code.isWanted) return;
  const locks = (await locksOfCode(tx, code)).filter((lock) => lock.isWanted);
  if (locks.length === 0 || !locks.every((lock) => isInPlace(code, lock))) return;
  const told = signature(code, locks);
  if (code.told === told) return;
  const booking = await bookingOfCode(tx, code);
  if (!booking) return;
  const isDescribed = needs.bookingSource !== undefined;
  await saveCode(tx, { ...code, told, isDescribed }, needs.now());
  const saying = tellable(needs, code, locks);
  await planGuestMessages(needs, tx, { code, booking, told: saying });
  if (isDescribed) await planDescription(needs, tx, code);
}

/** Whether the lock's own list showed what is wished, or the vendor's code stands in. */
export function isInPlace(code: AccessCode, { placed }: CodeLock): boolean {
  if (!placed?.isConfirmed) return false;
  return (
    placed.isOffline ||
    (placed.generation === code.generation &&
      placed.validTo === code.validTo &&
      placed.validFrom === code.validFrom)
  );
}

function signature(code: AccessCode, locks: readonly CodeLock[]): string {
  const offline = locks.flatMap((lock) =>
    lock.placed?.isOffline ? [`${lock.lockId}=${lock.placed.remoteId}`] : [],
  );
  return [code.generation, code.validFrom, code.validTo, ...offline].join(":");
}
