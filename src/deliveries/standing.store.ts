import type { Queries } from "#platform/db/database.ts";

/** How the deliveries of a booking stand, taken together; the worst one counts. */
export type Trouble = "none" | "waiting" | "trouble" | "failed";

interface Row {
  readonly booking_id: string;
  readonly rank: number;
}

const RANKS: readonly Trouble[] = ["none", "waiting", "trouble", "failed"];

/**
 * For each booking how its deliveries stand. Of several to the same recipient over the same account the newest counts:
 * what was sent again, and arrived, is no trouble any more.
 */
export async function standingOfBookings(
  database: Queries,
  workspaceId: string,
  bookingIds: readonly string[],
): Promise<ReadonlyMap<string, Trouble>> {
  const rows = await database.query<Row>({
    name: "delivery-standing",
    text: `select booking_id, max(case
          when state in ('refused', 'expired') then 3
          when state in ('retrying', 'held', 'uncertain') then 2
          when state = 'queued' then 1
          else 0 end)::int as rank
      from (
        select distinct on (booking_id, kind, hook_id, integration_id, recipient) booking_id, state from delivery
        where workspace_id = $1 and booking_id = any ($2::uuid[])
        order by booking_id, kind, hook_id, integration_id, recipient, created_at desc, id desc
      ) latest
      group by booking_id`,
    values: [workspaceId, bookingIds],
  });
  return new Map(rows.map((row) => [row.booking_id, RANKS[row.rank] ?? "none"]));
}
