import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DatabaseError } from "./errors.ts";

export interface Migration {
  readonly number: number;
  /** The file's name without `.sql`: `0001_first`. */
  readonly name: string;
  /** SHA-256 of the text, in hex. */
  readonly checksum: string;
  readonly sql: string;
}

export const projectMigrations = fileURLToPath(new URL("../../../migrations", import.meta.url));

/** All migrations of a folder in order; throws on a wrong or doubled name. */
export async function readMigrations(folder: string): Promise<readonly Migration[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith(".sql")).toSorted();
  const migrations = await Promise.all(files.map((file) => readMigration(folder, file)));
  const doubled = migrations.find(
    (migration, at) => migrations[at - 1]?.number === migration.number,
  );
  if (doubled)
    throw invalid(
      `Two migrations have the number of ${doubled.name}. Give the later one the next number.`,
    );
  return migrations;
}

async function readMigration(folder: string, file: string): Promise<Migration> {
  if (!/^\d{4}_[a-z0-9_-]+\.sql$/.test(file)) {
    throw invalid(`The migration ${file} has a wrong name. Name it like 0001_what_it_does.sql.`);
  }
  // A checkout on another system may have other line ends; the migration is still the same.
  const sql = (await readFile(join(folder, file), "utf8")).replaceAll("\r\n", "\n");
  const checksum = createHash("sha256").update(sql).digest("hex");
  return { number: Number(file.slice(0, 4)), name: file.slice(0, -4), checksum, sql };
}

const invalid = (message: string): DatabaseError => new DatabaseError("migration_invalid", message);
