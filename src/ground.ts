import { join } from "node:path";
import type { Config } from "#config/config.ts";
import type { Secrets } from "#config/secrets.ts";
import { backup } from "#platform/db/backup.ts";
import { chooseDataDir, isReachable } from "#platform/db/data-dir.ts";
import { openDatabase, type Database } from "#platform/db/database.ts";
import { migrate, pendingMigrations } from "#platform/db/migrate.ts";
import type { Log } from "#platform/log/log.ts";
import { openKeyFile } from "#platform/secrets/key-file.ts";
import { makeVault, type KeyedVault } from "#platform/secrets/vault.ts";

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
}

const CHECKOUT = join(import.meta.dirname, "..");

/** Opens the ground, and brings the database to this checkout's form; a backup is made before that changes anything. */
export async function openGround({
  config,
  secrets,
  log,
  orJoin = false,
}: GroundOptions): Promise<Ground> {
  await using opened = new AsyncDisposableStack();
  const dataDir = await findDataDir(config);
  const from =
    secrets.databaseUrl === undefined
      ? { embedded: { dataDir }, orJoin }
      : { url: secrets.databaseUrl };
  const database = opened.use(await openDatabase(from, { log }));
  const vault = makeVault({
    keys: secrets.keys ?? (await openKeyFile(join(dataDir, "secret.key"))),
  });
  await bringUp({ database, dataDir, log });
  const owned = opened.move();
  return {
    dataDir,
    database,
    vault,
    isShared: secrets.databaseUrl !== undefined,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
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
