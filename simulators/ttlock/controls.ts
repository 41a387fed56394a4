import type { Faults } from "../simulator.ts";
import { refusal } from "./errors.ts";
import { enterCode, recordsCallback } from "./records.ts";
import type { Application, Code, Effect, Gateway, Lock, Quirks, World } from "./world.ts";

/** What tests and the demo may do behind the vendor's back. */
export interface Controls {
  readonly application: Application;
  /** Where the documents disagree; may be changed at any time. */
  readonly quirks: Quirks;
  /** Everything that changed a keypad or the cloud's list, in order. */
  readonly effects: readonly Effect[];
  addAccount(account: {
    readonly username: string;
    readonly password: string;
    readonly region?: "here" | "elsewhere";
  }): void;
  /** A lock with one gateway in range, unless told otherwise; unknown gateways are made. */
  addLock(lock: NewLock): void;
  gateway(gatewayId: number): SimulatedGateway;
  /** How long one talk between gateway and lock takes; 0 at first. */
  setGatewayLatency(ms: number): void;
  /** What the cloud lists or the keypad obeys. */
  codesOf(lockId: number): readonly CodeOnSimulatedLock[];
  /** A change nobody asked the API for: battery, clock, zone, frozen. */
  changeLock(
    lockId: number,
    change: Partial<
      Pick<Lock, "batteryPercent" | "isFrozen" | "clockDriftMs" | "timezoneRawOffset">
    >,
  ): void;
  /** Sets the delivery status that the cloud lists for a passcode: 1 normal, 4 adding, 5 failed ... */
  setStatus(keyboardPwdId: number, status: number): void;
  /** A guest at the keypad; leaves a lock record. */
  enter(lockId: number, code: string): boolean;
  /** Posts the lock's records as the vendor's callback, newest first, `copies` times; returns the answers. */
  callBack(url: string, lockId: number, copies?: number): Promise<readonly string[]>;
  /** Answers the next calls with this code and does nothing. */
  failNext(path: RegExp, errcode: number, times?: number): void;
  /** Does what the next calls ask and answers with this code all the same. */
  failAfterApply(path: RegExp, errcode: number, times?: number): void;
  /** Leaves this many calls of the month; 30007 after them. */
  spendQuota(left?: number): void;
  /** Access tokens run out (10004); their refresh tokens stay good. */
  expireTokens(): void;
  /** The cloud forgets every token: 10003, and 10011 for the refresh. */
  forgetTokens(): void;
  changePassword(username: string, password: string): void;
}

export interface NewLock {
  readonly lockId: number;
  /** Username of an account that was added. */
  readonly owner: string;
  readonly alias?: string;
  readonly passcodeVersion?: number;
  readonly capacity?: number;
  readonly gatewayIds?: readonly number[];
  readonly wifi?: Lock["wifi"];
  /** Milliseconds east of UTC; Moscow at first. */
  readonly timezoneRawOffset?: number;
  readonly batteryPercent?: number;
}

export interface SimulatedGateway {
  /** The cloud knows at once. */
  setOnline(isOnline: boolean): void;
  /** Goes offline while the cloud still lists it as online for some minutes. */
  unplug(): void;
  setBusyUntil(at: number): void;
  setInRange(lockId: number, isInRange: boolean): void;
}

export interface CodeOnSimulatedLock {
  readonly keyboardPwdId: number;
  readonly code: string;
  readonly name: string;
  readonly startDate: number;
  readonly endDate: number;
  readonly isCustom: boolean;
  readonly isInCloud: boolean;
  /** The door opens with it, in its time. */
  readonly isOnKeypad: boolean;
}

const wifiFeature = (1n << 56n) | 0xdf3n;
const remoteFeature = 0xdf3n;
const usualLock = {
  passcodeVersion: 4,
  capacity: 250,
  wifi: "none",
  timezoneRawOffset: 3 * 3_600_000,
  batteryPercent: 90,
  isFrozen: false,
  clockDriftMs: 0,
} as const;
const noticedAfterMs = 8 * 60_000;

export function makeControls(world: World, faults: Faults): Omit<Controls, "failAfterApply"> {
  return {
    application: world.application,
    quirks: world.quirks,
    effects: world.effects,
    ...accountControls(world),
    ...doorControls(world),
    setGatewayLatency: (ms) => void (world.gatewayLatencyMs = ms),
    spendQuota: (left = 0) => void (world.quotaLeft = left),
    failNext: (path, errcode, times = 1) => {
      const answer = { status: 200, body: refusal(errcode) };
      faults.add(path, { kind: "answer", answer }, times);
    },
  };
}

type AccountControls = Pick<
  Controls,
  "addAccount" | "changePassword" | "expireTokens" | "forgetTokens"
>;

function accountControls(world: World): AccountControls {
  return {
    addAccount: ({ username, password, region = "here" }) => {
      const uid = 2_340_001 + world.accounts.length;
      world.accounts.push({ uid, username, password, region });
    },
    changePassword: (username, password) => {
      const account = world.accounts.find((known) => known.username === username);
      if (account) account.password = password;
    },
    expireTokens: () => {
      for (const token of world.tokens) token.expiresAt = world.now();
    },
    forgetTokens: () => {
      for (const token of world.tokens) token.isKnown = false;
    },
  };
}

type DoorControls = Pick<
  Controls,
  "addLock" | "changeLock" | "gateway" | "codesOf" | "setStatus" | "enter" | "callBack"
>;

function doorControls(world: World): DoorControls {
  return {
    addLock: (lock) => addLock(world, lock),
    changeLock: (lockId, change) => void Object.assign(lockOf(world, lockId), change),
    gateway: (gatewayId) => controlGateway(world, gatewayId),
    codesOf: (lockId) =>
      world.codes
        .filter((code) => code.lockId === lockId && (code.cloud ?? code.keypad))
        .map((code) => present(code)),
    setStatus: (keyboardPwdId, status) => {
      const code = world.codes.find(({ id }) => id === keyboardPwdId);
      if (code?.cloud) code.cloud = { ...code.cloud, status };
    },
    enter: (lockId, code) => enterCode(world, lockOf(world, lockId), code),
    callBack: async (url, lockId, copies = 1) => {
      const records = world.records.filter((record) => record.lockId === lockId).toReversed();
      const body = recordsCallback(lockOf(world, lockId), records);
      const headers = { "content-type": "application/x-www-form-urlencoded" };
      const post = async (): Promise<string> =>
        (await fetch(url, { method: "POST", headers, body })).text();
      return Promise.all(Array.from({ length: copies }, post));
    },
  };
}

function addLock(world: World, given: NewLock): void {
  const owner = world.accounts.find(({ username }) => username === given.owner);
  if (!owner) throw new Error(`Add the account ${given.owner} before its lock ${given.lockId}.`);
  const hasWifi = given.wifi !== undefined && given.wifi !== "none";
  const gatewayIds = given.gatewayIds ?? (hasWifi ? [] : [90_001]);
  for (const id of gatewayIds) {
    if (!world.gateways.has(id)) world.gateways.set(id, newGateway(id, owner.uid));
  }
  world.locks.set(given.lockId, {
    ...usualLock,
    alias: `Door ${given.lockId}`,
    ...given,
    ownerUid: owner.uid,
    featureValue: (hasWifi ? wifiFeature : remoteFeature).toString(16).toUpperCase(),
    gatewayIds,
  });
}

const newGateway = (gatewayId: number, ownerUid: number): Gateway => ({
  gatewayId,
  name: `G2_${gatewayId}`,
  ownerUid,
  isOnline: true,
  looksOnlineUntil: 0,
  busyUntil: 0,
  isTalking: false,
  outOfRange: new Set(),
});

function controlGateway(world: World, gatewayId: number): SimulatedGateway {
  const gateway = world.gateways.get(gatewayId);
  if (!gateway) throw new Error(`No gateway ${gatewayId}: name it in addLock first.`);
  return {
    setOnline: (isOnline) => {
      gateway.isOnline = isOnline;
      gateway.looksOnlineUntil = 0;
    },
    unplug: () => {
      gateway.isOnline = false;
      gateway.looksOnlineUntil = world.now() + noticedAfterMs;
    },
    setBusyUntil: (at) => void (gateway.busyUntil = at),
    setInRange: (lockId, isInRange) => {
      if (isInRange) gateway.outOfRange.delete(lockId);
      else gateway.outOfRange.add(lockId);
    },
  };
}

function lockOf(world: World, lockId: number): Lock {
  const lock = world.locks.get(lockId);
  if (!lock) throw new Error(`No lock ${lockId}: call addLock first.`);
  return lock;
}

function present(code: Code): CodeOnSimulatedLock {
  const written = code.cloud ?? code.keypad;
  return {
    keyboardPwdId: code.id,
    code: written?.digits ?? "",
    name: code.cloud?.name ?? "",
    startDate: written?.startDate ?? 0,
    endDate: written?.endDate ?? 0,
    isCustom: code.isCustom,
    isInCloud: code.cloud !== undefined,
    isOnKeypad: code.keypad !== undefined,
  };
}
