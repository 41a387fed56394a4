import type pg from "pg";
import type { Database } from "./database.ts";

/**
 * Lends one connection for long work: no statement timeout. It is closed afterwards, not given back, so nothing set
 * on it (locks, settings) outlives the work.
 */
export async function withSession<Result>(
  database: Pick<Database, "pool">,
  work: (client: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await database.pool.connect();
  try {
    await client.query("SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0");
    return await work(client);
  } finally {
    client.release(true);
  }
}

/**
 * All or nothing on a session's connection. When `work` throws, closing the session rolls back: a COPY that broke off
 * leaves the connection unable to take a ROLLBACK.
 */
export async function inTransaction<Result>(
  client: pg.PoolClient,
  begin: "BEGIN" | "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
  work: () => Promise<Result>,
): Promise<Result> {
  await client.query(begin);
  const result = await work();
  await client.query("COMMIT");
  return result;
}
