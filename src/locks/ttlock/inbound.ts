import { z } from "zod";
import type { CodeOnLock } from "../lock.ts";

/** A number, also when the vendor sends it as a text. */
export const numeral = z
  .union([z.number(), z.string().regex(/^\s*-?\d+(\.\d+)?\s*$/)])
  .transform(Number);

const id = z.union([z.number(), z.string().min(1)]).transform(String);
const maybe = numeral.optional().catch(undefined);
const text = z.string().catch("");

export const tokenAnswer = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().optional(),
  expires_in: maybe,
});

export const addAnswer = z.object({ keyboardPwdId: id });

export const randomCodeAnswer = z.object({
  keyboardPwdId: id,
  keyboardPwd: z.string().regex(/^\d{4,9}$/),
});

export const clockAnswer = z.object({ date: numeral });

/** The answer's secrets (`noKeyPwd` opens the door) are left behind here. */
export const lockAnswer = z.object({
  lockAlias: text,
  lockName: text,
  keyboardPwdVersion: maybe,
  electricQuantity: maybe,
  hasGateway: maybe,
  featureValue: text,
  timezoneRawOffset: maybe,
  isFrozen: maybe,
});
export type LockAnswer = z.infer<typeof lockAnswer>;

export const locksPage = z.object({
  list: z.array(z.object({ lockId: id, lockAlias: text, lockName: text })),
});

export const nearGateways = z.object({
  list: z.array(z.object({ gatewayId: id, rssi: numeral.catch(-100) })),
});

export const gatewaysPage = z.object({
  list: z.array(z.object({ gatewayId: id, gatewayName: text, isOnline: numeral.catch(0) })),
  pages: numeral.catch(1),
});

export const passcodesPage = z.object({
  list: z.array(
    z.object({
      keyboardPwdId: id,
      keyboardPwd: z.union([z.string(), z.number()]).transform(String).catch(""),
      keyboardPwdName: text,
      startDate: numeral.catch(0),
      endDate: numeral.catch(0),
      status: maybe,
    }),
  ),
  pages: numeral.catch(1),
});

type PasscodeRow = z.infer<typeof passcodesPage>["list"][number];

/** Adding, add failed, modifying, modify failed, pending: the keypad does not obey the listed row. */
const unwrittenStatuses = new Set([3, 4, 5, 6, 7]);

export const toCodeOnLock = (row: PasscodeRow): CodeOnLock => ({
  remoteId: row.keyboardPwdId,
  code: row.keyboardPwd,
  name: row.keyboardPwdName,
  validFrom: row.startDate,
  validTo: row.endDate,
  isWritten: row.status === undefined || !unwrittenStatuses.has(row.status),
});

const wifiBit = 56n;

/** Whether the lock talks to the cloud by itself. `featureValue` is a bit mask in hexadecimal. */
export function hasWifi(lock: LockAnswer): boolean {
  if (!/^[0-9a-f]+$/i.test(lock.featureValue)) return false;
  return ((BigInt(`0x${lock.featureValue}`) >> wifiBit) & 1n) === 1n;
}
