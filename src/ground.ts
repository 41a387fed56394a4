import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Config } from "#config/config.ts";
import type { Secrets } from "#config/secrets.ts";
import { backup } from "#platform/db/backup.ts";
import { chooseDataDir, isReachable } from "#platform/db/data-dir.ts";
import { openDatabase, type Database } from "#platform/db/database.ts";
import { isAlive } from "#platform/db/embedded/postmaster-file.ts";
import { migrate, pendingMigrations } from "#platform/db/migrate.ts";
import type { Log } from "#platform/log/log.ts";
import { openKeyFile } from "#platform/secrets/key-file.ts";
import type { KeyRing } from "#platform/secrets/key-ring.ts";
import { makeVault, type KeyedVault } from "#platform/secrets/vault.ts";
import { readRunning } from "./running.ts";
import { sealAnewIfDue } from "./seal-anew.ts";

/** What every command stands on: the data directory, the key, the database. */
export interface Ground extends AsyncDisposable {
  readonly dataDir: string;
  readonly database: Database;
  readonly vault: KeyedVault;
  /** Several nodes may share the database. */
  readonly isShared: boolean;
}

export interface GroundOptions {
  readonly config: Config;
  readonly secrets: Secrets;
  readonly log: Log;
  /** A command uses the server's database while the server runs, instead of being refused. */
  readonly orJoin?: boolean;
  /** Whoever opens it seals anew what an older key sealed; else that is done here, before anybody is served. */
  readonly isSealedLater?: boolean;
}

const CHECKOUT = join(import.meta.dirname, "..");

/** Opens the ground, and brings the database to this checkout's form; a backup is made before that changes anything. */
export async function openGround({
  config,
  secrets,
  log,
  orJoin = false,
  isSealedLater = orJoin,
}: GroundOptions): Promise<Ground> {
  await using opened = new AsyncDisposableStack();
  const dataDir = await findDataDir(config);
  // The embedded database makes its own folder, in its own way.
  if (secrets.databaseUrl !== undefined) await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const from =
    secrets.databaseUrl === undefined
      ? { embedded: { dataDir }, orJoin }
      : { url: secrets.databaseUrl };
  const database = opened.use(await openDatabase(from, { log }));
  const keys = secrets.keys ?? (await openKeyFile(keyFileOf(dataDir)));
  const vault = makeVault({ keys: orJoin ? await likeTheServer(keys, dataDir) : keys });
  await bringUp({ database, dataDir, log });
  if (!isSealedLater)
    await sealAnewIfDue({ database, vault, dataDir, databaseUrl: secrets.databaseUrl, log });
  const owned = opened.move();
  return {
    dataDir,
    database,
    vault,
    isShared: secrets.databaseUrl !== undefined,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

export const keyFileOf = (dataDir: string): string => join(dataDir, "secret.key");

/** Until it is started again, a running server can't open what a key sealed that was added since. */
async function likeTheServer(keys: KeyRing, dataDir: string): Promise<KeyRing> {
  const running = await readRunning(dataDir);
  if (!running || !isAlive(running.pid)) return keys;
  const its = keys.find((key) => makeVault({ keys: [key] }).keyId === running.keyId);
  return its ? [its, ...keys.filter((key) => key !== its)] : keys;
}

export async function findDataDir(config: Config): Promise<string> {
  return await chooseDataDir({
    wanted: config.dataDir,
    checkout: CHECKOUT,
    isRoot: process.getuid?.() === 0,
    isReachable,
  });
}

async function bringUp({
  database,
  dataDir,
  log,
}: Pick<Ground, "database" | "dataDir"> & { log: Log }): Promise<void> {
  const pending = await pendingMigrations(database);
  if (pending.length === 0) return;
  if (await hasData(database)) {
    await mkdir(join(dataDir, "backups"), { recursive: true, mode: 0o700 });
    const to = join(dataDir, "backups", `before-${pending[0] ?? "update"}-${Date.now()}.backup`);
    await backup(database, { to });
    log.info({ to }, "backed up before the database is migrated");
  }
  await migrate(database);
}

async function hasData(database: Database): Promise<boolean> {
  const found = await database.query<{ known: boolean }>(
    "select to_regclass('public.workspace') is not null as known",
  );
  return found[0]?.known ?? false;
}
