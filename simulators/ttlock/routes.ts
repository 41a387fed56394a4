import type { Fields } from "./fields.ts";
import { gatewayDetail, listGateways, listGatewaysOfLock, listLocksOfGateway } from "./gateways.ts";
import * as locks from "./locks.ts";
import * as passcodes from "./passcodes.ts";
import { getRandomPasscode } from "./random-codes.ts";
import { listRecords } from "./records.ts";
import { authenticate, giveToken } from "./sign-in.ts";
import type { Account, Lock, World } from "./world.ts";

type Answer = object | Promise<object>;

const ofAccount: Readonly<Record<string, (w: World, account: Account, f: Fields) => Answer>> = {
  "/v3/lock/list": locks.listLocks,
  "/v3/gateway/list": listGateways,
  "/v3/gateway/detail": gatewayDetail,
  "/v3/gateway/listLock": listLocksOfGateway,
};

const ofLock: Readonly<Record<string, (w: World, lock: Lock, f: Fields) => Answer>> = {
  "/v3/lock/detail": (_, lock) => locks.lockDetail(lock),
  "/v3/lock/queryStatus": (_, lock) => ({ status: lock.isFrozen ? 1 : 0 }),
  "/v3/lock/queryElectricQuantity": (_, lock) => ({ electricQuantity: lock.batteryPercent }),
  "/v3/lock/listKeyboardPwd": passcodes.listPasscodes,
  "/v3/gateway/listByLock": listGatewaysOfLock,
  "/v3/lockRecord/list": listRecords,
};

const ofWorkingLock: Readonly<Record<string, (w: World, lock: Lock, f: Fields) => Answer>> = {
  "/v3/keyboardPwd/add": passcodes.addPasscode,
  "/v3/keyboardPwd/get": getRandomPasscode,
  "/v3/keyboardPwd/change": passcodes.changePasscode,
  "/v3/keyboardPwd/delete": passcodes.deletePasscode,
  "/v3/keyboardPwd/deleteByCode": passcodes.deletePasscodeByDigits,
  "/v3/lock/queryOpenState": locks.queryOpenState,
  "/v3/lock/queryDate": locks.queryDate,
  "/v3/lock/updateDate": locks.updateDate,
  "/v3/lock/lock": locks.operate,
  "/v3/lock/unlock": locks.operate,
};

/** The answer to one call; `undefined` when the vendor has no such path. */
export async function route(
  world: World,
  path: string,
  fields: Fields,
): Promise<object | undefined> {
  if (path === "/oauth2/token") return giveToken(world, fields);
  const account = (): Account => authenticate(world, fields);
  const forAccount = ofAccount[path];
  if (forAccount) return forAccount(world, account(), fields);
  const forLock = ofLock[path];
  if (forLock) return forLock(world, locks.ownLock(world, account(), fields), fields);
  const forWorkingLock = ofWorkingLock[path];
  if (!forWorkingLock) return undefined;
  return forWorkingLock(world, locks.workingLock(world, account(), fields), fields);
}
