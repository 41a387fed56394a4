import { setTimeout as sleep } from "node:timers/promises";
import { Refused } from "./errors.ts";
import { pageOf, type Fields } from "./fields.ts";
import type { Account, Gateway, Lock, World } from "./world.ts";

/**
 * One talk with a lock through its nearest gateway. A gateway holds one at a time: whoever comes meanwhile hears -3003.
 * The talk goes on to its end even when the caller has hung up.
 */
export async function talkToLock<Result>(
  world: World,
  lock: Lock,
  act: () => Result,
): Promise<Result> {
  if (lock.wifi !== "none") return talkByWifi(world, lock, act);
  const gateway = nearestGateway(world, lock);
  if (gateway.isTalking || gateway.busyUntil > world.now()) throw new Refused(-3003);
  gateway.isTalking = true;
  try {
    await sleep(world.gatewayLatencyMs);
    if (!gateway.isOnline) throw new Refused(-3002);
    return act();
  } finally {
    gateway.isTalking = false;
  }
}

export function listGateways(world: World, account: Account, fields: Fields): object {
  const rows = gatewaysOf(world, account).map((gateway) => present(world, gateway));
  return pageOf(rows, fields, 200);
}

export function gatewayDetail(world: World, account: Account, fields: Fields): object {
  const id = fields.integer("gatewayId");
  const gateway = gatewaysOf(world, account).find(({ gatewayId }) => gatewayId === id);
  if (!gateway) throw new Refused(-4037);
  return present(world, gateway);
}

export function listGatewaysOfLock(world: World, lock: Lock): object {
  const list = inRange(world, lock).map((gateway, index) => ({
    gatewayId: gateway.gatewayId,
    gatewayMac: macOf(gateway.gatewayId),
    rssi: -60 - index * 10,
    rssiUpdateDate: world.now(),
  }));
  return { list };
}

export function listLocksOfGateway(world: World, account: Account, fields: Fields): object {
  const id = fields.integer("gatewayId");
  const gateway = gatewaysOf(world, account).find(({ gatewayId }) => gatewayId === id);
  if (!gateway) throw new Refused(-4037);
  const list = locksNear(world, gateway).map((lock) => ({
    lockId: lock.lockId,
    lockMac: macOf(lock.lockId),
    lockName: `LK01_${lock.lockId}`,
    lockAlias: lock.alias,
    rssi: -60,
    updateDate: world.now(),
  }));
  return { list };
}

export const macOf = (id: number): string =>
  `AA:BB:CC:${id.toString(16).padStart(6, "0").slice(-6).match(/../g)?.join(":") ?? ""}`.toUpperCase();

function nearestGateway(world: World, lock: Lock): Gateway {
  const [nearest] = inRange(world, lock);
  if (!nearest) throw new Refused(-2012);
  const online = inRange(world, lock).find(({ isOnline }) => isOnline);
  if (!online) throw new Refused(-3002);
  return online;
}

async function talkByWifi<Result>(world: World, lock: Lock, act: () => Result): Promise<Result> {
  if (lock.wifi === "power-saving") throw new Refused(-3035);
  if (lock.wifi === "offline") throw new Refused(-3036);
  await sleep(world.gatewayLatencyMs);
  return act();
}

const inRange = (world: World, lock: Lock): Gateway[] =>
  lock.gatewayIds
    .map((id) => world.gateways.get(id))
    .filter((gateway) => gateway !== undefined)
    .filter((gateway) => !gateway.outOfRange.has(lock.lockId));

const gatewaysOf = (world: World, account: Account): Gateway[] =>
  [...world.gateways.values()].filter(({ ownerUid }) => ownerUid === account.uid);

const locksNear = (world: World, gateway: Gateway): Lock[] =>
  [...world.locks.values()].filter((lock) => inRange(world, lock).includes(gateway));

const present = (world: World, gateway: Gateway): object => ({
  gatewayId: gateway.gatewayId,
  gatewayMac: macOf(gateway.gatewayId),
  gatewayName: gateway.name,
  gatewayVersion: 2,
  networkName: "office-wifi",
  networkMac: "AA:BB:CC:00:11:22",
  lockNum: locksNear(world, gateway).length,
  isOnline: gateway.isOnline || gateway.looksOnlineUntil > world.now() ? 1 : 0,
});
