import type { Text } from "#domain/text.ts";
import type { Database, Queries } from "#platform/db/database.ts";
import type { PackedArrival, StoreArrivals } from "./accept.ts";
import { unpackBody, type Encoding } from "./body.ts";

/** `superseded`: older than what is known, kept and not acted on. `repeated`: its work had been done already. */
export type IntakeState = "received" | "done" | "superseded" | "repeated" | "quarantined";

export interface IntakeEvent {
  readonly id: string;
  readonly workspaceId: string;
  readonly source: string;
  readonly hookId: string | undefined;
  readonly receivedAt: number;
  readonly state: IntakeState;
  readonly reason: Text | undefined;
  readonly bookingId: string | undefined;
  readonly body: Buffer;
}

export type IntakeSummary = Omit<IntakeEvent, "body">;

export const INTAKE_WORK = "intake";

/** Keeps arrivals and plans their work, in one statement. An arrival that is known already is kept once. */
export function makeArrivalStore(database: Database): StoreArrivals {
  return async (arrivals) => {
    await database.query({ name: "intake-accept", text: ACCEPT, values: toColumns(arrivals) });
  };
}

const ACCEPT = `with incoming as (
    select * from unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[],
      $8::smallint[], $9::int[], $10::int[], $11::text[]) with ordinality
      as t(workspace_id, id, source, external_id, hook_id, content_type, received_at, encoding, place, size, lane, turn)
  ), kept as (
    insert into intake_event (workspace_id, id, source, external_id, hook_id, content_type, received_at, encoding, body)
    select workspace_id, id, source, external_id, hook_id, content_type, received_at, encoding,
      substr($12::bytea, place + 1, size)
    from incoming
    on conflict do nothing
    returning id
  )
  insert into work (workspace_id, kind, lane, payload, run_at)
  select workspace_id, '${INTAKE_WORK}', lane, jsonb_build_object('id', id), received_at
  from incoming join kept using (id)
  order by turn`;

function toColumns(arrivals: readonly PackedArrival[]): unknown[] {
  const places: number[] = [];
  let end = 0;
  for (const { packed } of arrivals) {
    places.push(end);
    end += packed.bytes.length;
  }
  return [
    arrivals.map((one) => one.workspaceId),
    arrivals.map((one) => one.id),
    arrivals.map((one) => one.source),
    arrivals.map((one) => one.externalId ?? null),
    arrivals.map((one) => one.hookId ?? null),
    arrivals.map((one) => one.contentType ?? null),
    arrivals.map((one) => one.receivedAt),
    arrivals.map((one) => one.packed.encoding),
    places,
    arrivals.map((one) => one.packed.bytes.length),
    arrivals.map((one) => one.lane),
    Buffer.concat(arrivals.map((one) => one.packed.bytes)),
  ];
}

interface Row {
  readonly id: string;
  readonly source: string;
  readonly hook_id: string | null;
  readonly received_at: number;
  readonly state: IntakeState;
  readonly reason: Text | null;
  readonly booking_id: string | null;
  readonly encoding: Encoding;
  readonly body: Buffer;
}

const SUMMARY = "id, source, hook_id, received_at, state, reason, booking_id";

export async function findEvent(
  database: Queries,
  workspaceId: string,
  id: string,
): Promise<IntakeEvent | undefined> {
  const rows = await database.query<Row>({
    name: "intake-find",
    text: `select ${SUMMARY}, encoding, body from intake_event where workspace_id = $1 and id = $2`,
    values: [workspaceId, id],
  });
  const row = rows[0];
  return (
    row && {
      ...toSummary(workspaceId, row),
      body: unpackBody({ encoding: row.encoding, bytes: row.body }),
    }
  );
}

/** Newest first; `before` is the id of the last one of the page before. */
export async function listEvents(
  database: Queries,
  workspaceId: string,
  page: {
    readonly state?: IntakeState | undefined;
    readonly before?: string | undefined;
    readonly most: number;
  },
): Promise<readonly IntakeSummary[]> {
  const rows = await database.query<Row>({
    name: "intake-list",
    text: `select ${SUMMARY} from intake_event where workspace_id = $1 and ($2::text is null or state = $2)
      and ($3::uuid is null or (received_at, id) < (select received_at, id from intake_event where workspace_id = $1 and id = $3))
      order by received_at desc, id desc limit $4`,
    values: [workspaceId, page.state ?? null, page.before ?? null, page.most],
  });
  return rows.map((row) => toSummary(workspaceId, row));
}

export interface Verdict {
  readonly state: Exclude<IntakeState, "received">;
  readonly reason?: Text;
  readonly bookingId?: string;
  readonly at: number;
}

export async function storeVerdict(
  tx: Queries,
  event: { readonly workspaceId: string; readonly id: string },
  verdict: Verdict,
): Promise<void> {
  await tx.execute({
    name: "intake-verdict",
    text: `update intake_event set state = $3, reason = $4, booking_id = coalesce($5, booking_id), processed_at = $6
      where workspace_id = $1 and id = $2`,
    values: [
      event.workspaceId,
      event.id,
      verdict.state,
      verdict.reason ? JSON.stringify(verdict.reason) : null,
      verdict.bookingId ?? null,
      verdict.at,
    ],
  });
}

/** Rows that one statement of pruning touches: a long backlog never holds the tables up, or runs into a timeout. */
const PRUNED_AT_ONCE = 5_000;

/**
 * Removes raw events received before an instant, keys that no longer guard anything, and what was recorded of calls to
 * vendors. Timelines and deliveries stay. Gives how many events went.
 */
export async function pruneEvents(
  database: Database,
  before: { readonly events: number; readonly keys: number },
): Promise<number> {
  await inBatches(database, PRUNE_KEYS, before.keys);
  await inBatches(database, PRUNE_EXCHANGES, before.events);
  return await inBatches(database, PRUNE_EVENTS, before.events);
}

const PRUNE_EVENTS = `delete from intake_event where ctid = any (array(
  select ctid from intake_event where received_at < $1 and state <> 'received' limit $2)) returning 1`;
const PRUNE_KEYS = `delete from once where ctid = any (array(
  select ctid from once where first_at < $1 limit $2)) returning 1`;
const PRUNE_EXCHANGES = `update attempt set exchanges = null where ctid = any (array(
  select ctid from attempt where started_at < $1 and exchanges is not null limit $2)) returning 1`;

async function inBatches(database: Database, text: string, before: number): Promise<number> {
  let total = 0;
  for (;;) {
    const { length } = await database.query({ text, values: [before, PRUNED_AT_ONCE] });
    total += length;
    if (length < PRUNED_AT_ONCE) return total;
  }
}

function toSummary(workspaceId: string, row: Row): IntakeSummary {
  return {
    id: row.id,
    workspaceId,
    source: row.source,
    hookId: row.hook_id ?? undefined,
    receivedAt: row.received_at,
    state: row.state,
    reason: row.reason ?? undefined,
    bookingId: row.booking_id ?? undefined,
  };
}

/**
 * Whether this event is the first of its key within the window. Decided under a lock on the key: of two at the same
 * moment one waits for the other's commit.
 */
export async function claimOnce(
  tx: Queries,
  claim: {
    readonly workspaceId: string;
    readonly key: Buffer;
    readonly eventId: string;
    readonly at: number;
    readonly windowMs: number;
  },
): Promise<boolean> {
  const rows = await tx.query({
    name: "once-claim",
    text: `insert into once (workspace_id, key, first_at, intake_event_id) values ($1, $2, $3, $4)
      on conflict (workspace_id, key) do update set first_at = excluded.first_at, intake_event_id = excluded.intake_event_id
      where once.first_at < $3 - $5::bigint or once.intake_event_id = excluded.intake_event_id
      returning 1`,
    values: [claim.workspaceId, claim.key, claim.at, claim.eventId, claim.windowMs],
  });
  return rows.length > 0;
}
