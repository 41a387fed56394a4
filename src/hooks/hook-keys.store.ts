import { randomBytes } from "node:crypto";
import { HubError } from "#domain/error.ts";
import type { Vault } from "#domain/vault.ts";
import type { Database, Queries } from "#platform/db/database.ts";
import { makeId } from "#platform/uuid.ts";
import type { HookKey } from "./hook-keys.ts";

export interface HookKeyNeeds {
  readonly database: Database;
  readonly vault: Vault;
  readonly now: () => number;
  /** `CONCIERGE_HOOK_KEY` and the workspace that it is for: always valid, and the one to be used. */
  readonly fixed?: HookKey | undefined;
}

export interface KnownHookKey extends HookKey {
  /** `environment` for the one that is set there. */
  readonly id: string;
  readonly createdAt: number | undefined;
  /** Until then it lets callers in; absent: until it is rotated. */
  readonly retiresAt: number | undefined;
  /** The one to put into URLs. */
  readonly isCurrent: boolean;
}

/** What a URL with the old key has left to be replaced everywhere. */
export const keyOverlapMs = 86_400_000;

const SEALED_AS = "hook-key";
const FIXED_ID = "environment";
const keyBytes = 24;

class HookKeyFixed extends HubError {
  override readonly name = "HookKeyFixed";
}

interface Row {
  readonly workspace_id: string;
  readonly id: string;
  readonly sealed: Buffer;
  readonly created_at: number;
  readonly retires_at: number | null;
}

/** The workspace's current key; made now if it has none. Safe on several nodes at once. */
export async function ensureHookKey(needs: HookKeyNeeds, workspaceId: string): Promise<string> {
  if (needs.fixed?.workspaceId === workspaceId) return needs.fixed.key;
  return await needs.database.transact(async (tx) => {
    await lockKeys(tx, workspaceId);
    const rows = await tx.query<Row>({ text: OPEN_KEYS, values: [workspaceId] });
    const newest = rows[0];
    return newest
      ? needs.vault.open(newest.sealed, SEALED_AS)
      : await addKey(needs, tx, workspaceId);
  });
}

/** Every key that lets callers in now, of all workspaces: the current one of each first. */
export async function listHookKeys(needs: HookKeyNeeds): Promise<readonly KnownHookKey[]> {
  const rows = await needs.database.query<Row>({
    text: `select workspace_id, id, sealed, created_at, retires_at from hook_key
      where retires_at is null or retires_at > $1
      order by workspace_id, retires_at desc nulls first, created_at desc, id desc`,
    values: [needs.now()],
  });
  const { fixed } = needs;
  const first = fixed ? [toFixed(fixed)] : [];
  const current = new Set(first.map((one) => one.workspaceId));
  const stored = rows.map((row) => {
    const isCurrent = row.retires_at === null && !current.has(row.workspace_id);
    if (isCurrent) current.add(row.workspace_id);
    return toKnown(needs.vault, row, isCurrent);
  });
  return [...first, ...stored];
}

/**
 * Makes a new current key and gives it; the old ones stay valid for `overlapMs`. Throws `hook_key_fixed` when the
 * environment sets the key.
 */
export async function rotateHookKey(
  needs: HookKeyNeeds,
  workspaceId: string,
  overlapMs: number = keyOverlapMs,
): Promise<string> {
  if (needs.fixed?.workspaceId === workspaceId) throw fixedKey();
  return await needs.database.transact(async (tx) => {
    await lockKeys(tx, workspaceId);
    await tx.query({
      text: "update hook_key set retires_at = $2 where workspace_id = $1 and retires_at is null",
      values: [workspaceId, needs.now() + overlapMs],
    });
    return await addKey(needs, tx, workspaceId);
  });
}

/** Ends a key at once; whether there was such a one. */
export async function retireHookKey(
  needs: HookKeyNeeds,
  key: { readonly workspaceId: string; readonly id: string },
): Promise<boolean> {
  if (key.id === FIXED_ID) throw fixedKey();
  const rows = await needs.database.query({
    text: `update hook_key set retires_at = $3
      where workspace_id = $1 and id = $2 and (retires_at is null or retires_at > $3) returning 1`,
    values: [key.workspaceId, key.id, needs.now()],
  });
  return rows.length > 0;
}

const OPEN_KEYS = `select sealed from hook_key where workspace_id = $1 and retires_at is null
  order by created_at desc, id desc limit 1`;

/** Two nodes that start or rotate at the same moment go one after the other. */
async function lockKeys(tx: Queries, workspaceId: string): Promise<void> {
  await tx.query("select 1 from workspace where id = $1 for update", [workspaceId]);
}

async function addKey(needs: HookKeyNeeds, tx: Queries, workspaceId: string): Promise<string> {
  const key = randomBytes(keyBytes).toString("base64url");
  const now = needs.now();
  await tx.query({
    text: "insert into hook_key (workspace_id, id, sealed, created_at) values ($1, $2, $3, $4)",
    values: [workspaceId, makeId(now), needs.vault.seal(key, SEALED_AS), now],
  });
  return key;
}

function toFixed(fixed: HookKey): KnownHookKey {
  return { ...fixed, id: FIXED_ID, createdAt: undefined, retiresAt: undefined, isCurrent: true };
}

function toKnown(vault: Vault, row: Row, isCurrent: boolean): KnownHookKey {
  return {
    workspaceId: row.workspace_id,
    id: row.id,
    key: vault.open(row.sealed, SEALED_AS),
    createdAt: row.created_at,
    retiresAt: row.retires_at ?? undefined,
    isCurrent,
  };
}

function fixedKey(): HookKeyFixed {
  const message =
    "The hook key is set by CONCIERGE_HOOK_KEY. Change it there and restart, or remove it from there to let the server keep its own.";
  return new HookKeyFixed("hook_key_fixed", message, { kind: "conflict" });
}
