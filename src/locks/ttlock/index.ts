import type { Finding, ParameterValues } from "#domain/parameter.ts";
import { defineLock } from "../lock.ts";
import { makeApi } from "./api.ts";
import { checkAccount } from "./check.ts";
import { describeLock } from "./locks.ts";
import { manifest } from "./manifest.ts";
import type { parameters } from "./parameters.ts";
import * as passcodes from "./passcodes.ts";
import { openSession } from "./session.ts";
import * as texts from "./texts.ts";

/** Locks of the TTLock family through the vendor's cloud and its gateways. */
export const ttlock = defineLock({
  manifest,
  readHook: (values) => ({
    settings: { username: values.username, password: values.password },
    findings: judgeHook(values),
  }),
  connect: (settings: { readonly username: string; readonly password: string }, tools) => {
    const api = makeApi(openSession(settings, tools));
    return {
      check: (lockIds) => checkAccount(api, lockIds, tools.now),
      describe: async (lockId) => {
        const described = await describeLock(api, lockId);
        if (described.outcome !== "accepted") return described;
        const { lock: _, ...value } = described.value;
        return { outcome: "accepted", value };
      },
      addCode: (lockId, code) => passcodes.addPasscode(api, lockId, code),
      findCode: (lockId, wanted) => passcodes.findPasscode(api, lockId, wanted),
      moveCode: (lockId, remoteId, validity) =>
        passcodes.movePasscode(api, { lockId, remoteId }, validity),
      deleteCode: (lockId, remoteId) => passcodes.deletePasscode(api, lockId, remoteId),
      offlineCode: (lockId, wanted) => passcodes.getOfflineCode(api, lockId, wanted),
    };
  },
});

const shortestSafeCode = 6;
const fewestCodes = 1000;

function judgeHook(values: ParameterValues<typeof parameters>): readonly Finding[] {
  const { codeLength, codeDigits } = values;
  const variety = new Set(codeDigits).size;
  const findings: Finding[] = [];
  if (variety < 2)
    findings.push({ kind: "wrong", parameter: "codeDigits", text: texts.digitsAllAlike });
  if (values.lockId === undefined)
    findings.push({ kind: "warning", parameter: "lockId", text: texts.lockIdFromBooking });
  if (codeLength < shortestSafeCode)
    findings.push({ kind: "warning", parameter: "codeLength", text: texts.shortCode });
  if (variety >= 2 && variety ** codeLength < fewestCodes)
    findings.push({ kind: "warning", parameter: "codeDigits", text: texts.fewCodes });
  if (!values.templateMsg.includes("[passcode]"))
    findings.push({ kind: "warning", parameter: "templateMsg", text: texts.templateWithoutCode });
  return findings;
}
