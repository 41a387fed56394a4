import { expect, test } from "vitest";
import { STEADY } from "../support/crash/load.ts";
import { hookPath, LOCKS } from "../support/crash/vendors.ts";
import { openCrashWorld, until, type CrashWorld } from "../support/crash/world.ts";

const LOCK = LOCKS[0];
/** Longer than the server takes to start anew: what it began is still under way when it looks. */
const TALK_MS = 6_000;

test(
  "a code that its lock takes only after the server was killed and the booking called off does not stay",
  { timeout: 120_000 },
  async () => {
    await using world = await openCrashWorld(STEADY);
    const { ttlock, torrow } = world.vendors;
    ttlock.setGatewayLatency(TALK_MS);
    const node = await world.start();
    const { id } = torrow.createOrder({});
    await post(world, id);
    await until(() => ttlock.journal.some(({ path }) => path.endsWith("/add")));

    await node.kill();
    torrow.cancelOrder(id);
    const again = await world.start();
    await post(world, id);

    await until(() => ttlock.effects.some(({ kind }) => kind === "add"));
    ttlock.setGatewayLatency(0);
    await until(() => ttlock.codesOf(LOCK).length === 0);
    expect(ttlock.effects.map(({ kind }) => kind)).toEqual(["add", "delete"]);
    expect(await again.stop()).toBe(0);
  },
);

async function post({ target, vendors }: CrashWorld, orderId: string): Promise<void> {
  const answer = await fetch(target + hookPath("ttlock", LOCK), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(vendors.torrow.eventBody(orderId)),
  });
  expect(answer.status).toBe(200);
}
