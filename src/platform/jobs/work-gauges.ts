import type { Queries } from "../db/database.ts";
import type { Metrics } from "../metrics/metrics.ts";
import { shareRead } from "../metrics/shared-read.ts";

interface Row {
  readonly kind: string;
  readonly waiting: number;
  readonly oldest_at: number;
}

/** So many due rows are looked at; a greater backlog shows as this one. */
const mostCounted = 10_000;

/** Shows how much work is due and how long the oldest has waited, by kind. */
export function watchWork(
  metrics: Metrics,
  needs: { readonly database: Queries; readonly now: () => number },
): void {
  const read = shareRead(() => readWaiting(needs.database, needs.now()));
  const labels = ["kind"] as const;
  metrics.gauges({
    name: "work_waiting",
    help: `Work that is due and not running, by kind; counted up to ${mostCounted} in all.`,
    labels,
    read: async () =>
      (await read()).map(({ kind, waiting }) => ({ labels: { kind }, value: waiting })),
  });
  metrics.gauges({
    name: "work_oldest_seconds",
    help: "How long the oldest due work has waited, by kind.",
    labels,
    read: async () =>
      (await read()).map(({ kind, oldest_at }) => ({
        labels: { kind },
        value: Math.max(0, needs.now() - oldest_at) / 1_000,
      })),
  });
}

async function readWaiting(database: Queries, now: number): Promise<readonly Row[]> {
  return await database.query<Row>({
    name: "work-waiting",
    text: `select kind, count(*)::int as waiting, min(run_at) as oldest_at from (
        select kind, run_at from work where lease is null and run_at <= $1 order by run_at, id limit $2
      ) due group by kind`,
    values: [now, mostCounted],
  });
}
