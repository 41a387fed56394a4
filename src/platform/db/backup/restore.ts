import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { dirname, join, normalize } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createZstdDecompress } from "node:zlib";
import type pg from "pg";
import copyStreams from "pg-copy-streams";
import type { Database } from "../database.ts";
import { DatabaseError } from "../errors.ts";
import { applyMigration, lockMigrations, readApplied } from "../migrate.ts";
import { projectMigrations, readMigrations, type Migration } from "../migrations-folder.ts";
import { inTransaction, withSession } from "../session.ts";
import { readEntries, unreadable, type ArchiveEntry } from "./archive.ts";
import { hasRows, listTables, plainText, quote, quoteAll, suspendRules } from "./catalog.ts";
import { archiveFormat, manifestShape, partShape, type Manifest, type Part } from "./manifest.ts";

export interface RestoreOptions {
  readonly from: string;
  /** Where the archive's files go: a folder that is empty or not there. Absent: they are left out. */
  readonly filesDir?: string;
  readonly migrations?: string;
}

/**
 * Fills an empty database from an archive: all of it, or nothing. Its tables come from this checkout's migrations, up
 * to those that the archive's database had had; `migrate` brings it to the newest afterwards.
 * Throws `database_not_empty`, `backup_unreadable`, `backup_from_other_version`.
 */
export async function restore(
  database: Pick<Database, "pool">,
  options: RestoreOptions,
): Promise<Manifest> {
  const half = options.filesDir === undefined ? undefined : `${options.filesDir}.half`;
  const entries = readEntries(readPlain(options.from));
  try {
    return await withSession(database, async (client) => {
      await client.query(plainText);
      await lockMigrations(client);
      return await inTransaction(client, "BEGIN", async () => {
        await assertEmpty(client, options.filesDir);
        const manifest = await readManifest(entries);
        await makeTables(
          client,
          manifest,
          await readMigrations(options.migrations ?? projectMigrations),
        );
        await fill(client, { entries, filesTo: half });
        if (half !== undefined && options.filesDir !== undefined)
          await place(half, options.filesDir);
        return manifest;
      });
    });
  } finally {
    await entries.return(undefined);
    if (half !== undefined) await rm(half, { recursive: true, force: true });
  }
}

async function* readPlain(file: string): AsyncGenerator<Buffer> {
  const plain = createZstdDecompress();
  pipeline(createReadStream(file), plain).catch(() => undefined); // the reader of `plain` hears of it
  yield* plain;
}

async function assertEmpty(client: pg.PoolClient, filesDir: string | undefined): Promise<void> {
  const hasFiles = filesDir !== undefined && (await readdir(filesDir).catch(() => [])).length > 0;
  if (!hasFiles && !(await hasRows(client, await listTables(client)))) return;
  const message =
    "A backup is restored into an empty database only, and this one has data. " +
    "Name a new data directory with --data, or an empty database in DATABASE_URL.";
  throw new DatabaseError("database_not_empty", message);
}

async function readManifest(entries: AsyncGenerator<ArchiveEntry>): Promise<Manifest> {
  const first = await entries.next();
  const manifest = manifestShape.safeParse(first.done === true ? undefined : first.value.header);
  if (first.done === true || !manifest.success) throw unreadable("it is no backup of Concierge");
  await skip(first.value.body);
  if (manifest.data.format === archiveFormat) return manifest.data;
  throw otherVersion(manifest.data, "its format is not known here");
}

async function makeTables(
  client: pg.PoolClient,
  manifest: Manifest,
  known: readonly Migration[],
): Promise<void> {
  const had = new Map(manifest.migrations.map((migration) => [migration.number, migration]));
  const applied = await readApplied(client);
  const foreign = applied.find((done) => had.get(done.number)?.checksum !== done.checksum);
  if (foreign)
    throw otherVersion(
      manifest,
      `this database has had the migration ${foreign.name}, the backup has not`,
    );
  for (const wanted of manifest.migrations) {
    const migration = known.find(
      (one) => one.number === wanted.number && one.checksum === wanted.checksum,
    );
    if (!migration)
      throw otherVersion(
        manifest,
        `the migration ${wanted.name} is not known here as it was there`,
      );
    if (!applied.some((done) => done.number === wanted.number))
      await applyMigration(client, migration);
  }
  const tables = new Set((await listTables(client)).map((table) => table.name));
  const missing = manifest.tables.find((table) => !tables.has(table));
  if (missing !== undefined)
    throw otherVersion(manifest, `no migration makes its table ${missing}`);
}

interface Source {
  readonly entries: AsyncGenerator<ArchiveEntry>;
  readonly filesTo: string | undefined;
}

/** Migrations may have put rows into tables; the archive has these too. */
async function fill(client: pg.PoolClient, { entries, filesTo }: Source): Promise<void> {
  const tables = await listTables(client);
  const resumeRules = await suspendRules(client, tables);
  if (tables.length > 0)
    await client.query(`TRUNCATE ${quoteAll(tables.map((table) => table.name))}`);
  let isWhole = false;
  for await (const { header, body } of { [Symbol.asyncIterator]: () => entries }) {
    const part = partShape.safeParse(header);
    if (!part.success) throw unreadable("it is damaged");
    isWhole = part.data.kind === "end";
    await fillPart(client, part.data, { body, filesTo });
    await skip(body);
  }
  if (!isWhole) throw unreadable("it ends too early");
  await resumeRules();
}

interface Content {
  readonly body: AsyncIterable<Buffer>;
  readonly filesTo: string | undefined;
}

async function fillPart(
  client: pg.PoolClient,
  part: Part,
  { body, filesTo }: Content,
): Promise<void> {
  switch (part.kind) {
    case "table": {
      const sql = `COPY ${quote(part.name)} (${quoteAll(part.columns)}) FROM STDIN`;
      return await pipeline(
        Readable.from(body, { objectMode: false }),
        client.query(copyStreams.from(sql)),
      );
    }
    case "sequence":
      await client.query("SELECT setval($1::regclass, $2::bigint)", [quote(part.name), part.value]);
      return;
    case "file":
      if (filesTo !== undefined) await writeFile(join(filesTo, insideOnly(part.path)), body);
      return;
    case "end":
  }
}

async function writeFile(to: string, body: AsyncIterable<Buffer>): Promise<void> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  await pipeline(
    Readable.from(body, { objectMode: false }),
    createWriteStream(to, { mode: 0o600, flush: true }),
  );
}

function insideOnly(path: string): string {
  const plain = normalize(path);
  if (plain !== ".." && !/^([\\/]|[a-z]:|\.\.[\\/])/i.test(plain)) return plain;
  throw unreadable("it names a file outside its folder");
}

/** Before the commit: should that fail, the folder holds files that no row names, which harms nobody. */
async function place(half: string, filesDir: string): Promise<void> {
  await mkdir(half, { recursive: true, mode: 0o700 });
  await rm(filesDir, { recursive: true, force: true });
  await rename(half, filesDir);
}

async function skip(body: AsyncIterable<Buffer>): Promise<void> {
  const rest = body[Symbol.asyncIterator]();
  while ((await rest.next()).done !== true);
}

function otherVersion(manifest: Manifest, why: string): DatabaseError {
  const message =
    `The backup was made by Concierge ${manifest.version} and does not fit this one: ${why}. ` +
    "Restore it into an empty database with that version or a later one.";
  return new DatabaseError("backup_from_other_version", message);
}
