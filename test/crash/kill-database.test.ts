import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { readPostmasterFile } from "#platform/db/embedded/postmaster-file.ts";
import {
  errorsOf,
  judge,
  killUnderLoad,
  kills,
  LATER,
  openCrashWorld,
  seed,
} from "../support/crash/world.ts";

test(
  "a server whose database is killed again and again does what it has promised, once",
  { timeout: 240_000 + kills * 4_000 },
  async () => {
    await using world = await openCrashWorld();
    const node = await world.start();
    const cluster = join(world.dataDir, "postgres", "data");
    let killed = 0;

    await killUnderLoad(world, async () => {
      killed = await killPostmaster(cluster, killed);
    });

    expect(await node.stop()).toBe(0);
    const last = await world.start(LATER);
    const { broken, verdicts } = await judge(world);
    expect(await last.stop()).toBe(0);
    const { counts, booked } = world.load;
    console.info(
      `seed ${seed}: ${kills} kills of the database, ${booked.length} bookings,`,
      counts,
      `${verdicts.cutShort} attempts cut short,`,
      `${verdicts.deliveries.filter(({ state }) => state === "uncertain").length} of ${verdicts.deliveries.length} messages uncertain`,
      errorsOf(world.lines),
    );
    expect(broken).toEqual([]);
    expect(verdicts.cutShort).toBeGreaterThan(0);
    expect([...world.load.refusals]).toEqual([503]);
  },
);

/** Kills the database that runs now, another one than the last; gives its process id. */
async function killPostmaster(cluster: string, last: number): Promise<number> {
  for (;;) {
    const file = await readPostmasterFile(cluster);
    if (file?.isReady && file.pid !== last) {
      process.kill(file.pid, "SIGKILL");
      return file.pid;
    }
    await wait(5);
  }
}
