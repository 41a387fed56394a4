import type { CheckReport, Finding } from "#domain/parameter.ts";
import type { LockDescription } from "../lock.ts";
import type { Api } from "./api.ts";
import { clockAnswer, hasWifi, locksPage, type LockAnswer } from "./inbound.ts";
import { describeLock } from "./locks.ts";
import { toFailure, type LockFailure } from "./outcomes.ts";
import * as texts from "./texts.ts";

type Described = LockDescription & { readonly lock: LockAnswer };
type Fact = CheckReport["facts"][number];

const lowBatteryPercent = 20;
const allowedDriftMs = 5 * 60_000;
const oddZoneMs = 15 * 60_000;
const maxOffsetMs = 14 * 3_600_000;
const listedLocks = 20;

/** Signs in with the password and looks at each lock; with none named, at the account's locks. */
export async function checkAccount(
  api: Api,
  lockIds: readonly string[],
  now: () => number,
): Promise<CheckReport> {
  const signedIn = await api.session.signIn();
  if (signedIn.kind !== "done") return onlyFinding(ofAccount(toFailure(signedIn, "reads")));
  if (lockIds.length === 0) return listLocks(api);
  const reports: CheckReport[] = [];
  for (const lockId of lockIds) reports.push(await checkLock(api, lockId, now));
  return {
    findings: [...reports.flatMap(({ findings }) => findings), ...checkOwnClock(api)],
    facts: reports.flatMap(({ facts }) => facts),
  };
}

async function listLocks(api: Api): Promise<CheckReport> {
  const fields = { pageNo: 1, pageSize: listedLocks };
  const page = await api.ask({ path: "/v3/lock/list", fields }, locksPage);
  if (page.outcome !== "accepted") return onlyFinding(ofAccount(page));
  const facts = page.value.list.map(({ lockId, lockAlias, lockName }) => ({
    label: texts.lockOfAccount,
    value: `${lockId} ${lockAlias || lockName}`.trim(),
  }));
  return { findings: checkOwnClock(api), facts };
}

async function checkLock(api: Api, lockId: string, now: () => number): Promise<CheckReport> {
  if (!/^\d+$/.test(lockId)) return onlyFinding(wrongLock(texts.lockIdIsNoNumber(lockId)));
  const described = await describeLock(api, lockId);
  if (described.outcome !== "accepted") return onlyFinding(ofLock(lockId, described));
  const about = { api, lockId, now, described: described.value };
  return {
    findings: [...judge(lockId, described.value), ...(await checkLockClock(about))],
    facts: tell(lockId, described.value),
  };
}

function judge(lockId: string, described: Described): Finding[] {
  const { lock, batteryPercent, utcOffsetMs } = described;
  const isOdd = (offset: number): boolean =>
    offset % oddZoneMs !== 0 || Math.abs(offset) > maxOffsetMs;
  return [
    ...when(!described.takesCodes, error(texts.noCustomCodes(lockId))),
    ...when(lock.isFrozen === 1, error(texts.frozen(lockId))),
    ...judgeGateways(lockId, described),
    ...when(
      batteryPercent !== undefined && batteryPercent < lowBatteryPercent,
      warning(texts.lowBattery(lockId, batteryPercent ?? 0)),
    ),
    ...when(utcOffsetMs === undefined || isOdd(utcOffsetMs), warning(texts.oddZone(lockId))),
  ];
}

function judgeGateways(lockId: string, { lock, gateways }: Described): Finding[] {
  if (hasWifi(lock)) return [];
  if (gateways.length === 0 && lock.hasGateway !== 1) return [error(texts.noGateway(lockId))];
  if (gateways.length === 0) return [warning(texts.gatewayHeardNothing(lockId))];
  const names = gateways.map(({ name }) => name).join(", ");
  return when(!canTalk({ lock, gateways }), warning(texts.gatewayOffline(lockId, names)));
}

/** Asks the lock itself: an unplugged gateway is listed as online for minutes. */
async function checkLockClock(about: {
  readonly api: Api;
  readonly lockId: string;
  readonly now: () => number;
  readonly described: Described;
}): Promise<Finding[]> {
  const { api, lockId, described } = about;
  if (!canTalk(described)) return [];
  const path = "/v3/lock/queryDate";
  const call = { path, fields: {}, shape: clockAnswer, effect: "reads" } as const;
  const asked = await api.talk(lockId, call);
  if (asked.outcome !== "accepted") return [warning(texts.lockIsSilent(lockId, asked.detail))];
  const drift = asked.value.date - about.now() - api.session.clockOffsetMs();
  const minutes = Math.round(drift / 60_000);
  return when(Math.abs(drift) > allowedDriftMs, warning(texts.lockClockOff(lockId, minutes)));
}

function checkOwnClock(api: Api): Finding[] {
  const minutes = Math.round(api.session.clockOffsetMs() / 60_000);
  return when(minutes !== 0, { kind: "warning", text: texts.ownClockOff(minutes) });
}

function tell(lockId: string, described: Described): Fact[] {
  const { batteryPercent, gateways, utcOffsetMs } = described;
  const facts: Fact[] = [{ label: texts.lock, value: `${lockId} ${described.name}`.trim() }];
  if (batteryPercent !== undefined)
    facts.push({ label: texts.battery, value: `${batteryPercent}%` });
  for (const { name, isOnline } of gateways)
    facts.push({ label: isOnline ? texts.onlineGateway : texts.offlineGateway, value: name });
  if (utcOffsetMs !== undefined) facts.push({ label: texts.zone, value: toZone(utcOffsetMs) });
  return facts;
}

function toZone(offsetMs: number): string {
  const minutes = Math.round(Math.abs(offsetMs) / 60_000);
  const two = (part: number): string => String(part).padStart(2, "0");
  const sign = offsetMs < 0 ? "-" : "+";
  return `UTC${sign}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function ofAccount(failure: LockFailure): Finding {
  const isSignIn = failure.outcome === "refused" && failure.because === "sign-in";
  return { kind: "error", text: failure.detail, ...(isSignIn && { parameter: "password" }) };
}

function ofLock(lockId: string, failure: LockFailure): Finding {
  const isNotOurs =
    failure.outcome === "refused" && ["lock-missing", "no-permission"].includes(failure.because);
  const text = texts.aboutLock(lockId, failure.detail);
  return isNotOurs ? wrongLock(text) : error(text);
}

const canTalk = ({ lock, gateways }: Pick<Described, "lock" | "gateways">): boolean =>
  hasWifi(lock) || gateways.some(({ isOnline }) => isOnline);

const onlyFinding = (finding: Finding): CheckReport => ({ findings: [finding], facts: [] });
const when = (holds: boolean, finding: Finding): Finding[] => (holds ? [finding] : []);
const wrongLock = (text: Finding["text"]): Finding => ({
  kind: "wrong",
  parameter: "lockId",
  text,
});
const error = (text: Finding["text"]): Finding => ({ kind: "error", parameter: "lockId", text });
const warning = (text: Finding["text"]): Finding => ({
  kind: "warning",
  parameter: "lockId",
  text,
});
