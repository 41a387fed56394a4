import type { Scope } from "#domain/scope.ts";
import type { Queries } from "#platform/db/database.ts";
import { isScope } from "./token.ts";

export interface Workspace {
  readonly id: string;
  readonly name: string;
  readonly now: number;
}

/** Makes the workspace unless it is there. Safe on several nodes at once. */
export async function ensureWorkspace(database: Queries, workspace: Workspace): Promise<void> {
  await database.query({
    text: "insert into workspace (id, name, created_at) values ($1, $2, $3) on conflict (id) do nothing",
    values: [workspace.id, workspace.name, workspace.now],
  });
}

export interface Token {
  readonly workspaceId: string;
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly createdAt: number;
}

export interface FoundToken extends Token {
  readonly hash: Buffer;
}

interface Row {
  readonly workspace_id: string;
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly created_at: number;
  readonly hash: Buffer;
}

const COLUMNS = "workspace_id, id, name, scopes, created_at, hash";

export async function createToken(database: Queries, token: FoundToken): Promise<void> {
  await database.query({
    text: `insert into api_token (${COLUMNS}) values ($1, $2, $3, $4, $5, $6)`,
    values: [
      token.workspaceId,
      token.id,
      token.name,
      [...token.scopes],
      token.createdAt,
      token.hash,
    ],
  });
}

export async function findToken(database: Queries, hash: Buffer): Promise<FoundToken | undefined> {
  const rows = await database.query<Row>({
    name: "token-find",
    text: `select ${COLUMNS} from api_token where hash = $1`,
    values: [hash],
  });
  return rows[0] && { ...toToken(rows[0]), hash: rows[0].hash };
}

/** Oldest first. */
export async function listTokens(
  database: Queries,
  workspaceId: string,
): Promise<readonly Token[]> {
  const rows = await database.query<Row>({
    text: `select ${COLUMNS} from api_token where workspace_id = $1 order by created_at, id`,
    values: [workspaceId],
  });
  return rows.map(toToken);
}

/** Whether there was such a token. It lets nobody in from then on. */
export async function removeToken(
  database: Queries,
  token: { readonly workspaceId: string; readonly id: string },
): Promise<boolean> {
  const rows = await database.query({
    text: "delete from api_token where workspace_id = $1 and id = $2 returning 1",
    values: [token.workspaceId, token.id],
  });
  return rows.length > 0;
}

/** A scope that a newer version gave and this one does not know opens nothing. */
function toToken(row: Row): Token {
  return {
    workspaceId: row.workspace_id,
    id: row.id,
    name: row.name,
    scopes: row.scopes.filter(isScope),
    createdAt: row.created_at,
  };
}
