import type { Queries } from "#platform/db/database.ts";
import type { Metrics } from "#platform/metrics/metrics.ts";
import { shareRead } from "#platform/metrics/shared-read.ts";
import type { IntegrationStatus } from "./integration.ts";

interface Row {
  readonly provider: string;
  readonly status: IntegrationStatus;
  readonly count: number;
  readonly held: number;
}

/** Shows how the connected accounts fare, and which are held back by their breaker. */
export function watchIntegrations(metrics: Metrics, database: Queries): void {
  const read = shareRead(() => readStanding(database));
  metrics.gauges({
    name: "integrations",
    help: "Connected accounts, by provider and status.",
    labels: ["provider", "status"],
    read: async () =>
      (await read()).map(({ provider, status, count }) => ({
        labels: { provider, status },
        value: count,
      })),
  });
  metrics.gauges({
    name: "breaker_open",
    help: "Accounts that are not called because of many failures, by provider.",
    labels: ["provider"],
    read: async () => {
      const byProvider = Map.groupBy(await read(), (row) => row.provider);
      return [...byProvider].map(([provider, rows]) => ({
        labels: { provider },
        value: rows.reduce((sum, { held }) => sum + held, 0),
      }));
    },
  });
}

/** There is one row per account: few, whatever the traffic. */
async function readStanding(database: Queries): Promise<readonly Row[]> {
  return await database.query<Row>({
    name: "integration-standing",
    text: `select provider, status, count(*)::int as count,
        (count(*) filter (where breaker -> 'open' is not null))::int as held
      from integration group by provider, status`,
  });
}
