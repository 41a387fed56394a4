import type { AccessCode } from "./access-codes.store.ts";

const MINUTE_MS = 60_000;
/** From then on a person is told that a lock has no code yet, and the vendor's offline code may stand in. */
const ALARM_BEFORE_MS = 30 * MINUTE_MS;
/** Around the guest's arrival an hour between two tries is too long. */
const CLOSE_BEFORE_MS = 120 * MINUTE_MS;
const CLOSE_WAIT_MS = 5 * MINUTE_MS;

/** Names what a code is to be, so that it is told once for each wish. */
export function wishKey(
  code: Pick<AccessCode, "generation" | "validFrom" | "validTo" | "isWanted">,
): string {
  return `${code.generation}:${code.validFrom}:${code.validTo}:${code.isWanted}`;
}

/** Whether a code that is not in its lock now has to worry somebody. */
export function isLate(code: Pick<AccessCode, "validFrom">, now: number): boolean {
  return now >= code.validFrom - ALARM_BEFORE_MS;
}

/** When to try again: as the ladder says, but at the moment of alarm in any case, and often close to the start. */
export function nextTry(
  code: Pick<AccessCode, "validFrom" | "validTo">,
  { now, wait }: { readonly now: number; readonly wait: number },
): number {
  const isClose = now >= code.validFrom - CLOSE_BEFORE_MS && now < code.validTo;
  const at = now + (isClose ? Math.min(wait, CLOSE_WAIT_MS) : wait);
  return notPastAlarm(code, { now, at });
}

/** A wait that ends at the moment of alarm, should that come within it. */
export function notPastAlarm(
  code: Pick<AccessCode, "validFrom">,
  { now, at }: { readonly now: number; readonly at: number },
): number {
  const alarmAt = code.validFrom - ALARM_BEFORE_MS;
  return now < alarmAt && alarmAt < at ? alarmAt : at;
}
