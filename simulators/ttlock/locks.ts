import { Refused } from "./errors.ts";
import { pageOf, type Fields } from "./fields.ts";
import { macOf, talkToLock } from "./gateways.ts";
import type { Account, Lock, World } from "./world.ts";

/** The lock that a call names: -1003 unknown, 20002 somebody else's, -2025 frozen. */
export function ownLock(world: World, account: Account, fields: Fields): Lock {
  const lock = world.locks.get(fields.integer("lockId"));
  if (!lock) throw new Refused(-1003);
  if (lock.ownerUid !== account.uid) throw new Refused(20002);
  return lock;
}

export function workingLock(world: World, account: Account, fields: Fields): Lock {
  const lock = ownLock(world, account, fields);
  if (lock.isFrozen) throw new Refused(-2025);
  return lock;
}

export function listLocks(world: World, account: Account, fields: Fields): object {
  const alias = fields.text("lockAlias") ?? "";
  const own = [...world.locks.values()].filter(
    (lock) => lock.ownerUid === account.uid && lock.alias.includes(alias),
  );
  return pageOf(
    own.map((lock) => ({ ...common(lock), lockData: "opaque", groupId: 0, groupName: "" })),
    fields,
    1000,
  );
}

/** Holds secrets as the real answer does: whoever logs or forwards them is found out. */
export function lockDetail(lock: Lock): object {
  return {
    ...common(lock),
    timezoneRawOffset: lock.timezoneRawOffset,
    modelNum: "SN118",
    hardwareRevision: "1.2",
    firmwareRevision: "6.0.2",
    autoLockTime: 5,
    lockSound: 1,
    isFrozen: lock.isFrozen ? 1 : 2,
    lockVersion: { protocolType: 5, protocolVersion: 3, scene: 2, groupId: 1, orgId: 1 },
    adminPwd: "canary-admin-pwd",
    noKeyPwd: "canary-no-key-pwd",
    lockKey: "canary-lock-key",
    aesKeyStr: "canary-aes-key",
    deletePwd: "canary-delete-pwd",
  };
}

/** The clock inside the lock, read through the gateway. */
export const queryDate = (world: World, lock: Lock): Promise<object> =>
  talkToLock(world, lock, () => ({ date: world.now() + lock.clockDriftMs }));

export const updateDate = (world: World, lock: Lock): Promise<object> =>
  talkToLock(world, lock, () => {
    lock.clockDriftMs = 0;
    return { date: world.now() };
  });

export const queryOpenState = (world: World, lock: Lock): Promise<object> =>
  talkToLock(world, lock, () => ({ state: 0 }));

export const operate = (world: World, lock: Lock): Promise<object> =>
  talkToLock(world, lock, () => ({ errcode: 0 }));

const common = (lock: Lock): object => ({
  lockId: lock.lockId,
  lockName: `LK01_${lock.lockId}`,
  lockAlias: lock.alias,
  lockMac: macOf(lock.lockId),
  electricQuantity: lock.batteryPercent,
  featureValue: lock.featureValue,
  hasGateway: lock.gatewayIds.length > 0 ? 1 : 0,
  keyboardPwdVersion: lock.passcodeVersion,
  specialValue: 100_000_001,
  date: 1_760_000_000_000,
});
