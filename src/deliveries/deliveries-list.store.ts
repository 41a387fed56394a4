import type { Text } from "#domain/text.ts";
import type { Queries } from "#platform/db/database.ts";
import type { AttemptView, DeliverySummaryView, DeliveryView } from "./deliveries.schema.ts";
import type { DeliveryState } from "./delivery.ts";

interface Row {
  readonly id: string;
  readonly kind: "message" | "code";
  readonly channel: string | null;
  readonly recipient: string;
  readonly state: DeliveryState;
  readonly detail: Text | null;
  readonly booking_id: string | null;
  readonly hook_id: string | null;
  readonly created_at: number;
  readonly next_try_at: number | null;
  readonly finished_at: number | null;
}

const SELECT = `select d.id, d.kind, i.provider as channel, d.recipient, d.state, d.detail, d.booking_id, d.hook_id,
    d.created_at, d.next_try_at, d.finished_at
  from delivery d left join integration i on i.workspace_id = d.workspace_id and i.id = d.integration_id`;

interface Page {
  readonly state?: DeliveryState | undefined;
  /** Id of the last one of the page before. */
  readonly before?: string | undefined;
  readonly most: number;
}

/** Newest first. */
export async function listDeliveries(
  database: Queries,
  workspaceId: string,
  page: Page,
): Promise<readonly DeliverySummaryView[]> {
  const rows = await database.query<Row>({
    name: "delivery-list",
    text: `${SELECT} where d.workspace_id = $1 and ($2::text is null or d.state = $2) and ($3::uuid is null
        or (d.created_at, d.id) < (select created_at, id from delivery where workspace_id = $1 and id = $3))
      order by d.created_at desc, d.id desc limit $4`,
    values: [workspaceId, page.state ?? null, page.before ?? null, page.most],
  });
  return rows.map(toSummary);
}

export async function readDelivery(
  database: Queries,
  workspaceId: string,
  id: string,
): Promise<DeliveryView | undefined> {
  const rows = await database.query<Row>({
    name: "delivery-read",
    text: `${SELECT} where d.workspace_id = $1 and d.id = $2`,
    values: [workspaceId, id],
  });
  return (await withAttempts(database, workspaceId, rows))[0];
}

/** Oldest first, each with its attempts. */
export async function deliveriesOfBooking(
  database: Queries,
  workspaceId: string,
  bookingId: string,
): Promise<readonly DeliveryView[]> {
  const rows = await database.query<Row>({
    name: "deliveries-of-booking",
    text: `${SELECT} where d.workspace_id = $1 and d.booking_id = $2 order by d.created_at, d.id`,
    values: [workspaceId, bookingId],
  });
  return await withAttempts(database, workspaceId, rows);
}

interface AttemptRow {
  readonly delivery_id: string;
  readonly number: number;
  readonly started_at: number;
  readonly finished_at: number | null;
  readonly act: string;
  readonly outcome: string | null;
  readonly detail: Text | null;
  readonly exchanges: AttemptView["exchanges"] | null;
}

/** A delivery that is retried for days has many: the newest ones tell enough. */
const MOST_ATTEMPTS = 50;

async function withAttempts(
  database: Queries,
  workspaceId: string,
  deliveries: readonly Row[],
): Promise<readonly DeliveryView[]> {
  if (deliveries.length === 0) return [];
  const rows = await database.query<AttemptRow>({
    name: "attempts-of-deliveries",
    text: `select a.delivery_id, a.number, a.started_at, a.finished_at, a.act, a.outcome, a.detail, a.exchanges
      from unnest($2::uuid[]) as wanted (id) cross join lateral (
        select * from attempt where workspace_id = $1 and delivery_id = wanted.id order by number desc limit $3
      ) a order by a.number`,
    values: [workspaceId, deliveries.map((one) => one.id), MOST_ATTEMPTS],
  });
  const byDelivery = Map.groupBy(rows, (row) => row.delivery_id);
  return deliveries.map((row) => ({
    ...toSummary(row),
    attempts: (byDelivery.get(row.id) ?? []).map(toAttempt),
  }));
}

function toSummary(row: Row): DeliverySummaryView {
  return {
    id: row.id,
    kind: row.kind,
    channel: row.channel,
    recipient: row.recipient,
    state: row.state,
    detail: row.detail,
    bookingId: row.booking_id,
    hookId: row.hook_id,
    createdAt: row.created_at,
    nextTryAt: row.next_try_at,
    finishedAt: row.finished_at,
  };
}

function toAttempt(row: AttemptRow): AttemptView {
  return {
    number: row.number,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    act: row.act,
    outcome: row.outcome,
    detail: row.detail,
    exchanges: row.exchanges ?? [],
  };
}

/** Locks a delivery until the transaction ends, and tells how it stands. */
export async function lockDelivery(
  tx: Queries,
  key: { readonly workspaceId: string; readonly id: string },
): Promise<DeliverySummaryView | undefined> {
  const rows = await tx.query<Row>({
    name: "delivery-lock",
    text: `${SELECT} where d.workspace_id = $1 and d.id = $2 for update of d`,
    values: [key.workspaceId, key.id],
  });
  return rows[0] && toSummary(rows[0]);
}
