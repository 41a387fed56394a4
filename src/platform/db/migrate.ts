import type pg from "pg";
import type { Database } from "./database.ts";
import { DatabaseError } from "./errors.ts";
import { projectMigrations, readMigrations, type Migration } from "./migrations-folder.ts";
import { inTransaction, withSession } from "./session.ts";

type Done = Pick<Migration, "number" | "name" | "checksum">;

/**
 * Brings the database to the checkout's migrations and gives the names of those it applied. Each runs in its own
 * transaction. Safe on several nodes at once: one applies, the others wait and find it done.
 * Throws `database_newer`, `migration_edited`, `migration_failed`, `migration_invalid`.
 */
export async function migrate(
  database: Pick<Database, "pool">,
  folder = projectMigrations,
): Promise<string[]> {
  const migrations = await readMigrations(folder);
  return await withSession(database, async (client) => {
    await lockMigrations(client);
    const pending = findPending(migrations, await readApplied(client));
    for (const migration of pending) {
      await inTransaction(client, "BEGIN", () => applyMigration(client, migration));
    }
    return pending.map((migration) => migration.name);
  });
}

/** The names of the migrations that `migrate` would apply now; changes nothing and throws as `migrate` does. */
export async function pendingMigrations(
  database: Pick<Database, "pool">,
  folder = projectMigrations,
): Promise<string[]> {
  const migrations = await readMigrations(folder);
  const pending = await withSession(database, async (client) =>
    findPending(migrations, await readApplied(client)),
  );
  return pending.map((migration) => migration.name);
}

/** Makes this session the only one that changes tables, until it ends. */
export async function lockMigrations(client: pg.ClientBase): Promise<void> {
  await client.query("SELECT pg_advisory_lock($1)", [migrationLock]);
}

/** What the database has had, in order. */
export async function readApplied(client: pg.PoolClient): Promise<readonly Done[]> {
  const found = await client.query<{ readonly known: boolean }>(
    `SELECT to_regclass('public.${migrationsTable}') IS NOT NULL AS known`,
  );
  if (found.rows[0]?.known !== true) return [];
  const applied = await client.query<Done>(
    `SELECT number, name, checksum FROM ${migrationsTable} ORDER BY number`,
  );
  return applied.rows;
}

/** Runs one migration and notes it, inside the caller's transaction. */
export async function applyMigration(client: pg.PoolClient, migration: Migration): Promise<void> {
  await client.query(createTable);
  try {
    await client.query(migration.sql);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    const message = `The migration ${migration.name} failed and changed nothing: ${why}.`;
    throw new DatabaseError("migration_failed", message, { cause });
  }
  await client.query(
    `INSERT INTO ${migrationsTable} (number, name, checksum, applied_at) VALUES ($1, $2, $3, $4)`,
    [migration.number, migration.name, migration.checksum, Date.now()],
  );
}

export const migrationsTable = "applied_migrations";

const createTable = `CREATE TABLE IF NOT EXISTS ${migrationsTable}
  (number integer PRIMARY KEY, name text NOT NULL, checksum text NOT NULL, applied_at bigint NOT NULL)`;

/** Any fixed number; nobody else locks by it. */
const migrationLock = 4_020_180_116;

function findPending(
  migrations: readonly Migration[],
  applied: readonly Done[],
): readonly Migration[] {
  const known = new Map(migrations.map((migration) => [migration.number, migration]));
  for (const done of applied) assertSame(done, known.get(done.number));
  const numbers = new Set(applied.map((done) => done.number));
  return migrations.filter((migration) => !numbers.has(migration.number));
}

function assertSame(done: Done, known: Migration | undefined): void {
  if (!known) {
    const message =
      `The database is newer than this version of Concierge: it has had the migration ${done.name}. ` +
      "Start the newer version, or restore a backup that was made before it.";
    throw new DatabaseError("database_newer", message);
  }
  if (known.checksum === done.checksum && known.name === done.name) return;
  const message =
    `The migration ${done.name} was changed after this database had had it. ` +
    "Put the file back as it was and write the change as a new migration.";
  throw new DatabaseError("migration_edited", message);
}
