import { afterEach, beforeEach, expect, it } from "vitest";
import { makeMetrics } from "#platform/metrics/metrics.ts";
import { addBooking, addCode } from "../../test/support/api-rows.ts";
import { openApiWorld, type ApiWorld } from "../../test/support/api-world.ts";
import { watchCodes } from "./code-metrics.store.ts";

let api: ApiWorld;

beforeEach(async () => {
  api = await openApiWorld();
});
afterEach(() => api[Symbol.asyncDispose]());

it("shows the time that is left for the next code that is not in its lock", async () => {
  const metrics = makeMetrics();
  const codes = watchCodes(metrics, { database: api.database, now: () => api.clock.now });
  const left = async () =>
    /^concierge_code_lead_seconds\{within="24h"\} (.*)$/m.exec((await metrics.render()).text)?.[1];
  expect(await left()).toBeUndefined();
  const start = api.clock.now;
  api.clock.now = start + 60_000;
  await addCode(api, { bookingId: await addBooking(api), locks: [{ state: "confirmed" }] });
  api.clock.now = start + 120_000;
  await addCode(api, { bookingId: await addBooking(api), locks: [{ state: "writing" }] });
  api.clock.now = start;
  expect(await left()).toBe("120");
  api.clock.now = start + 130_000;
  expect(await left()).toBe("-10");
  await api.database.query("update access_code set is_wanted = false");
  expect(await left()).toBeUndefined();
  codes.lead.observe(-5);
  const { text } = await metrics.render();
  expect(text).toContain('concierge_code_confirmed_lead_seconds_bucket{le="0"} 1');
});
