import type { Queries } from "#platform/db/database.ts";
import type { Metrics } from "#platform/metrics/metrics.ts";

export interface CodeMetrics {
  /** Seconds from a code's confirmation to the start of its validity; below zero: it came late. */
  readonly lead: { observe(seconds: number): void };
}

const minute = 60;
const hour = 3_600;
const leadBuckets = [0, minute, 10 * minute, 30 * minute, hour, 6 * hour, 24 * hour, 72 * hour];
/** What starts later is no worry yet. */
const lookAheadMs = 86_400_000;
/** A code that should have been there by now is a worry for so long. */
const lookBackMs = 3_600_000;

/** Counts how early codes are in their locks, and shows the one that has the least time left. */
export function watchCodes(
  metrics: Metrics,
  needs: { readonly database: Queries; readonly now: () => number },
): CodeMetrics {
  metrics.gauges({
    name: "code_lead_seconds",
    help: "Time until the start of the next code that is not in its lock yet; below zero: it is late. Not shown while there is none.",
    labels: ["within"],
    read: async () => {
      const next = await nextMissing(needs.database, needs.now());
      return next === undefined
        ? []
        : [{ labels: { within: "24h" }, value: (next - needs.now()) / 1_000 }];
    },
  });
  return {
    lead: metrics.histogram({
      name: "code_confirmed_lead_seconds",
      help: "Time from a code's confirmation in its lock to the start of its validity.",
      buckets: leadBuckets,
    }),
  };
}

async function nextMissing(database: Queries, now: number): Promise<number | undefined> {
  const rows = await database.query<{ next_at: number | null }>({
    name: "code-next-missing",
    text: `select min(missing.valid_from) as next_at from workspace w cross join lateral (
        select c.valid_from from access_code c
        where c.workspace_id = w.id and c.valid_from between $1 and $2 and c.valid_to > $3 and c.is_wanted
          and exists (select 1 from access_code_lock l where l.workspace_id = c.workspace_id
            and l.access_code_id = c.id and l.is_wanted and l.state not in ('confirmed', 'offline', 'removed'))
        order by c.valid_from limit 1
      ) missing`,
    values: [now - lookBackMs, now + lookAheadMs, now],
  });
  return rows[0]?.next_at ?? undefined;
}
