import { afterEach, beforeEach, expect, it } from "vitest";
import { makeMetrics } from "#platform/metrics/metrics.ts";
import { addIntegration } from "../../test/support/api-rows.ts";
import { openApiWorld, type ApiWorld } from "../../test/support/api-world.ts";
import { watchIntegrations } from "./integration-gauges.store.ts";
import { storeHealth } from "./integrations.store.ts";

let api: ApiWorld;

beforeEach(async () => {
  api = await openApiWorld();
});
afterEach(() => api[Symbol.asyncDispose]());

it("shows accounts by provider and status, and those that a breaker holds back", async () => {
  await addIntegration(api);
  await addIntegration(api, { provider: "ttlock" });
  const id = await addIntegration(api, { provider: "ttlock" });
  await storeHealth(
    api.database,
    { workspaceId: "main", id },
    {
      status: "failed",
      breaker: { slots: [], troubles: 9, open: { until: 1, backoffMs: 1, isProbing: false } },
    },
  );
  const metrics = makeMetrics();
  watchIntegrations(metrics, api.database);
  const { text } = await metrics.render();
  const lines = text.split("\n").filter((line) => /^concierge_(integrations|breaker)/.test(line));
  expect(lines.toSorted()).toEqual([
    'concierge_breaker_open{provider="telegram"} 0',
    'concierge_breaker_open{provider="ttlock"} 1',
    'concierge_integrations{provider="telegram",status="active"} 1',
    'concierge_integrations{provider="ttlock",status="active"} 1',
    'concierge_integrations{provider="ttlock",status="failed"} 1',
  ]);
});
