import { bookingSources } from "#booking-sources/registry.ts";
import type { BookingSource } from "#booking-sources/booking-source.ts";
import { channels } from "#channels/registry.ts";
import type { Config } from "#config/config.ts";
import { readConfig } from "#config/environment.ts";
import type { Secrets } from "#config/secrets.ts";
import { findDataDir, openGround, type Ground } from "#ground.ts";
import type { HookBook } from "#hooks/hook-book.ts";
import type { HookKinds } from "#hooks/hook-kind.ts";
import type { HookKeyNeeds } from "#hooks/hook-keys.store.ts";
import { openHookBook } from "#hooks/hooks.feature.ts";
import { locks } from "#locks/registry.ts";
import { formatParameters } from "#notifications/format-parameters.ts";
import { makeLog, type Log } from "#platform/log/log.ts";
import { WORKSPACE } from "#parts.ts";
import { readRunning } from "#running.ts";
import { ensureWorkspace } from "#team/team.store.ts";
import { textOf, type Call } from "./command.ts";

export interface Settings {
  readonly config: Config;
  readonly secrets: Secrets;
}

/** What commands on stored things work with, whether the server runs or not. */
export interface Desk extends Settings, AsyncDisposable {
  readonly ground: Ground;
  readonly workspaceId: string;
  readonly kinds: HookKinds;
  readonly book: HookBook;
  readonly source: BookingSource;
  readonly hookKeys: HookKeyNeeds;
  /** Where vendors reach the server, without a trailing slash. */
  readonly baseUrl: string;
}

export const kinds: HookKinds = { locks, channels, messageParameters: formatParameters };

/** Throws `ConfigError`. */
export function readSettings(call: Call): Settings {
  return readConfig(call.environment, {
    data: textOf(call, "data"),
    port: textOf(call, "port"),
    role: textOf(call, "role"),
  });
}

/** Beside a running server it uses that one's database; else it starts the database for as long as it is open. */
export async function openDesk(call: Call): Promise<Desk> {
  const settings = readSettings(call);
  const { config, secrets } = settings;
  const ground = await call.terminal.during(opening, () =>
    openGround({ ...settings, log: commandLog(call, config), orJoin: true }),
  );
  const { database, vault } = ground;
  const now = Date.now;
  await ensureWorkspace(database, { id: WORKSPACE, name: "Concierge", now: now() });
  return {
    ...settings,
    ground,
    workspaceId: WORKSPACE,
    kinds,
    book: openHookBook({ database, vault, kinds, now }),
    source: bookingSources.torrow,
    hookKeys: {
      database,
      vault,
      now,
      fixed:
        secrets.hookKey === undefined
          ? undefined
          : { workspaceId: WORKSPACE, key: secrets.hookKey },
    },
    baseUrl: await findBaseUrl(config, ground.dataDir),
    [Symbol.asyncDispose]: () => ground[Symbol.asyncDispose](),
  };
}

/** Where the server is reached: as its operator says, as it says itself, or where it would listen. */
export async function findBaseUrl(config: Config, dataDir?: string): Promise<string> {
  const running = await readRunning(dataDir ?? (await findDataDir(config)));
  const host = config.host.includes(":") ? `[${config.host}]` : config.host;
  return config.publicUrl ?? running?.url ?? `http://${host}:${config.port}`;
}

/** A command speaks for itself; the log is there for whoever asks for it. */
export function commandLog({ environment }: Call, { logLevel }: Config): Log {
  const level = environment["CONCIERGE_LOG"] ? logLevel : "silent";
  return makeLog({ level, to: process.stderr });
}

const opening = { en: "Opening the database...", ru: "Открываем базу данных..." };
