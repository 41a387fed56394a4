import { expect, test } from "vitest";
import { makePace } from "#platform/outbound/pace.ts";
import { makeGuardian, type HealthStore, type StoredHealth } from "./guardian.feature.ts";

const watched = { workspaceId: "main", id: "i1", callsPerSecond: 1e9 };

/** A store that answers a moment later, as a database does. */
function makeWorld() {
  const clock = { now: 1_000_000 };
  const rows = new Map<string, StoredHealth>();
  const store: HealthStore = {
    read: async ({ id }) => {
      await new Promise((resolve) => setImmediate(resolve));
      return rows.get(id);
    },
    write: async ({ id }, health) => {
      await new Promise((resolve) => setImmediate(resolve));
      rows.set(id, health);
    },
  };
  const now = () => clock.now;
  return { clock, rows, guardian: makeGuardian({ store, pace: makePace(now), now }) };
}

test("of many calls that wait for an account to heal, one probes and the others go on waiting", async () => {
  const { clock, rows, guardian } = makeWorld();
  for (let n = 0; n < 10; n += 1) await guardian.report(watched, { verdict: "trouble" });
  expect(rows.get("i1")).toMatchObject({ status: "has-errors", breaker: { open: {} } });
  clock.now += 60_000;

  const at = await Promise.all(Array.from({ length: 5 }, () => guardian.mayCallAt(watched)));

  expect(at.filter((instant) => instant < clock.now + 1_000)).toHaveLength(1);
  await guardian.report(watched, { verdict: "ok" });
  expect(rows.get("i1")).toMatchObject({ status: "active" });
});

test("what other nodes and people wrote of an account is read again after a while", async () => {
  const { clock, rows, guardian } = makeWorld();
  expect(await guardian.mayCallAt(watched)).toBeLessThanOrEqual(clock.now);
  rows.set("i1", { breaker: { slots: [], troubles: 0 }, status: "paused" });
  clock.now += 60_000;
  expect(await guardian.mayCallAt(watched)).toBeGreaterThan(clock.now);
});
