import { expect, test } from "vitest";
import { findFreePort } from "#platform/db/embedded/reach.ts";
import { testDatabase } from "../support/database.ts";
import { STEADY } from "../support/crash/load.ts";
import type { Verdicts } from "../support/crash/invariants.ts";
import { judge, LATER, openCrashWorld, until, type CrashWorld } from "../support/crash/world.ts";

const BOOKINGS = 6;
const MOST_MS = 15_000;

test(
  "work of a killed server runs again within 15 s once it is started anew",
  { timeout: 120_000 },
  async () => {
    await using world = await openCrashWorld(STEADY);
    const node = await world.start();
    await bookUntilUnderWay(world);

    await node.kill();
    const killedAt = Date.now();
    const again = await world.start();

    await awaitEffects(world);
    expect(await again.stop()).toBe(0);
    const last = await world.start(LATER);
    const { broken, verdicts } = await judge(world);
    expect(await last.stop()).toBe(0);
    expectSoonAgain(verdicts, killedAt);
    expect(broken).toEqual([]);
  },
);

test(
  "another server on the same database takes a killed one's work over within 15 s",
  { timeout: 120_000 },
  async () => {
    await using database = await testDatabase();
    await using world = await openCrashWorld(STEADY);
    const shared = { DATABASE_URL: database.url };
    const one = await world.start(shared);
    await world.start({ ...shared, CONCIERGE_PORT: String(await findFreePort()) });
    await bookUntilUnderWay(world);

    await one.kill();
    const killedAt = Date.now();

    await awaitEffects(world);
    await world.start({ ...shared, ...LATER, CONCIERGE_PORT: String(await findFreePort()) });
    const { broken, verdicts } = await judge(world, { url: database.url });
    expectSoonAgain(verdicts, killedAt);
    expect(broken).toEqual([]);
  },
);

/** Sends events, and comes back when each was taken and calls for them are under way. */
async function bookUntilUnderWay(world: CrashWorld): Promise<void> {
  const { ttlock, wazzup24 } = world.vendors;
  const isUnderWay = (): boolean => ttlock.journal.length > 2 && wazzup24.journal.length > 0;
  await Promise.all(Array.from({ length: BOOKINGS }, () => world.load.book()));
  await until(isUnderWay);
}

/** Waits for what can be found out for certain: codes in the locks, and messages that carry a key. */
async function awaitEffects({ vendors }: CrashWorld): Promise<void> {
  const codes = (): number => vendors.ttlock.effects.filter(({ kind }) => kind === "add").length;
  const messages = (): number => vendors.wazzup24.sent.length;
  await until(() => codes() >= BOOKINGS && messages() >= BOOKINGS);
}

/** What the kill has cut short was taken up again in time; what can only be left to a person was not tried again. */
function expectSoonAgain({ cutShort, againAt }: Verdicts, killedAt: number): void {
  const waits = againAt.map((at) => at - killedAt);
  console.info(`${cutShort} attempts cut short, taken up again after ${waits.join(", ")} ms`);
  expect(waits.length).toBeGreaterThan(0);
  expect(Math.max(...waits)).toBeLessThan(MOST_MS);
}
