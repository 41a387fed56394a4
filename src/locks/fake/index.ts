import type { Text } from "#domain/text.ts";
import {
  defineLock,
  type AnyLockProvider,
  type LockAccount,
  type LockDescription,
  type LockOutcome,
} from "../lock.ts";
import { makeFakeWorld, type FakeCode, type FakeLock, type FakeWorld } from "./world.ts";
import { manifest } from "./manifest.ts";

export { makeFakeWorld, type FakeCode, type FakeWorld } from "./world.ts";

/** Locks that live in this process only. */
export const fake = makeFakeLocks(makeFakeWorld());

/** The smallest provider that keeps the contract: copy it to begin another. */
export function makeFakeLocks(world: FakeWorld): AnyLockProvider {
  return defineLock({
    manifest,
    readHook: (values) => ({ settings: { house: values.house }, findings: [] }),
    connect: () => ({ ...reading(world), ...writing(world) }),
  });
}

function reading(world: FakeWorld): Pick<LockAccount, "check" | "describe" | "findCode"> {
  return {
    check: async (lockIds) => ({
      findings: lockIds.flatMap((id) => world.judge(id)),
      facts: lockIds.map((value) => ({ label: { ru: "Замок", en: "Lock" }, value })),
    }),
    describe: async (lockId) => onLock(world, lockId, () => accepted(describe(world, lockId))),
    findCode: async (lockId, wanted) =>
      onLock(world, lockId, (lock) => {
        const isWanted = (known: FakeCode): boolean =>
          wanted.remoteId === undefined
            ? known.code === wanted.code && known.name === wanted.name
            : known.remoteId === wanted.remoteId;
        const found = lock.codes.find(isWanted);
        return accepted(found && { ...found, isWritten: true });
      }),
  };
}

function writing(world: FakeWorld): Omit<LockAccount, keyof ReturnType<typeof reading>> {
  return {
    addCode: async (lockId, code) =>
      onGateway(world, lockId, (lock) => {
        const isTaken = lock.codes.some((known) => known.code === code.code);
        return isTaken ? refused("code-taken", taken) : accepted(world.insert(lock, code));
      }),
    moveCode: async (lockId, remoteId, validity) =>
      onGateway(world, lockId, (lock) => {
        const index = lock.codes.findIndex((known) => known.remoteId === remoteId);
        const known = lock.codes[index];
        if (!known) return refused("unchangeable", gone);
        lock.codes[index] = { ...known, ...validity };
        return accepted(undefined);
      }),
    deleteCode: async (lockId, remoteId) =>
      onGateway(world, lockId, (lock) => {
        lock.codes = lock.codes.filter((known) => known.remoteId !== remoteId);
        return accepted(undefined);
      }),
    offlineCode: async (lockId, { name, ...wanted }) =>
      onLock(world, lockId, (lock) => {
        const validFrom = Math.floor(wanted.validFrom / hourMs) * hourMs;
        const validTo = Math.ceil(wanted.validTo / hourMs) * hourMs;
        const issued = { code: world.digits(), validFrom, validTo };
        return accepted({ ...issued, ...world.insert(lock, { name, ...issued }) });
      }),
  };
}

const hourMs = 3_600_000;
const taken: Text = {
  ru: "Такой код на замке уже есть.",
  en: "The same code is on the lock already.",
};
const gone: Text = {
  ru: "Этого кода на замке уже нет.",
  en: "This code is no longer on the lock.",
};
const away: Text = { ru: "Шлюз не в сети.", en: "The gateway is offline." };
const lost: Text = { ru: "Ответ замка не дошёл.", en: "The lock's answer did not arrive." };

const accepted = <Value>(value: Value): LockOutcome<Value> => ({ outcome: "accepted", value });
const refused = (
  because: "code-taken" | "unchangeable" | "lock-missing",
  detail: Text,
): LockOutcome<never> => ({ outcome: "refused", because, detail });

function onLock<Value>(
  world: FakeWorld,
  lockId: string,
  act: (lock: FakeLock) => LockOutcome<Value>,
): LockOutcome<Value> {
  const lock = world.find(lockId);
  return lock ? act(lock) : refused("lock-missing", world.missing(lockId));
}

function onGateway<Value>(
  world: FakeWorld,
  lockId: string,
  act: (lock: FakeLock) => LockOutcome<Value>,
): LockOutcome<Value> {
  return onLock(world, lockId, (lock) => {
    if (!world.isGatewayOnline) return { outcome: "unreachable", detail: away };
    const result = act(lock);
    return world.takeLoss() ? { outcome: "uncertain", detail: lost } : result;
  });
}

function describe(world: FakeWorld, lockId: string): LockDescription {
  return {
    name: `Door ${lockId}`,
    takesCodes: true,
    utcOffsetMs: 0,
    batteryPercent: 100,
    gateways: [{ id: "1", name: "Gateway", isOnline: world.isGatewayOnline }],
  };
}
