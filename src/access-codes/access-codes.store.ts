import type { Booking } from "#domain/booking.ts";
import type { Queries } from "#platform/db/database.ts";
import type { LockState, Pending, Placed } from "./lock-step.ts";

/** `planned` → `writing` → `confirmed` → `removing` → `removed`; `offline`: the vendor's own code stands in. */
export type CodeState =
  | "planned"
  | "writing"
  | "confirmed"
  | "offline"
  | "failed"
  | "removing"
  | "removed";

export interface AccessCode {
  readonly workspaceId: string;
  readonly id: string;
  readonly bookingId: string;
  readonly hookId: string;
  readonly integrationId: string;
  /** Sealed. */
  readonly digits: Uint8Array;
  readonly generation: number;
  readonly wishedFrom: number;
  readonly validFrom: number;
  readonly validTo: number;
  readonly keepUntil: number;
  readonly isWanted: boolean;
  readonly told: string | undefined;
  readonly isDescribed: boolean;
}

export interface CodeLock extends LockState {
  readonly lockId: string;
  readonly deliveryId: string;
  readonly isWanted: boolean;
  readonly state: CodeState;
  readonly gateway: string | undefined;
  readonly lockName: string | undefined;
  readonly offlineDigits: Uint8Array | undefined;
  readonly ladderStep: number;
  readonly alarmedFor: string | undefined;
}

interface CodeRow {
  readonly id: string;
  readonly booking_id: string;
  readonly hook_id: string;
  readonly integration_id: string;
  readonly digits: Buffer;
  readonly generation: number;
  readonly wished_from: number;
  readonly valid_from: number;
  readonly valid_to: number;
  readonly keep_until: number;
  readonly is_wanted: boolean;
  readonly told: string | null;
  readonly is_described: boolean;
}

interface LockRow {
  readonly lock_id: string;
  readonly delivery_id: string;
  readonly is_wanted: boolean;
  readonly state: CodeState;
  readonly gateway: string | null;
  readonly lock_name: string | null;
  readonly placed: Placed | null;
  readonly offline_digits: Buffer | null;
  readonly leftovers: string[];
  readonly pending: Pending | null;
  readonly ladder_step: number;
  readonly alarmed_for: string | null;
}

const CODE = `id, booking_id, hook_id, integration_id, digits, generation, wished_from, valid_from, valid_to, keep_until,
  is_wanted, told, is_described`;
const LOCK = `lock_id, delivery_id, is_wanted, state, gateway, placed, offline_digits, leftovers, pending, ladder_step,
  alarmed_for, lock_name`;

interface CodeKey {
  readonly workspaceId: string;
  readonly id: string;
}

/** The code of one booking and hook, locked for the rest of the transaction. */
export async function lockCodeOf(
  tx: Queries,
  key: { readonly workspaceId: string; readonly bookingId: string; readonly hookId: string },
): Promise<AccessCode | undefined> {
  const rows = await tx.query<CodeRow>({
    name: "code-of-booking",
    text: `select ${CODE} from access_code where workspace_id = $1 and booking_id = $2 and hook_id = $3 for update`,
    values: [key.workspaceId, key.bookingId, key.hookId],
  });
  return rows[0] && toCode(key.workspaceId, rows[0]);
}

/** A code, and with `isLocked` the lock on its row until the transaction ends. */
export async function findCode(
  tx: Queries,
  key: CodeKey,
  isLocked = false,
): Promise<AccessCode | undefined> {
  const rows = await tx.query<CodeRow>({
    name: isLocked ? "code-lock" : "code-find",
    text: `select ${CODE} from access_code where workspace_id = $1 and id = $2${isLocked ? " for update" : ""}`,
    values: [key.workspaceId, key.id],
  });
  return rows[0] && toCode(key.workspaceId, rows[0]);
}

export async function codesOfBooking(
  database: Queries,
  workspaceId: string,
  bookingId: string,
): Promise<readonly AccessCode[]> {
  const rows = await database.query<CodeRow>({
    name: "codes-of-booking",
    text: `select ${CODE} from access_code where workspace_id = $1 and booking_id = $2 order by created_at`,
    values: [workspaceId, bookingId],
  });
  return rows.map((row) => toCode(workspaceId, row));
}

export async function locksOfCode(database: Queries, key: CodeKey): Promise<readonly CodeLock[]> {
  const rows = await database.query<LockRow>({
    name: "code-locks",
    text: `select ${LOCK} from access_code_lock where workspace_id = $1 and access_code_id = $2 order by lock_id`,
    values: [key.workspaceId, key.id],
  });
  return rows.map(toLock);
}

/** Stores a code whole: a new one, or the new wish of a known one. */
export async function saveCode(tx: Queries, code: AccessCode, now: number): Promise<void> {
  await tx.execute({
    name: "code-save",
    text: `insert into access_code (workspace_id, id, booking_id, hook_id, integration_id, digits, generation, wished_from,
        valid_from, valid_to, keep_until, is_wanted, told, is_described, created_at, updated_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15)
      on conflict (workspace_id, id) do update set digits = excluded.digits, generation = excluded.generation,
        integration_id = excluded.integration_id, wished_from = excluded.wished_from, valid_from = excluded.valid_from,
        valid_to = excluded.valid_to, keep_until = excluded.keep_until, is_wanted = excluded.is_wanted,
        told = excluded.told, is_described = excluded.is_described, updated_at = excluded.updated_at`,
    values: [
      code.workspaceId,
      code.id,
      code.bookingId,
      code.hookId,
      code.integrationId,
      code.digits,
      code.generation,
      code.wishedFrom,
      code.validFrom,
      code.validTo,
      code.keepUntil,
      code.isWanted,
      code.told ?? null,
      code.isDescribed,
      now,
    ],
  });
}

/** Says which locks should hold a code now; what is known of them stays as it is. */
export async function wishLocks(
  tx: Queries,
  key: CodeKey,
  lockIds: readonly string[],
): Promise<void> {
  await tx.execute({
    name: "code-locks-wish",
    text: `update access_code_lock set is_wanted = lock_id = any ($3::text[]), ladder_step = 0
      where workspace_id = $1 and access_code_id = $2`,
    values: [key.workspaceId, key.id, lockIds],
  });
}

/** Stores what is known of one lock: a new row, or the known one changed in all but its wish. */
export async function saveLock(tx: Queries, key: CodeKey, lock: CodeLock): Promise<void> {
  await tx.execute({
    name: "code-lock-save",
    text: `insert into access_code_lock (workspace_id, access_code_id, lock_id, delivery_id, is_wanted, state, gateway,
        placed, offline_digits, leftovers, pending, ladder_step, alarmed_for, lock_name)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
      on conflict (workspace_id, access_code_id, lock_id) do update set
        state = excluded.state, gateway = excluded.gateway, placed = excluded.placed,
        offline_digits = excluded.offline_digits, leftovers = excluded.leftovers, pending = excluded.pending,
        ladder_step = excluded.ladder_step, alarmed_for = excluded.alarmed_for,
        lock_name = excluded.lock_name`,
    values: [
      key.workspaceId,
      key.id,
      lock.lockId,
      lock.deliveryId,
      lock.isWanted,
      lock.state,
      lock.gateway ?? null,
      lock.placed ? JSON.stringify(lock.placed) : null,
      lock.offlineDigits ?? null,
      JSON.stringify(lock.leftovers),
      lock.pending ? JSON.stringify(lock.pending) : null,
      lock.ladderStep,
      lock.alarmedFor ?? null,
      lock.lockName ?? null,
    ],
  });
}

/** Codes of ours that are over and still take room on a lock. */
export async function findExpiredOnLock(
  database: Queries,
  at: {
    readonly workspaceId: string;
    readonly integrationId: string;
    readonly lockId: string;
    readonly now: number;
  },
): Promise<readonly string[]> {
  const rows = await database.query<{ id: string }>({
    text: `select c.id from access_code c join access_code_lock l on l.workspace_id = c.workspace_id and l.access_code_id = c.id
      where l.workspace_id = $1 and c.integration_id = $2 and l.lock_id = $3 and c.valid_to < $4 and l.placed is not null`,
    values: [at.workspaceId, at.integrationId, at.lockId, at.now],
  });
  return rows.map((row) => row.id);
}

/** What a code's texts need of its booking. */
export async function bookingOfCode(
  database: Queries,
  code: AccessCode,
): Promise<Booking | undefined> {
  const rows = await database.query<{ snapshot: Booking }>({
    name: "code-booking",
    text: "select snapshot from booking where workspace_id = $1 and id = $2",
    values: [code.workspaceId, code.bookingId],
  });
  return rows[0]?.snapshot;
}

function toCode(workspaceId: string, row: CodeRow): AccessCode {
  return {
    workspaceId,
    id: row.id,
    bookingId: row.booking_id,
    hookId: row.hook_id,
    integrationId: row.integration_id,
    digits: row.digits,
    generation: row.generation,
    wishedFrom: row.wished_from,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    keepUntil: row.keep_until,
    isWanted: row.is_wanted,
    told: row.told ?? undefined,
    isDescribed: row.is_described,
  };
}

function toLock(row: LockRow): CodeLock {
  return {
    lockId: row.lock_id,
    deliveryId: row.delivery_id,
    isWanted: row.is_wanted,
    state: row.state,
    gateway: row.gateway ?? undefined,
    lockName: row.lock_name ?? undefined,
    placed: row.placed ?? undefined,
    offlineDigits: row.offline_digits ?? undefined,
    leftovers: row.leftovers,
    pending: row.pending ?? undefined,
    ladderStep: row.ladder_step,
    alarmedFor: row.alarmed_for ?? undefined,
  };
}
