import { spawn } from "node:child_process";
import { chmod, chown, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { killChild, readNotes, startChild, writeDown } from "../../../test/support/embedded.ts";
import { isDatabaseAway } from "./away.ts";
import { openDatabase, type Database } from "./database.ts";
import { openEmbedded, toUrl } from "./embedded.ts";
import { isAlive } from "./embedded/postmaster-file.ts";

let folder: string;
let dataDir: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "concierge-embedded-"));
  await chmod(folder, 0o711);
  dataDir = join(folder, "data");
});

afterEach(() => rm(folder, { recursive: true }));

describe("after a kill", () => {
  test("of our process, the next one takes over with nothing lost", async () => {
    const first = await startChild(dataDir);
    {
      await using database = await openDatabase({ url: first.url });
      await writeDown(database, 1);
    }
    await killChild(first);
    expect(isAlive(first.postmasterPid)).toBe(true);
    await using database = await openDatabase({ embedded: { dataDir } });
    expect(isAlive(first.postmasterPid)).toBe(false);
    expect(await readNotes(database)).toEqual([{ n: 1 }]);
  });

  test("of our process, work of its that goes on in the server holds nothing up", async () => {
    const first = await startChild(dataDir);
    await using lost = await openDatabase({ url: first.url });
    await writeDown(lost, 1);
    const stuck = lost.transact(async (transaction) => {
      await transaction.query("LOCK TABLE notes");
      await transaction.query("SELECT pg_sleep(20)");
    });
    const ended = stuck.catch((error: unknown) => error);
    await expect
      .poll(() => lost.query("SELECT FROM pg_locks WHERE mode = 'AccessExclusiveLock'"))
      .toHaveLength(1);
    await killChild(first);
    await using database = await openDatabase({ embedded: { dataDir } });
    expect(await readNotes(database)).toEqual([{ n: 1 }]);
    expect(await ended).toSatisfy(isDatabaseAway);
  });

  test("of the server, the same pool works again within a second, and nothing is lost", async () => {
    await using server = await openEmbedded({ dataDir });
    await using database = await openDatabase({ url: toUrl(server.connection) });
    await writeDown(database, 0);
    const timesMs: number[] = [];
    for (const n of [1, 2, 3]) {
      const broken = database.query("SELECT pg_sleep(20)").catch((error: unknown) => error);
      await database.query("INSERT INTO notes VALUES ($1)", [n]);
      const before = server.postmasterPid;
      const killedAt = performance.now();
      process.kill(before, "SIGKILL");
      expect(await broken).toSatisfy(isDatabaseAway);
      await expect
        .poll(() => tryRead(database), { interval: 5, timeout: 5000 })
        .toHaveLength(n + 1);
      timesMs.push(performance.now() - killedAt);
      await expect.poll(() => server.postmasterPid, { interval: 5 }).not.toBe(before);
    }
    expect(Math.min(...timesMs)).toBeLessThan(1000); // the best, because others may use the machine
  });

  test("of the server just before we stop, we stop all the same", async () => {
    const server = await openEmbedded({ dataDir });
    const first = server.postmasterPid;
    process.kill(first, "SIGKILL");
    await expect.poll(() => isAlive(first), { interval: 1 }).toBe(false);
    await server[Symbol.asyncDispose]();
    expect(isAlive(server.postmasterPid)).toBe(false);
    await using again = await openDatabase({ embedded: { dataDir } });
    expect(await again.query("SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });

  test("of the machine, a stranger who has the old process id is left alone", async () => {
    await (await openEmbedded({ dataDir }))[Symbol.asyncDispose]();
    const cluster = join(dataDir, "postgres", "data");
    const { uid, gid } = await stat(cluster);
    const stranger = spawn("sleep", ["60"], { uid, gid, stdio: "ignore" });
    const said = `${stranger.pid}\n${cluster}\n1\n5432\n.\n\n  1 1\nready   \n`;
    await writeFile(join(cluster, "postmaster.pid"), said);
    await chown(join(cluster, "postmaster.pid"), uid, gid);
    await using database = await openDatabase({ embedded: { dataDir } });
    await writeDown(database, 1);
    expect(await readNotes(database)).toEqual([{ n: 1 }]);
    expect(stranger.exitCode ?? stranger.signalCode).toBe(null);
    stranger.kill();
  });
});

async function tryRead(database: Database): Promise<object[]> {
  try {
    return await readNotes(database);
  } catch (error) {
    if (isDatabaseAway(error)) return [];
    throw error;
  }
}
