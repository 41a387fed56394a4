import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  truncate,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { emptyDatabase, type TestDatabase } from "../../../test/support/database.ts";
import { firstMigration } from "../../../test/support/backup-tables.ts";
import { backup, restore } from "./backup.ts";
import { openDatabase, type Database } from "./database.ts";
import { migrate } from "./migrate.ts";

let source: TestDatabase;
let target: TestDatabase;
let folder: string;
let migrations: string;
let to: string;

beforeEach(async () => {
  [source, target, folder] = await Promise.all([
    emptyDatabase(),
    emptyDatabase(),
    mkdtemp(join(tmpdir(), "backup-")),
  ]);
  migrations = join(folder, "migrations");
  to = join(folder, "today.backup");
  await mkdir(migrations);
  await writeFile(join(migrations, "0001_houses.sql"), firstMigration);
  await migrate(source, migrations);
  await addSomeData(source);
});

afterEach(async () => {
  await Promise.all([
    source[Symbol.asyncDispose](),
    target[Symbol.asyncDispose](),
    rm(folder, { recursive: true }),
  ]);
});

async function addSomeData(database: Database): Promise<void> {
  await database.query("INSERT INTO kinds VALUES ($1)", ["дом \\ 'с' \t табуляцией\n"]);
  await database.query(
    `INSERT INTO houses (kind, note, photo, more, price, share, tags, at)
     SELECT 'flat', CASE WHEN n % 3 = 0 THEN NULL ELSE 'Ключ \\N ' || n END, sha256(n::text::bytea),
            jsonb_build_object('n', n, 'big', 9007199254740993), n / 7.0, n / 7.0::float8, ARRAY['a,"b"', NULL],
            timestamptz '2026-03-29 01:30:00+03' + n * interval '1 second'
     FROM generate_series(1, 3000) n`,
  );
  await database.query(
    `INSERT INTO guests (house, came_with) VALUES (1, NULL), (2, 1), (3, 4), (4, 1)`,
  );
  await database.query(`UPDATE houses SET main_guest = 2 WHERE id = 1`);
  await database.query(`INSERT INTO "Odd name" VALUES (7)`);
}

async function contents(database: Database): Promise<object> {
  const tables = ["kinds", "houses", "guests", '"Odd name"'];
  const rows = tables.map((table) =>
    database.query(`SELECT t::text FROM ${table} t ORDER BY t::text`),
  );
  return await Promise.all(rows);
}

describe("backup and restore", () => {
  test("bring every row back as it was, whatever refers to whatever", async () => {
    const manifest = await backup(source, { to });
    expect(manifest.tables).toEqual(["Odd name", "guests", "houses", "kinds"]);
    expect(await restore(target, { from: to, migrations })).toEqual(manifest);
    expect(await contents(target)).toEqual(await contents(source));
  });

  test("leave the rules of the tables in force, and go on counting where the source was", async () => {
    await backup(source, { to });
    await restore(target, { from: to, migrations });
    const [house] = await target.query(
      `INSERT INTO houses (kind, note) VALUES ('flat', 'new') RETURNING id, note`,
    );
    expect(house).toEqual({ id: 3001, note: "new!" });
    const [guest] = await target.query("INSERT INTO guests (house) VALUES (1) RETURNING id");
    expect(guest).toEqual({ id: 5 });
    await expect(target.query("INSERT INTO guests (house) VALUES (99999)")).rejects.toThrow(
      /foreign key/,
    );
    expect(await migrate(target, migrations)).toEqual([]);
  });

  test("take one moment, while others go on writing", async () => {
    await source.query(`CREATE TABLE zzz_last (n int)`);
    const writing = new AbortController();
    const writer = (async () => {
      for (let n = 0; !writing.signal.aborted; n++) {
        await source.transact(async (transaction) => {
          await transaction.query(`INSERT INTO "Odd name" VALUES ($1)`, [n]);
          await transaction.query("INSERT INTO zzz_last VALUES ($1)", [n]);
        });
      }
    })();
    await backup(source, { to });
    writing.abort();
    await writer;
    await target.query(`CREATE TABLE zzz_last (n int)`);
    await restore(target, { from: to, migrations });
    const [odd] = await target.query(`SELECT count(*) - 1 AS n FROM "Odd name"`);
    expect(await target.query("SELECT count(*) AS n FROM zzz_last")).toEqual([odd]);
  });

  test("bring files along", async () => {
    const [filesDir, other] = [join(folder, "files"), join(folder, "other")];
    await mkdir(join(filesDir, "deep", "er"), { recursive: true });
    const bytes = Buffer.alloc(300_000, "звонок");
    await writeFile(join(filesDir, "deep", "er", "call.mp3"), bytes);
    await writeFile(join(filesDir, "empty"), "");
    await backup(source, { to, filesDir });
    await restore(target, { from: to, migrations, filesDir: other });
    expect((await readdir(other, { recursive: true })).toSorted()).toEqual([
      "deep",
      "deep/er",
      "deep/er/call.mp3",
      "empty",
    ]);
    expect(await readFile(join(other, "deep", "er", "call.mp3"))).toEqual(bytes);
  });

  test("move a business from a socket to a server on the network and back", async () => {
    await chmod(folder, 0o711); // under root the server is another user
    const dataDir = join(folder, "grown");
    await using grown = await openDatabase({ embedded: { dataDir, listen: "loopback" } });
    await backup(source, { to });
    await restore(grown, { from: to, migrations });
    await backup(grown, { to });
    await restore(target, { from: to, migrations });
    expect(await contents(target)).toEqual(await contents(source));
  });
});

describe("restore", () => {
  test("fits a checkout that has more migrations, which come afterwards", async () => {
    await backup(source, { to });
    await writeFile(
      join(migrations, "0002_more.sql"),
      "ALTER TABLE guests ADD name text NOT NULL DEFAULT 'nobody'",
    );
    await restore(target, { from: to, migrations });
    expect(await migrate(target, migrations)).toEqual(["0002_more"]);
    expect(await target.query("SELECT DISTINCT name FROM guests")).toEqual([{ name: "nobody" }]);
  });

  test("refuses a database that has data, and leaves them alone", async () => {
    await backup(source, { to });
    await restore(target, { from: to, migrations });
    await target.query("DELETE FROM guests WHERE id = 3");
    await expect(restore(target, { from: to, migrations })).rejects.toMatchObject({
      code: "database_not_empty",
    });
    expect(await target.query("SELECT count(*) AS n FROM guests")).toEqual([{ n: 3 }]);
  });

  test("refuses a backup of a newer version and says what to do", async () => {
    await writeFile(join(migrations, "0002_more.sql"), "ALTER TABLE guests ADD name text");
    await migrate(source, migrations);
    await backup(source, { to });
    await rm(join(migrations, "0002_more.sql"));
    const refused = restore(target, { from: to, migrations });
    await expect(refused).rejects.toMatchObject({ code: "backup_from_other_version" });
    await expect(refused).rejects.toThrow(/0002_more.*that version or a later one/);
    expect(await target.query("SELECT to_regclass('guests') AS is")).toEqual([{ is: null }]);
  });

  test.each([10, 400, 20_000])(
    "does nothing when the archive is cut after %d bytes",
    async (bytes) => {
      await backup(source, { to });
      await truncate(to, bytes);
      await expect(restore(target, { from: to, migrations })).rejects.toMatchObject({
        code: "backup_unreadable",
      });
      expect(await target.query("SELECT to_regclass('guests') AS is")).toEqual([{ is: null }]);
    },
  );

  test("does nothing when the archive lacks its last entry", async () => {
    await backup(source, { to });
    const plain = zstdDecompressSync(await readFile(to));
    const lastEntryAt = plain.lastIndexOf('{"kind":"end"}') - 4;
    await writeFile(to, zstdCompressSync(plain.subarray(0, lastEntryAt)));
    await expect(restore(target, { from: to, migrations })).rejects.toMatchObject({
      code: "backup_unreadable",
    });
    expect(await target.query("SELECT to_regclass('guests') AS is")).toEqual([{ is: null }]);
  });

  test("does nothing when one byte of the archive is wrong", async () => {
    await backup(source, { to });
    const bytes = await readFile(to);
    bytes.writeUInt8(bytes.readUInt8(30_000) ^ 0x55, 30_000);
    await writeFile(to, bytes);
    await expect(restore(target, { from: to, migrations })).rejects.toThrow(/./);
    expect(await target.query("SELECT to_regclass('guests') AS is")).toEqual([{ is: null }]);
  });

  test.each(["not an archive", ""])("refuses a file of something else (%j)", async (text) => {
    await writeFile(to, text);
    await expect(restore(target, { from: to, migrations })).rejects.toMatchObject({
      code: "backup_unreadable",
    });
  });

  test("refuses a file that is not there", async () => {
    await expect(restore(target, { from: to, migrations })).rejects.toThrow(/ENOENT/);
  });
});

describe("backup", () => {
  test("fails when it can't write, and the database works on", async () => {
    await expect(backup(source, { to: join(folder, "nowhere", "today") })).rejects.toThrow(
      /ENOENT/,
    );
    expect(await source.query("SELECT count(*) AS n FROM guests")).toEqual([{ n: 4 }]);
  });

  test("does not hang when a table's copy breaks off", async () => {
    const file = join(folder, "not-a-folder");
    await writeFile(file, "");
    await source.query(`INSERT INTO "Odd name" SELECT n FROM generate_series(1, 500000) n`);
    await expect(backup(source, { to: join(file, "today") })).rejects.toThrow(/ENOTDIR/);
    expect(await source.query("SELECT count(*) AS n FROM guests")).toEqual([{ n: 4 }]);
  });

  test("leaves the older archive when it fails", async () => {
    await writeFile(to, "older");
    const filesDir = join(folder, "nowhere");
    await expect(backup(source, { to, filesDir })).rejects.toThrow(/nowhere/);
    expect(await readFile(to, "utf8")).toBe("older");
    expect((await readdir(folder)).toSorted()).toEqual(["migrations", "today.backup"]);
  });
});

test("numbers of transactions are made anew, so that a fresh cluster does not wait for those of the old one", async () => {
  await source.query("CREATE TABLE feed (n int, tx xid8 NOT NULL DEFAULT pg_current_xact_id())");
  await writeFile(
    join(migrations, "0002_feed.sql"),
    "CREATE TABLE IF NOT EXISTS feed (n int, tx xid8 NOT NULL DEFAULT pg_current_xact_id())",
  );
  await migrate(source, migrations);
  await source.query("INSERT INTO feed VALUES (1, '9000000000')");
  await backup(source, { to });
  await restore(target, { from: to, migrations });
  expect(
    await target.query("SELECT n FROM feed WHERE tx < pg_snapshot_xmin(pg_current_snapshot())"),
  ).toEqual([{ n: 1 }]);
});
