import { z } from "zod";
import type {
  CodeOnLock,
  CodeSearch,
  LockOutcome,
  NewCode,
  OfflineCode,
  Validity,
} from "../lock.ts";
import type { Api } from "./api.ts";
import { addAnswer, lockAnswer, passcodesPage, randomCodeAnswer, toCodeOnLock } from "./inbound.ts";

const period = 3;
/** With 1, the default, the cloud only notes the code and the door never hears of it. */
const overGateway = 2;
const passcodeUnknown = -2009;
const pageSize = 200;
const maxPages = 20;
const maxNameLength = 50;
const hourMs = 3_600_000;
const done = z.unknown().transform(() => undefined);

/** A name that the vendor keeps as it is. */
export const toLabel = (name: string): string =>
  name.replace(/[^\x20-\x7e]/gu, "?").slice(0, maxNameLength);

export async function addPasscode(
  api: Api,
  lockId: string,
  code: NewCode,
): Promise<LockOutcome<{ readonly remoteId: string }>> {
  const added = await api.talk(lockId, {
    path: "/v3/keyboardPwd/add",
    fields: {
      keyboardPwd: code.code,
      keyboardPwdName: toLabel(code.name),
      keyboardPwdType: period,
      startDate: code.validFrom,
      endDate: code.validTo,
      addType: overGateway,
    },
    shape: addAnswer,
    effect: "writes",
  });
  if (added.outcome !== "accepted") return added;
  return { outcome: "accepted", value: { remoteId: added.value.keyboardPwdId } };
}

/** Searches by digits first, which is exact; then by name, or through the whole list when the id is known. */
export async function findPasscode(
  api: Api,
  lockId: string,
  wanted: CodeSearch,
): Promise<LockOutcome<CodeOnLock | undefined>> {
  const { remoteId } = wanted;
  const label = toLabel(wanted.name);
  const isWanted = (code: CodeOnLock): boolean =>
    remoteId === undefined
      ? code.code === wanted.code && code.name === label
      : code.remoteId === remoteId;
  for (const search of [wanted.code, remoteId === undefined ? label : undefined]) {
    const listed = await listPasscodes(api, lockId, search);
    if (listed.outcome !== "accepted") return listed;
    const value = listed.value.find(isWanted);
    if (value) return { outcome: "accepted", value };
  }
  return { outcome: "accepted", value: undefined };
}

/** Both dates are sent: with one alone the vendor reports success and changes nothing. */
export function movePasscode(
  api: Api,
  target: { readonly lockId: string; readonly remoteId: string },
  validity: Validity,
): Promise<LockOutcome<undefined>> {
  return api.talk(target.lockId, {
    path: "/v3/keyboardPwd/change",
    fields: {
      keyboardPwdId: target.remoteId,
      startDate: validity.validFrom,
      endDate: validity.validTo,
      changeType: overGateway,
    },
    shape: done,
    effect: "writes",
  });
}

export function deletePasscode(
  api: Api,
  lockId: string,
  remoteId: string,
): Promise<LockOutcome<undefined>> {
  return api.talk(lockId, {
    path: "/v3/keyboardPwd/delete",
    fields: { keyboardPwdId: remoteId, deleteType: overGateway },
    shape: done,
    effect: "writes",
    meansDone: passcodeUnknown,
  });
}

/** Hours of the lock's own zone, widened outward; spent hours are widened by one more, first at the end. */
export async function getOfflineCode(
  api: Api,
  lockId: string,
  wanted: { readonly name: string } & Validity,
): Promise<LockOutcome<OfflineCode>> {
  const asked = await api.ask({ path: "/v3/lock/detail", fields: { lockId } }, lockAnswer);
  if (asked.outcome !== "accepted") return asked;
  const hours = toWholeHours(wanted, asked.value.timezoneRawOffset ?? 0);
  const { validFrom, validTo } = hours;
  const widened = [
    { validFrom, validTo: validTo + hourMs },
    { validFrom: validFrom - hourMs, validTo },
  ];
  const attempt = (validity: Validity): Promise<LockOutcome<OfflineCode>> =>
    getRandomCode(api, lockId, { name: wanted.name, ...validity });
  let got = await attempt(hours);
  for (const validity of widened) {
    if (got.outcome !== "refused" || got.because !== "hours-spent") break;
    got = await attempt(validity);
  }
  return got;
}

export function toWholeHours(wanted: Validity, utcOffsetMs: number): Validity {
  const local = (at: number): number => (at + utcOffsetMs) / hourMs;
  const instant = (hour: number): number => hour * hourMs - utcOffsetMs;
  return {
    validFrom: instant(Math.floor(local(wanted.validFrom))),
    validTo: instant(Math.ceil(local(wanted.validTo))),
  };
}

/** A code that was issued and not heard of opens for nobody who knows it: asking again is safe. */
async function getRandomCode(
  api: Api,
  lockId: string,
  wanted: { readonly name: string } & Validity,
): Promise<LockOutcome<OfflineCode>> {
  const { validFrom, validTo } = wanted;
  const fields = {
    lockId,
    keyboardPwdType: period,
    keyboardPwdVersion: 4,
    keyboardPwdName: toLabel(wanted.name),
    startDate: validFrom,
    endDate: validTo,
  };
  const got = await api.ask({ path: "/v3/keyboardPwd/get", fields }, randomCodeAnswer);
  if (got.outcome !== "accepted") return got;
  const { keyboardPwdId: remoteId, keyboardPwd: code } = got.value;
  return { outcome: "accepted", value: { remoteId, code, validFrom, validTo } };
}

async function listPasscodes(
  api: Api,
  lockId: string,
  search: string | undefined,
): Promise<LockOutcome<readonly CodeOnLock[]>> {
  const codes: CodeOnLock[] = [];
  for (let pageNo = 1; pageNo <= maxPages; pageNo += 1) {
    const searched = search === undefined ? {} : { searchStr: search };
    const fields = { lockId, pageNo, pageSize, orderBy: 1, ...searched };
    const page = await api.ask({ path: "/v3/lock/listKeyboardPwd", fields }, passcodesPage);
    if (page.outcome !== "accepted") return page;
    codes.push(...page.value.list.map(toCodeOnLock));
    if (pageNo >= page.value.pages) break;
  }
  return { outcome: "accepted", value: codes };
}
