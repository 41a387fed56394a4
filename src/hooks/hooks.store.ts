import type { Queries } from "#platform/db/database.ts";

export interface HookRow {
  readonly workspace_id: string;
  readonly id: string;
  readonly kind: string;
  readonly parameters: Buffer;
  readonly is_stored: boolean;
  readonly created_at: number;
}

export interface NewHook {
  readonly workspaceId: string;
  readonly id: string;
  readonly kind: string;
  readonly fingerprint: string;
  readonly parameters: Uint8Array;
  readonly isStored: boolean;
  readonly now: number;
}

const COLUMNS = "workspace_id, id, kind, parameters, is_stored, created_at";

/** Keeps a hook once: the id of the one with the same parameters, or of the new one. Storing one it had met is enough. */
export async function keepHook(tx: Queries, hook: NewHook): Promise<string> {
  const rows = await tx.query<{ id: string }>({
    name: "hook-keep",
    text: `insert into hook (workspace_id, id, kind, fingerprint, parameters, is_stored, created_at)
      values ($1, $2, $3, $4, $5, $6, $7)
      on conflict (workspace_id, fingerprint) do update set is_stored = hook.is_stored or excluded.is_stored,
        removed_at = case when excluded.is_stored then null else hook.removed_at end
      returning id`,
    values: [
      hook.workspaceId,
      hook.id,
      hook.kind,
      hook.fingerprint,
      hook.parameters,
      hook.isStored,
      hook.now,
    ],
  });
  return rows[0]?.id ?? hook.id;
}

export async function findHook(database: Queries, id: string): Promise<HookRow | undefined> {
  const rows = await database.query<HookRow>({
    name: "hook-find",
    text: `select ${COLUMNS} from hook where id = $1`,
    values: [id],
  });
  return rows[0];
}

/** A stored hook that was not removed: what its short URL answers to. */
export async function findStoredHook(database: Queries, id: string): Promise<HookRow | undefined> {
  const rows = await database.query<HookRow>({
    name: "hook-find-stored",
    text: `select ${COLUMNS} from hook where id = $1 and is_stored and removed_at is null`,
    values: [id],
  });
  return rows[0];
}

export async function listStoredHooks(
  database: Queries,
  workspaceId: string,
): Promise<readonly HookRow[]> {
  return await database.query<HookRow>({
    text: `select ${COLUMNS} from hook where workspace_id = $1 and is_stored and removed_at is null order by created_at, id`,
    values: [workspaceId],
  });
}

/** Whether there was such a hook. Its events and codes stay; its short URL stops answering. */
export async function removeHook(
  tx: Queries,
  hook: { workspaceId: string; id: string; now: number },
): Promise<boolean> {
  const rows = await tx.query({
    text: `update hook set removed_at = $3, is_stored = false where workspace_id = $1 and id = $2 and is_stored returning 1`,
    values: [hook.workspaceId, hook.id, hook.now],
  });
  return rows.length > 0;
}
