import {
  chmod,
  chown,
  mkdir,
  mkdtemp,
  readdir,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  childFile,
  readNotes,
  startChild,
  stopChild,
  writeDown,
} from "../../../test/support/embedded.ts";
import { isReachable } from "./data-dir.ts";
import { openDatabase } from "./database.ts";
import { openEmbedded, toUrl } from "./embedded.ts";
import { isAlive } from "./embedded/postmaster-file.ts";

const isRoot = process.getuid?.() === 0;
const canBeOrdinary = isRoot && (await isReachable(childFile));

let folder: string;
let dataDir: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "concierge-embedded-"));
  await chmod(folder, 0o711);
  dataDir = join(folder, "data");
});

afterEach(() => rm(folder, { recursive: true }));

describe("the embedded server", () => {
  test("keeps what it has over a clean stop", async () => {
    {
      await using database = await openDatabase({ embedded: { dataDir } });
      await writeDown(database, 1);
    }
    expect(await readdir(join(dataDir, "postgres", "data"))).not.toContain("postmaster.pid");
    await using database = await openDatabase({ embedded: { dataDir } });
    expect(await readNotes(database)).toEqual([{ n: 1 }]);
  });

  test("is on disk when it says so, small, and not on the network", async () => {
    await using database = await openDatabase({ embedded: { dataDir } });
    const names = [
      "fsync",
      "full_page_writes",
      "synchronous_commit",
      "shared_buffers",
      "listen_addresses",
    ];
    const settings = await database.query<{ setting: string }>(
      "SELECT current_setting(name) AS setting FROM unnest($1::text[]) WITH ORDINALITY AS t (name, nr) ORDER BY nr",
      [names],
    );
    expect(settings.map((row) => row.setting)).toEqual(["on", "on", "on", "32MB", ""]);
  });

  test("can be entered by nobody else", async () => {
    await using server = await openEmbedded({ dataDir });
    const { mode, uid } = await stat(join(dataDir, "postgres", "data"));
    expect(mode & 0o777).toBe(0o700);
    expect(uid === 0).toBe(false);
    expect(isAlive(server.postmasterPid)).toBe(true);
  });

  test("is refused a second time, whatever path leads to its data", async () => {
    await using server = await openEmbedded({ dataDir });
    const link = join(folder, "link");
    await symlink(dataDir, link);
    for (const path of [dataDir, link]) {
      const refused = openEmbedded({ dataDir: path });
      await expect(refused).rejects.toMatchObject({ code: "data_dir_in_use" });
      await expect(refused).rejects.toThrow(
        new RegExp(`^The data directory .* process ${process.pid}.*--data\\.$`),
      );
    }
    expect(isAlive(server.postmasterPid)).toBe(true);
  });

  test("is started by one alone when two start at once", async () => {
    const both = await Promise.allSettled([openEmbedded({ dataDir }), openEmbedded({ dataDir })]);
    await using server = both.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []))[0]!;
    expect(both.map((one) => one.status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(isAlive(server.postmasterPid)).toBe(true);
  });

  test("is joined by a command beside it, and stays when the command ends", async () => {
    const running = await startChild(dataDir);
    {
      await using database = await openDatabase({ embedded: { dataDir }, orJoin: true });
      await writeDown(database, 1);
    }
    expect(isAlive(running.postmasterPid)).toBe(true);
    await stopChild(running);
    await using alone = await openDatabase({ embedded: { dataDir }, orJoin: true });
    expect(await readNotes(alone)).toEqual([{ n: 1 }]);
  });

  test("works where the path of its socket is too long", async () => {
    dataDir = join(folder, "глубоко".repeat(8), "deep".repeat(20));
    await mkdir(dataDir, { recursive: true });
    await using database = await openDatabase({ embedded: { dataDir } });
    await writeDown(database, 1);
    expect(await readNotes(database)).toEqual([{ n: 1 }]);
  });

  test("listens on loopback behind a password where that is asked for", async () => {
    await using server = await openEmbedded({ dataDir, listen: "loopback" });
    await using database = await openDatabase({ url: toUrl(server.connection) });
    await writeDown(database, 1);
    const { password: _, ...withoutPassword } = server.connection;
    await expect(openDatabase({ url: toUrl(withoutPassword) })).rejects.toThrow(/password/);
  });

  test("begins again when the first start broke off halfway", async () => {
    await mkdir(join(dataDir, "postgres", "data.half", "base"), { recursive: true });
    await mkdir(join(dataDir, "postgres", "postgresql-0.half"), { recursive: true });
    await using database = await openDatabase({ embedded: { dataDir } });
    await writeDown(database, 1);
    expect(await readNotes(database)).toEqual([{ n: 1 }]);
  });

  test("refuses data of another PostgreSQL and says what to do", async () => {
    await (await openEmbedded({ dataDir }))[Symbol.asyncDispose]();
    await writeFile(join(dataDir, "postgres", "data", "PG_VERSION"), "17\n");
    await expect(openEmbedded({ dataDir })).rejects.toThrow(/PostgreSQL 17.*backup/);
  });
});

describe("the user it runs as", () => {
  test("gets into a data directory that was made for us alone", async () => {
    await mkdir(dataDir, { mode: 0o700 });
    await using database = await openDatabase({ embedded: { dataDir } });
    await writeDown(database, 1);
    expect(await readNotes(database)).toEqual([{ n: 1 }]);
  });

  test("gets through folders that we made under a strict umask", async () => {
    const before = process.umask(0o077);
    await using database = await openDatabase({
      embedded: { dataDir: join(dataDir, "deep", "er") },
    });
    process.umask(before);
    expect(await database.query("SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });

  test.runIf(isRoot)("is told plainly when the folders above keep him out", async () => {
    await chmod(folder, 0o700);
    await expect(openEmbedded({ dataDir })).rejects.toMatchObject({ code: "data_dir_unusable" });
  });

  test.runIf(canBeOrdinary)("is an ordinary user, when we are", async () => {
    await chown(folder, 65_534, 65_534);
    const running = await startChild(dataDir, { uid: 65_534, gid: 65_534 });
    expect((await stat(`/proc/${running.postmasterPid}`)).uid).toBe(65_534);
    await using database = await openDatabase({ url: running.url });
    await writeDown(database, 1);
    await stopChild(running);
  });
});
