import type { CheckReport } from "#domain/parameter.ts";
import type { Connections } from "#integrations/index.ts";
import type { LookUp } from "./check.ts";
import type { HookReading } from "./hook-reading.ts";

/** Signs in at every account that a hook names, side by side, and looks up what it names there. */
export function makeLookUp(connections: Pick<Connections, "passingTools">): LookUp {
  return async (reading) => {
    const looks = [...lookAtLock(connections, reading), ...lookAtChannels(connections, reading)];
    return await Promise.all(looks);
  };
}

function lookAtLock(
  connections: Pick<Connections, "passingTools">,
  { lock, values }: HookReading,
): Promise<CheckReport>[] {
  if (!lock?.settings) return [];
  const account = lock.provider.connect(
    lock.settings,
    connections.passingTools(lock.provider.manifest),
  );
  const lockId = values["lockId"];
  return [account.check(typeof lockId === "string" ? [lockId] : [])];
}

function lookAtChannels(
  connections: Pick<Connections, "passingTools">,
  { channel }: HookReading,
): Promise<CheckReport>[] {
  if (!channel) return [];
  const { provider } = channel;
  return channel.routes.map(async ({ settings, target }) => {
    const account = provider.connect(settings, connections.passingTools(provider.manifest));
    return await account.check([target]);
  });
}
