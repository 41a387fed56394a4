import { createHash } from "node:crypto";
import { Refused } from "./errors.ts";
import type { Fields } from "./fields.ts";
import { insert, listed, readPeriod } from "./passcodes.ts";
import { noteEffect, type Lock, type World } from "./world.ts";

const hourMs = 3_600_000;
const yearMs = 366 * 24 * hourMs;
const period = 3;

/**
 * `keyboardPwd/get` for period codes: cloud and lock compute the same digits, so no gateway is needed. Hours are cut down
 * in the lock's zone; one code exists per start and end, and once deleted these hours are spent (-1026).
 */
export function getRandomPasscode(world: World, lock: Lock, fields: Fields): object {
  if (fields.integer("keyboardPwdType") !== period) throw new Refused(-4043);
  if (lock.passcodeVersion !== 4) throw new Refused(-1007);
  const asked = readPeriod(fields);
  const startDate = cutToHour(asked.startDate, lock.timezoneRawOffset);
  const endDate = cutToHour(asked.endDate, lock.timezoneRawOffset);
  if (endDate <= startDate || endDate - startDate > yearMs) throw new Refused(-3);
  const known = listed(world, lock).find(
    ({ isCustom, cloud }) =>
      !isCustom && cloud?.startDate === startDate && cloud.endDate === endDate,
  );
  if (known?.cloud) return { keyboardPwd: known.cloud.digits, keyboardPwdId: known.id };
  const wasSpent = world.effects.some(
    (effect) =>
      effect.kind === "issue" &&
      effect.lockId === lock.lockId &&
      effect.startDate === startDate &&
      effect.endDate === endDate,
  );
  if (wasSpent) throw new Refused(-1026);
  const written = { digits: digitsFor(lock, startDate, endDate), startDate, endDate };
  const code = insert(world, {
    lockId: lock.lockId,
    isCustom: false,
    type: period,
    keypad: written,
  });
  code.cloud = { ...written, name: fields.text("keyboardPwdName") ?? "", status: 1 };
  noteEffect(world, "issue", code);
  return { keyboardPwd: written.digits, keyboardPwdId: code.id };
}

const cutToHour = (at: number, offsetMs: number): number =>
  Math.floor((at + offsetMs) / hourMs) * hourMs - offsetMs;

function digitsFor(lock: Lock, startDate: number, endDate: number): string {
  const hash = createHash("sha256").update(`${lock.lockId}/${startDate}/${endDate}`).digest();
  return String(hash.readUInt32BE() % 100_000_000).padStart(8, "0");
}
