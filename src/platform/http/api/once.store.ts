import type { Queries } from "#platform/db/database.ts";

export interface OnceKey {
  readonly workspaceId: string;
  readonly key: string;
}

export interface AnsweredRequest {
  readonly fingerprint: string;
  readonly status: number;
  readonly answer: string | null;
}

/**
 * Takes a key for the request of this transaction. The answer that is known already when another request had it; a
 * request with the same key that is still running is waited for.
 */
export async function claimRequest(
  tx: Queries,
  key: OnceKey,
  claim: { readonly fingerprint: string; readonly status: number; readonly now: number },
): Promise<AnsweredRequest | undefined> {
  const values = [key.workspaceId, key.key];
  const claimed = await tx.query({
    name: "request-claim",
    text: `insert into answered_request (workspace_id, key, fingerprint, status, created_at) values ($1, $2, $3, $4, $5)
      on conflict do nothing returning 1`,
    values: [...values, claim.fingerprint, claim.status, claim.now],
  });
  if (claimed.length > 0) return undefined;
  const rows = await tx.query<AnsweredRequest>({
    name: "request-answered",
    text: "select fingerprint, status, answer from answered_request where workspace_id = $1 and key = $2",
    values,
  });
  return rows[0];
}

/** Keeps the answer of a claimed request, in the transaction that did its work. */
export async function keepAnswer(
  tx: Queries,
  key: OnceKey,
  answer: string | undefined,
): Promise<void> {
  await tx.query({
    name: "request-keep",
    text: "update answered_request set answer = $3 where workspace_id = $1 and key = $2",
    values: [key.workspaceId, key.key, answer ?? null],
  });
}

/** Forgets answers that were given before an instant. */
export async function pruneAnswers(database: Queries, before: number): Promise<void> {
  await database.query("delete from answered_request where created_at < $1", [before]);
}
