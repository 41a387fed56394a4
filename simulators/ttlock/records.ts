import { pageOf, type Fields } from "./fields.ts";
import type { Code, Lock, LockRecord, World } from "./world.ts";

const unlockedByPasscode = 4;
const hourMs = 3_600_000;
const firstUseWithinMs = 24 * hourMs;

/** A guest types digits at the keypad: what happens is decided by the lock's own table and clock. */
export function enterCode(world: World, lock: Lock, digits: string): boolean {
  const lockClock = world.now() + lock.clockDriftMs;
  const code = world.codes.find(
    ({ lockId, keypad }) => lockId === lock.lockId && keypad?.digits === digits,
  );
  const opens = code !== undefined && isObeyed(code, lockClock);
  if (opens) code.wasUsed = true;
  world.records.push({
    lockId: lock.lockId,
    recordType: unlockedByPasscode,
    success: opens ? 1 : 0,
    username: code?.cloud?.name ?? "",
    keyboardPwd: digits,
    lockDate: lockClock,
    serverDate: world.now(),
  });
  return opens;
}

export function listRecords(world: World, lock: Lock, fields: Fields): object {
  const from = fields.integer("startDate", 0);
  const to = fields.integer("endDate", 0) || Number.POSITIVE_INFINITY;
  const found = world.records.filter(
    ({ lockId, lockDate }) => lockId === lock.lockId && lockDate >= from && lockDate <= to,
  );
  return pageOf(found.toReversed(), fields, 100);
}

/** The form body of a callback, as the vendor posts it: all scalars as texts, records as JSON in a text. */
export function recordsCallback(lock: Lock, records: readonly LockRecord[]): string {
  return new URLSearchParams({
    notifyType: "1",
    lockId: String(lock.lockId),
    lockMac: "AA:BB:CC:DD:EE:FF",
    records: JSON.stringify(records),
  }).toString();
}

/** A random code lies dead when nobody used it within a day of its start. */
function isObeyed(code: Code, at: number): boolean {
  const { keypad } = code;
  if (!keypad) return false;
  if (keypad.endDate === 0) return true;
  const isSuspended = !code.isCustom && !code.wasUsed && at > keypad.startDate + firstUseWithinMs;
  return !isSuspended && at >= keypad.startDate && at <= keypad.endDate;
}
