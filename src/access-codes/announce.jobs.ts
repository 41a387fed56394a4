import type { Queries } from "#platform/db/database.ts";
import { bookingOfCode, locksOfCode, saveCode, type AccessCode } from "./access-codes.store.ts";
import { planDescription } from "./description.jobs.ts";
import type { CodeNeeds } from "./needs.ts";
import { isInPlace, signatureOf, tellable } from "./told-code.ts";
import { planGuestMessages } from "./guest-message.jobs.ts";

/** Once every lock of a code shows it, and not before, those who wait for it are told: once for each code and time. */
export async function announce(needs: CodeNeeds, tx: Queries, code: AccessCode): Promise<void> {
  if (!code.isWanted) return;
  const locks = (await locksOfCode(tx, code)).filter((lock) => lock.isWanted);
  if (locks.length === 0 || !locks.every((lock) => isInPlace(code, lock))) return;
  const told = signatureOf(code, locks);
  if (code.told === told) return;
  const booking = await bookingOfCode(tx, code);
  if (!booking) return;
  const isDescribed = needs.bookingSource !== undefined;
  await saveCode(tx, { ...code, told, isDescribed }, needs.now());
  const saying = tellable(needs, code, locks);
  await planGuestMessages(needs, tx, { code, booking, told: saying });
  if (isDescribed) await planDescription(needs, tx, code);
}
