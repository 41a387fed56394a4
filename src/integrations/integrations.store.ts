import type { Text } from "#domain/text.ts";
import type { Queries } from "#platform/db/database.ts";
import type { Integration, IntegrationStatus, TextRecord } from "./integration.ts";

export interface IntegrationRow {
  readonly id: string;
  readonly provider: string;
  readonly settings: TextRecord;
  readonly secrets: Buffer;
  readonly memory: Buffer | null;
  readonly status: IntegrationStatus;
  readonly breaker: unknown;
  readonly last_ok_at: number | null;
  readonly last_error_at: number | null;
  readonly last_error: Text | null;
}

export interface NewIntegration {
  readonly workspaceId: string;
  readonly id: string;
  readonly provider: string;
  readonly fingerprint: string;
  readonly settings: TextRecord;
  readonly secrets: Uint8Array;
  readonly now: number;
}

/** Keeps an account once: the id of the one that is there already, or of the new one. */
export async function keepIntegration(tx: Queries, wanted: NewIntegration): Promise<string> {
  const rows = await tx.query<{ id: string }>({
    name: "integration-keep",
    text: `insert into integration (workspace_id, id, provider, fingerprint, settings, secrets, status, created_at)
      values ($1, $2, $3, $4, $5, $6, 'active', $7)
      on conflict (workspace_id, provider, fingerprint) do update set provider = excluded.provider
      returning id`,
    values: [
      wanted.workspaceId,
      wanted.id,
      wanted.provider,
      wanted.fingerprint,
      JSON.stringify(wanted.settings),
      wanted.secrets,
      wanted.now,
    ],
  });
  return rows[0]?.id ?? wanted.id;
}

const COLUMNS =
  "id, provider, settings, secrets, memory, status, breaker, last_ok_at, last_error_at, last_error";

export async function findIntegration(
  database: Queries,
  workspaceId: string,
  id: string,
): Promise<IntegrationRow | undefined> {
  const rows = await database.query<IntegrationRow>({
    name: "integration-find",
    text: `select ${COLUMNS} from integration where workspace_id = $1 and id = $2`,
    values: [workspaceId, id],
  });
  return rows[0];
}

export async function listIntegrations(
  database: Queries,
  workspaceId: string,
): Promise<readonly Integration[]> {
  const rows = await database.query<IntegrationRow>({
    text: `select ${COLUMNS} from integration where workspace_id = $1 order by created_at, id`,
    values: [workspaceId],
  });
  return rows.map((row) => toIntegration(workspaceId, row));
}

export async function readMemory(
  database: Queries,
  workspaceId: string,
  id: string,
): Promise<Buffer | undefined> {
  const rows = await database.query<{ memory: Buffer | null }>({
    name: "integration-memory",
    text: "select memory from integration where workspace_id = $1 and id = $2",
    values: [workspaceId, id],
  });
  return rows[0]?.memory ?? undefined;
}

export async function writeMemory(
  database: Queries,
  row: { workspaceId: string; id: string; memory: Uint8Array },
): Promise<void> {
  await database.query({
    name: "integration-remember",
    text: "update integration set memory = $3 where workspace_id = $1 and id = $2",
    values: [row.workspaceId, row.id, row.memory],
  });
}

export interface Health {
  readonly breaker: unknown;
  readonly status: IntegrationStatus;
  readonly okAt?: number | undefined;
  readonly errorAt?: number | undefined;
  readonly error?: Text | undefined;
}

/** Stores what the last call told of the account. A human's pause is never overwritten. */
export async function storeHealth(
  tx: Queries,
  row: { workspaceId: string; id: string },
  health: Health,
): Promise<void> {
  await tx.query({
    name: "integration-health",
    text: `update integration set breaker = $3, status = case when status = 'paused' then status else $4 end,
        last_ok_at = coalesce($5, last_ok_at), last_error_at = coalesce($6, last_error_at), last_error = coalesce($7, last_error)
      where workspace_id = $1 and id = $2`,
    values: [
      row.workspaceId,
      row.id,
      health.breaker === undefined ? null : JSON.stringify(health.breaker),
      health.status,
      health.okAt ?? null,
      health.errorAt ?? null,
      health.error ? JSON.stringify(health.error) : null,
    ],
  });
}

function toIntegration(workspaceId: string, row: IntegrationRow): Integration {
  return {
    workspaceId,
    id: row.id,
    provider: row.provider,
    settings: row.settings,
    status: row.status,
    lastOkAt: row.last_ok_at ?? undefined,
    lastErrorAt: row.last_error_at ?? undefined,
    lastError: row.last_error ?? undefined,
  };
}
