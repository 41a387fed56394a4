import pg from "pg";
import { migrationsTable } from "../migrate.ts";

export interface Table {
  readonly name: string;
  /**
   * Without generated ones, which PostgreSQL computes again, and without numbers of transactions, which mean nothing in
   * another cluster: they take their default there.
   */
  readonly columns: readonly string[];
}

/** All tables of schema public but the list of migrations, which the restoring side writes by itself. */
export async function listTables(client: pg.ClientBase): Promise<readonly Table[]> {
  const found = await client.query<Table>(
    `SELECT c.relname::text AS name,
            coalesce(array_agg(a.attname::text ORDER BY a.attnum)
              FILTER (WHERE a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
                AND a.atttypid <> 'xid8'::regtype), '{}') AS columns
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
       AND c.relname <> $1
     GROUP BY c.relname ORDER BY c.relname`,
    [migrationsTable],
  );
  return found.rows;
}

export interface Sequence {
  readonly name: string;
  readonly value: string;
}

/** The last values given out; sequences that were not used yet are absent. */
export async function listSequences(client: pg.ClientBase): Promise<readonly Sequence[]> {
  const found = await client.query<Sequence>(
    `SELECT sequencename::text AS name, last_value::text AS value FROM pg_sequences
     WHERE schemaname = 'public' AND last_value IS NOT NULL ORDER BY sequencename`,
  );
  return found.rows;
}

/** Whether any table has a row. */
export async function hasRows(client: pg.ClientBase, tables: readonly Table[]): Promise<boolean> {
  for (const { name } of tables) {
    const found = await client.query(`SELECT FROM ${quote(name)} LIMIT 1`);
    if (found.rowCount) return true;
  }
  return false;
}

/**
 * Lets rows come in any order, which needs no more than owning the tables: foreign keys and triggers go, and come
 * back when the returned function is called, checked over all rows.
 */
export async function suspendRules(
  client: pg.ClientBase,
  tables: readonly Table[],
): Promise<() => Promise<void>> {
  const keys = await client.query<{
    readonly of: string;
    readonly name: string;
    readonly definition: string;
  }>(
    `SELECT conrelid::regclass::text AS of, conname::text AS name, pg_get_constraintdef(oid) AS definition
     FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace AND conparentid = 0`,
  );
  for (const key of keys.rows)
    await client.query(`ALTER TABLE ${key.of} DROP CONSTRAINT ${quote(key.name)}`);
  for (const table of tables)
    await client.query(`ALTER TABLE ${quote(table.name)} DISABLE TRIGGER USER`);
  return async () => {
    for (const table of tables)
      await client.query(`ALTER TABLE ${quote(table.name)} ENABLE TRIGGER USER`);
    for (const key of keys.rows) {
      await client.query(
        `ALTER TABLE ${key.of} ADD CONSTRAINT ${quote(key.name)} ${key.definition}`,
      );
    }
  };
}

export const quote = (name: string): string => pg.escapeIdentifier(name);

export const quoteAll = (names: readonly string[]): string => names.map(quote).join(", ");

/** The text of values depends on these; both sides set them alike. */
export const plainText =
  "SET datestyle = 'ISO, YMD'; SET intervalstyle = 'iso_8601'; SET extra_float_digits = 3; " +
  "SET bytea_output = 'hex'; SET timezone = 'UTC'; SET client_encoding = 'UTF8'";
