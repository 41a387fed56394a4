import { createWriteStream } from "node:fs";
import { open, readdir, rename, rm } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createZstdCompress } from "node:zlib";
import type pg from "pg";
import copyStreams from "pg-copy-streams";
import { writeEntry } from "./backup/archive.ts";
import {
  listSequences,
  listTables,
  plainText,
  quote,
  quoteAll,
  type Table,
} from "./backup/catalog.ts";
import { archiveFormat, readVersion, type Manifest, type Part } from "./backup/manifest.ts";
import type { Database } from "./database.ts";
import { readApplied } from "./migrate.ts";
import { inTransaction, withSession } from "./session.ts";

export { restore, type RestoreOptions } from "./backup/restore.ts";
export type { Manifest } from "./backup/manifest.ts";

export interface BackupOptions {
  /** The archive's file; replaced if it is there, and only once the new one is whole. */
  readonly to: string;
  /** A folder whose files come along. */
  readonly filesDir?: string;
}

/**
 * Writes all tables, as they are at one moment, into one compressed file, while the server goes on working. The same
 * archive restores into the embedded database and into a server.
 */
export async function backup(
  database: Pick<Database, "pool">,
  options: BackupOptions,
): Promise<Manifest> {
  const half = `${options.to}.half`;
  try {
    const manifest = await withSession(database, async (client) => {
      await client.query(plainText);
      return await inTransaction(client, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", () =>
        writeArchive(client, half, options.filesDir),
      );
    });
    await rename(half, options.to);
    return manifest;
  } finally {
    await rm(half, { force: true });
  }
}

async function writeArchive(
  client: pg.PoolClient,
  to: string,
  filesDir: string | undefined,
): Promise<Manifest> {
  const tables = await listTables(client);
  const manifest: Manifest = {
    kind: "manifest",
    format: archiveFormat,
    version: await readVersion(),
    createdAt: Date.now(),
    migrations: [...(await readApplied(client))],
    tables: tables.map((table) => table.name),
  };
  const entries = Readable.from(writeEntries(client, { manifest, tables, filesDir }), {
    objectMode: false,
  });
  await pipeline(
    entries,
    createZstdCompress(),
    createWriteStream(to, { mode: 0o600, flush: true }),
  );
  return manifest;
}

interface Contents {
  readonly manifest: Manifest;
  readonly tables: readonly Table[];
  readonly filesDir: string | undefined;
}

/** Files come after the snapshot is taken, so every file that a row names is there unless it was deleted since. */
async function* writeEntries(client: pg.PoolClient, contents: Contents): AsyncGenerator<Buffer> {
  yield* writeEntry(contents.manifest);
  for (const { name, columns } of contents.tables) {
    const sql = `COPY (SELECT ${quoteAll(columns)} FROM ${quote(name)}) TO STDOUT`;
    yield* writePart(
      { kind: "table", name, columns: [...columns] },
      client.query(copyStreams.to(sql)),
    );
  }
  for (const sequence of await listSequences(client))
    yield* writePart({ kind: "sequence", ...sequence });
  if (contents.filesDir !== undefined) yield* writeFiles(contents.filesDir);
  yield* writePart({ kind: "end" });
}

const writePart = (part: Part, body?: AsyncIterable<Buffer>): AsyncGenerator<Buffer> =>
  writeEntry(part, body);

async function* writeFiles(folder: string): AsyncGenerator<Buffer> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((one) => one.isFile())) {
    const path = join(entry.parentPath, entry.name);
    const file = await openIfThere(path);
    const name = relative(folder, path).replaceAll(sep, "/");
    if (file) yield* writePart({ kind: "file", path: name }, file.createReadStream());
  }
}

async function openIfThere(path: string): Promise<Awaited<ReturnType<typeof open>> | undefined> {
  try {
    return await open(path);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
