import type { Tools } from "#domain/tools.ts";
import type { LockAccount } from "#locks/lock.ts";
import { ttlock } from "#locks/ttlock/index.ts";
import { startTtlockSimulator, type TtlockSimulator } from "../../simulators/ttlock.ts";
import { makeTools, type GivenTools } from "./tools.ts";

export const username = "owner@example.org";
export const password = "owner-password";
export const gatewayId = 90_001;
/** Nepal: hours of this zone are not hours of UTC. */
export const offsetMs = 5.75 * 3_600_000;

export interface TtlockWorld {
  readonly simulator: TtlockSimulator;
  readonly tools: Tools;
  readonly account: LockAccount;
}

/** The simulator with one account, one lock (number 1) and one gateway, and the provider connected to it. */
export async function openTtlock(
  given: GivenTools & { readonly simulatorNow?: () => number } = {},
): Promise<TtlockWorld> {
  const now = given.simulatorNow;
  const simulator = await startTtlockSimulator(now ? { now } : {});
  simulator.addAccount({ username, password });
  simulator.addLock({ lockId: 1, owner: username, timezoneRawOffset: offsetMs });
  const tools = makeTools(simulator.url, {
    environment: {
      CONCIERGE_TTLOCK_CLIENT_ID: simulator.application.clientId,
      CONCIERGE_TTLOCK_CLIENT_SECRET: simulator.application.clientSecret,
    },
    ...given,
  });
  return { simulator, tools, account: ttlock.connect({ username, password }, tools) };
}
