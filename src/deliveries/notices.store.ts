import type { Text } from "#domain/text.ts";
import type { Queries } from "#platform/db/database.ts";
import { makeId } from "#platform/uuid.ts";
import type { Trouble } from "./trouble.ts";

export interface NoticeLine {
  readonly at: number;
  readonly bookingNumber: string | null;
  readonly text: Text;
}

export type NoticeState = "open" | "sent" | "kept" | "refused";

export interface Notice {
  readonly workspaceId: string;
  readonly id: string;
  readonly hookId: string;
  readonly count: number;
  readonly lines: readonly NoticeLine[];
  readonly windowFrom: number;
  readonly state: NoticeState;
}

/** One mail per hook and cause in this time. */
const WINDOW_MS = 10 * 60_000;
/** Troubles that come together go together. */
const GATHER_MS = 2_000;
/** Lines that one mail lists; the count says how many there were. */
const MOST_LINES = 20;

interface Row {
  readonly id: string;
  readonly hook_id: string;
  readonly count: number;
  readonly lines: NoticeLine[];
  readonly window_from: number;
  readonly state: NoticeState;
}

/** Adds trouble to the mail that is still open for it, or opens one. Gives the mail to plan, when it is a new one. */
export async function addTrouble(
  tx: Queries,
  trouble: Trouble,
  now: number,
): Promise<{ readonly id: string; readonly sendAt: number } | undefined> {
  const { workspaceId, hookId, cause } = trouble;
  const line: NoticeLine = {
    at: now,
    bookingNumber: trouble.bookingNumber ?? null,
    text: trouble.text,
  };
  await tx.query("select pg_advisory_xact_lock(hashtextextended($1, 7234002))", [
    `${workspaceId}/${hookId}/${cause}`,
  ]);
  const rows = await tx.query<Row>(
    `select id, state, window_from from notice where workspace_id = $1 and hook_id = $2 and cause = $3
      order by window_from desc limit 1 for update`,
    [workspaceId, hookId, cause],
  );
  const latest = rows[0];
  if (latest?.state === "open") {
    await tx.query(
      `update notice set count = count + 1,
        lines = case when jsonb_array_length(lines) < $4 then lines || $3::jsonb else lines end
        where workspace_id = $1 and id = $2`,
      [workspaceId, latest.id, JSON.stringify([line]), MOST_LINES],
    );
    return undefined;
  }
  const windowFrom = Math.max(now, (latest?.window_from ?? 0) + WINDOW_MS);
  const id = makeId(now);
  await tx.query(
    `insert into notice (workspace_id, id, hook_id, cause, window_from, count, lines, state)
      values ($1, $2, $3, $4, $5, 1, $6, 'open')`,
    [workspaceId, id, hookId, cause, windowFrom, JSON.stringify([line])],
  );
  return { id, sendAt: windowFrom + GATHER_MS };
}

export async function findNotice(
  database: Queries,
  workspaceId: string,
  id: string,
): Promise<Notice | undefined> {
  const rows = await database.query<Row>(
    "select id, hook_id, count, lines, window_from, state from notice where workspace_id = $1 and id = $2",
    [workspaceId, id],
  );
  return rows[0] && toNotice(workspaceId, rows[0]);
}

/** Ends a notice. Trouble that was added while its mail was on its way goes into the next one, which is then given. */
export async function closeNotice(
  tx: Queries,
  notice: Notice,
  end: { readonly state: Exclude<NoticeState, "open">; readonly at: number },
): Promise<{ readonly id: string; readonly sendAt: number } | undefined> {
  const closed = await tx.query<{ count: number }>(
    `update notice set state = $3, sent_at = $4 where workspace_id = $1 and id = $2 returning count`,
    [notice.workspaceId, notice.id, end.state, end.at],
  );
  const hasGrown = (closed[0]?.count ?? 0) > notice.count;
  return end.state === "sent" && hasGrown ? await splitOff(tx, notice, end.at) : undefined;
}

async function splitOff(
  tx: Queries,
  notice: Notice,
  now: number,
): Promise<{ readonly id: string; readonly sendAt: number }> {
  const id = makeId(now);
  const windowFrom = Math.max(now, notice.windowFrom + WINDOW_MS);
  await tx.query(
    `with told as (update notice set count = $4 where workspace_id = $1 and id = $2 returning 1)
      insert into notice (workspace_id, id, hook_id, cause, window_from, count, lines, state)
      select workspace_id, $3, hook_id, cause, $5, count - $4,
        coalesce(nullif(jsonb_path_query_array(lines, '$[$told to last]', jsonb_build_object('told', $6::int)), '[]'),
          jsonb_build_array(lines -> -1)), 'open'
      from notice where workspace_id = $1 and id = $2`,
    [notice.workspaceId, notice.id, id, notice.count, windowFrom, notice.lines.length],
  );
  return { id, sendAt: windowFrom + GATHER_MS };
}

/** Newest first; `before` is the id of the last one of the page before. */
export async function listNotices(
  database: Queries,
  workspaceId: string,
  page: { readonly before?: string | undefined; readonly most: number },
): Promise<readonly Notice[]> {
  const rows = await database.query<Row>({
    name: "notice-list",
    text: `select id, hook_id, count, lines, window_from, state from notice where workspace_id = $1
        and ($2::uuid is null or (window_from, id) < (select window_from, id from notice where workspace_id = $1 and id = $2))
      order by window_from desc, id desc limit $3`,
    values: [workspaceId, page.before ?? null, page.most],
  });
  return rows.map((row) => toNotice(workspaceId, row));
}

function toNotice(workspaceId: string, row: Row): Notice {
  return {
    workspaceId,
    id: row.id,
    hookId: row.hook_id,
    count: row.count,
    lines: row.lines,
    windowFrom: row.window_from,
    state: row.state,
  };
}
