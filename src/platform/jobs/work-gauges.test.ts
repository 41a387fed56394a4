import { afterEach, beforeEach, expect, it } from "vitest";
import { makeMetrics } from "#platform/metrics/metrics.ts";
import { testDatabase, type TestDatabase } from "../../../test/support/database.ts";
import { makeJobStore } from "./jobs.store.ts";
import { watchWork } from "./work-gauges.ts";

let database: TestDatabase;
const now = 100_000;

beforeEach(async () => {
  database = await testDatabase();
});
afterEach(() => database[Symbol.asyncDispose]());

async function show(): Promise<readonly string[]> {
  const metrics = makeMetrics();
  watchWork(metrics, { database, now: () => now });
  const { text } = await metrics.render();
  return text.split("\n").filter((line) => line.startsWith("concierge_work"));
}

it("shows what is due by kind, and how long the oldest has waited", async () => {
  const plan = (kind: string, runAt: number) => ({ workspaceId: "main", kind, payload: {}, runAt });
  const plans = [plan("intake", now - 3_000), plan("intake", now), plan("notice", now - 500)];
  await makeJobStore(database).plan(database, [...plans, plan("notice", now + 1)], now);
  expect((await show()).toSorted()).toEqual([
    'concierge_work_oldest_seconds{kind="intake"} 3',
    'concierge_work_oldest_seconds{kind="notice"} 0.5',
    'concierge_work_waiting{kind="intake"} 2',
    'concierge_work_waiting{kind="notice"} 1',
  ]);
});

it("shows nothing where nothing is due", async () => {
  expect(await show()).toEqual([]);
});
