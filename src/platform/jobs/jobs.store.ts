import type { Database, Queries } from "../db/database.ts";
import type { Plan } from "./job.ts";

export interface WorkRow {
  readonly id: string;
  readonly workspace_id: string;
  readonly kind: string;
  readonly payload: Record<string, unknown>;
  readonly attempt: number;
  readonly lease: string;
}

export type JobStore = ReturnType<typeof makeJobStore>;

interface Claim {
  readonly lease: string;
  readonly now: number;
  readonly most: number;
  readonly leaseMs: number;
}

/** All SQL of the work table. */
export function makeJobStore(database: Database) {
  return {
    plan,
    finish,
    claim: (claim: Claim) => claimWork(database, claim),
    beat: (ids: readonly string[], leaseMs: number) => beat(database, ids, leaseMs),
    again: (row: WorkRow, runAt: number, tx: Queries = database) => again(tx, row, runAt),
    releaseAll: () => releaseAll(database),
    hasDue: (now: number) => hasDue(database, now),
  };
}

async function plan(tx: Queries, plans: readonly Plan[], now: number): Promise<void> {
  if (plans.length === 0) return;
  const rows = lastOfEachKey(plans).map((one) => ({
    workspace_id: one.workspaceId,
    kind: one.kind,
    lane: one.lane ?? null,
    key: one.key ?? null,
    payload: one.payload,
    run_at: wholeMs(one.runAt ?? now),
  }));
  await tx.execute({
    name: "work-plan",
    text: `insert into work (workspace_id, kind, lane, key, payload, run_at)
      select workspace_id, kind, lane, key, payload, run_at
      from jsonb_to_recordset($1::jsonb) as t(workspace_id text, kind text, lane text, key text, payload jsonb, run_at bigint)
      on conflict (key) where key is not null and lease is null
      do update set payload = excluded.payload, run_at = excluded.run_at, lane = excluded.lane`,
    values: [JSON.stringify(rows)],
  });
}

/** One statement may touch a row once only. */
function lastOfEachKey(plans: readonly Plan[]): readonly Plan[] {
  const places = new Map(plans.map(({ key }, place) => [key, place]));
  return plans.filter(({ key }, place) => key === undefined || places.get(key) === place);
}

/** The last instant that a date can have. */
const LATEST = 8_640_000_000_000_000;

/** What the column cannot hold (a fraction, an age) would never be stored, and its work be done again and again. */
function wholeMs(instant: number): number {
  return Math.min(Math.ceil(instant), LATEST);
}

async function claimWork(database: Database, claim: Claim): Promise<readonly WorkRow[]> {
  return await database.query<WorkRow>({
    name: "work-claim",
    text: `select id::text, workspace_id, kind, payload, attempt, lease::text from claim_work($1, $2, $3, $4)`,
    values: [claim.lease, claim.now, claim.most, claim.leaseMs],
  });
}

/** Whether this node still held the job. */
async function finish(tx: Queries, row: WorkRow): Promise<boolean> {
  const gone = await tx.query({
    name: "work-finish",
    text: "delete from work where id = $1 and lease = $2 returning 1",
    values: [row.id, row.lease],
  });
  return gone.length > 0;
}

/** Whether this node still held the job. A waiting job of the same key that was planned meanwhile takes its place. */
async function again(tx: Queries, row: WorkRow, runAt: number): Promise<boolean> {
  const kept = await tx.query({
    name: "work-again",
    text: `with held as (
        delete from work where id = $1 and lease = $2 returning workspace_id, kind, lane, key, payload, attempt
      )
      insert into work (workspace_id, kind, lane, key, payload, run_at, attempt)
      select workspace_id, kind, lane, key, payload, $3, attempt from held
      on conflict (key) where key is not null and lease is null
      do update set run_at = least(work.run_at, excluded.run_at)
      returning 1`,
    values: [row.id, row.lease, wholeMs(runAt)],
  });
  return kept.length > 0;
}

/** Extends the leases of what this node runs; frees those that ran out elsewhere and tells how many. */
async function beat(database: Database, ids: readonly string[], leaseMs: number): Promise<number> {
  if (ids.length > 0)
    await database.query({
      name: "work-beat",
      text: `update work set leased_until = clock_timestamp() + $2 * interval '1 millisecond'
        where id = any ($1::bigint[]) and lease is not null`,
      values: [ids, leaseMs],
    });
  const freed = await database.query({
    name: "work-sweep",
    text: `with dead as (
        delete from work where lease is not null and leased_until < clock_timestamp()
        returning id, workspace_id, kind, lane, key, payload, run_at, attempt
      )
      insert into work (workspace_id, kind, lane, key, payload, run_at, attempt)
      select workspace_id, kind, lane, key, payload, run_at, attempt from dead order by id desc
      on conflict (key) where key is not null and lease is null do nothing
      returning 1`,
  });
  return freed.length;
}

/**
 * For a node that is alone with its database: whatever an earlier process held is free again. A key without a lane may
 * have been held twice: the one planned last is kept.
 */
async function releaseAll(database: Database): Promise<void> {
  await database.query(`delete from work w where lease is not null
    and exists (select 1 from work other where other.key = w.key and (other.lease is null or other.id > w.id))`);
  await database.query("update work set lease = null, leased_until = null where lease is not null");
}

async function hasDue(database: Database, now: number): Promise<boolean> {
  const due = await database.query({
    name: "work-has-due",
    text: "select 1 from work where run_at <= $1 limit 1",
    values: [now],
  });
  return due.length > 0;
}
