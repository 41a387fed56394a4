import type { LockDescription, LockOutcome } from "../lock.ts";
import type { Api } from "./api.ts";
import { gatewaysPage, lockAnswer, nearGateways, type LockAnswer } from "./inbound.ts";

type Gateways = LockDescription["gateways"];

/** A lock as the cloud knows it, with the gateways that heard it in the last half hour, nearest first. */
export async function describeLock(
  api: Api,
  lockId: string,
): Promise<LockOutcome<LockDescription & { readonly lock: LockAnswer }>> {
  const asked = await api.ask({ path: "/v3/lock/detail", fields: { lockId } }, lockAnswer);
  if (asked.outcome !== "accepted") return asked;
  const lock = asked.value;
  const gateways = await listGateways(api, lockId);
  if (gateways.outcome !== "accepted") return gateways;
  const battery = lock.electricQuantity;
  return {
    outcome: "accepted",
    value: {
      lock,
      name: lock.lockAlias || lock.lockName,
      takesCodes: lock.keyboardPwdVersion === passcodeVersionWithCustomCodes,
      utcOffsetMs: lock.timezoneRawOffset,
      batteryPercent: battery === undefined || battery < 0 ? undefined : battery,
      gateways: gateways.value,
    },
  };
}

const passcodeVersionWithCustomCodes = 4;
const pageSize = 200;
const maxPages = 20;

async function listGateways(api: Api, lockId: string): Promise<LockOutcome<Gateways>> {
  const path = "/v3/gateway/listByLock";
  const near = await api.ask({ path, fields: { lockId } }, nearGateways);
  if (near.outcome !== "accepted") return near;
  const ids = near.value.list.toSorted((a, b) => b.rssi - a.rssi).map(({ gatewayId }) => gatewayId);
  const [nearest] = ids;
  if (nearest === undefined) return { outcome: "accepted", value: [] };
  api.rememberGateway(lockId, nearest);
  const all = await listOwnGateways(api);
  if (all.outcome !== "accepted") return all;
  const value = ids.map((id) => all.value.find((own) => own.id === id) ?? unlisted(id));
  return { outcome: "accepted", value };
}

/** Only this list tells who is online. */
async function listOwnGateways(api: Api): Promise<LockOutcome<Gateways>> {
  const gateways: Gateways[number][] = [];
  for (let pageNo = 1; pageNo <= maxPages; pageNo += 1) {
    const call = { path: "/v3/gateway/list", fields: { pageNo, pageSize } };
    const page = await api.ask(call, gatewaysPage);
    if (page.outcome !== "accepted") return page;
    for (const { gatewayId, gatewayName, isOnline } of page.value.list)
      gateways.push({ id: gatewayId, name: gatewayName || gatewayId, isOnline: isOnline === 1 });
    if (pageNo >= page.value.pages) break;
  }
  return { outcome: "accepted", value: gateways };
}

/** A gateway of another account: nothing says that it is away. */
const unlisted = (id: string): Gateways[number] => ({ id, name: id, isOnline: true });
