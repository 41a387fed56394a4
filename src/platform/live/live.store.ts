import type { Text } from "#domain/text.ts";
import type { Queries } from "../db/database.ts";

/** One point of a timeline: what happened, in a sentence for a person, and what it belongs to. */
export interface Activity {
  readonly workspaceId: string;
  readonly at: number;
  readonly mark: Mark;
  readonly text: Text;
  readonly bookingId?: string | undefined;
  readonly hookId?: string | undefined;
  readonly intakeEventId?: string | undefined;
  readonly deliveryId?: string | undefined;
  readonly accessCodeId?: string | undefined;
}

/** How a point is drawn: a plain fact, something on its way, a success, trouble that is being handled, a loss. */
export type Mark = "fact" | "waiting" | "done" | "trouble" | "failed" | "uncertain";

export interface FeedEntry extends Activity {
  /** Place in the feed; what `Last-Event-ID` holds. */
  readonly cursor: string;
}

interface Row {
  readonly cursor: string;
  readonly at: number;
  readonly mark: Mark;
  readonly text: Text;
  readonly booking_id: string | null;
  readonly hook_id: string | null;
  readonly intake_event_id: string | null;
  readonly delivery_id: string | null;
  readonly access_code_id: string | null;
}

const COLUMNS =
  "tx::text || '-' || id as cursor, at, mark, text, booking_id, hook_id, intake_event_id, delivery_id, access_code_id";

/** Adds points in the transaction that makes them true. */
export async function note(tx: Queries, points: readonly Activity[]): Promise<void> {
  if (points.length === 0) return;
  const rows = points.map((point) => ({
    workspace_id: point.workspaceId,
    at: point.at,
    mark: point.mark,
    text: point.text,
    booking_id: point.bookingId ?? null,
    hook_id: point.hookId ?? null,
    intake_event_id: point.intakeEventId ?? null,
    delivery_id: point.deliveryId ?? null,
    access_code_id: point.accessCodeId ?? null,
  }));
  await tx.execute({
    name: "activity-note",
    text: `insert into activity (workspace_id, at, mark, text, booking_id, hook_id, intake_event_id, delivery_id, access_code_id)
      select * from jsonb_to_recordset($1::jsonb) as t(workspace_id text, at bigint, mark text, text jsonb,
        booking_id uuid, hook_id text, intake_event_id uuid, delivery_id uuid, access_code_id uuid)`,
    values: [JSON.stringify(rows)],
  });
}

/**
 * What came after a cursor, oldest first. Entries of transactions that may still be running when others commit are held
 * back, so that a reader who goes on from the last cursor never passes over one.
 */
export async function readFeed(
  database: Queries,
  workspaceId: string,
  after: { readonly cursor: string; readonly most: number },
): Promise<readonly FeedEntry[]> {
  const [tx = "0", id = "0"] = after.cursor.split("-");
  // Read before the rows: what was over by then is seen by the statement that follows.
  const horizon = await readHorizon(database);
  const rows = await database.query<Row>({
    name: "activity-feed",
    text: `select ${COLUMNS} from activity
      where workspace_id = $1 and (tx, id) > ($2::xid8, $3) and tx < $5::xid8
      order by tx, id limit $4`,
    values: [workspaceId, tx, id, after.most, horizon],
  });
  return rows.map((row) => toEntry(workspaceId, row));
}

/** The cursor behind everything that is visible now. */
export async function feedEnd(database: Queries): Promise<string> {
  return `${await readHorizon(database)}-0`;
}

/**
 * The number under which every transaction of this database is over. Not `pg_snapshot_xmin`: that one waits for other
 * databases on the same server too. `backend_xid` has the low 32 bits of a number only.
 */
async function readHorizon(database: Queries): Promise<string> {
  const rows = await database.query<{ horizon: string }>({
    name: "activity-horizon",
    text: `with next as (select pg_snapshot_xmax(pg_current_snapshot())::text::bigint as number),
      running as (
        select ((number >> 32) << 32) + backend_xid::text::bigint as low, number from pg_stat_activity, next
        where datname = current_database() and backend_xid is not null
      )
      select least(
        (select number from next),
        (select min(case when low > number + 2147483648 then low - 4294967296 else low end) from running)
      )::text as horizon`,
  });
  return rows[0]?.horizon ?? "0";
}

/** The whole timeline of one booking, oldest first. */
export async function readTimeline(
  database: Queries,
  workspaceId: string,
  bookingId: string,
): Promise<readonly FeedEntry[]> {
  const rows = await database.query<Row>({
    name: "activity-of-booking",
    text: `select ${COLUMNS} from activity where workspace_id = $1 and booking_id = $2 order by id`,
    values: [workspaceId, bookingId],
  });
  return rows.map((row) => toEntry(workspaceId, row));
}

/** What was noted of one inbound event, oldest first. Reads through the workspace's feed: for a person who waits. */
export async function readEventTimeline(
  database: Queries,
  workspaceId: string,
  intakeEventId: string,
): Promise<readonly FeedEntry[]> {
  const rows = await database.query<Row>({
    text: `select ${COLUMNS} from activity where workspace_id = $1 and intake_event_id = $2 order by id`,
    values: [workspaceId, intakeEventId],
  });
  return rows.map((row) => toEntry(workspaceId, row));
}

function toEntry(workspaceId: string, row: Row): FeedEntry {
  return {
    workspaceId,
    cursor: row.cursor,
    at: row.at,
    mark: row.mark,
    text: row.text,
    bookingId: row.booking_id ?? undefined,
    hookId: row.hook_id ?? undefined,
    intakeEventId: row.intake_event_id ?? undefined,
    deliveryId: row.delivery_id ?? undefined,
    accessCodeId: row.access_code_id ?? undefined,
  };
}
