import { expect, test } from "vitest";
import type { Node } from "../support/crash/node.ts";
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
  "a server that is killed again and again does what it has promised, once",
  { timeout: 240_000 + kills * 4_000 },
  async () => {
    await using world = await openCrashWorld();
    let node: Node = await world.start();
    const startTimes: number[] = [];

    await killUnderLoad(world, async () => {
      await node.kill();
      node = await world.start();
      startTimes.push(node.startedInMs);
    });

    expect(await node.stop()).toBe(0);
    const last = await world.start(LATER);
    const { broken, verdicts } = await judge(world);
    expect(await last.stop()).toBe(0);
    const { counts, booked } = world.load;
    console.info(
      `seed ${seed}: ${kills} kills, slowest start ${Math.max(...startTimes).toFixed(0)} ms, ${booked.length} bookings,`,
      counts,
      `${verdicts.cutShort} attempts cut short,`,
      `${verdicts.deliveries.filter(({ state }) => state === "uncertain").length} of ${verdicts.deliveries.length} messages uncertain`,
      errorsOf(world.lines),
    );
    expect(broken).toEqual([]);
    // The kills have fallen where it hurts.
    expect(verdicts.cutShort).toBeGreaterThan(0);
    expect(counts.failed).toBeGreaterThan(0);
  },
);
