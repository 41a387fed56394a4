import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import { joinEmbedded, openEmbedded, type Embedded, type EmbeddedOptions } from "./embedded.ts";
import { makeTurns } from "../turns.ts";
import type { Log } from "./log.ts";
import { types } from "./types.ts";

export type DatabaseConfig = { readonly url: string } | EmbeddedConfig;

export interface EmbeddedConfig {
  readonly embedded: EmbeddedOptions;
  /** For a command beside a running server: uses that server instead of refusing. */
  readonly orJoin?: boolean;
}

export interface DatabaseOptions {
  /** Connections at most; default 10. */
  readonly maxConnections?: number;
  readonly log?: Log;
}

/** `name` makes it a prepared statement: parsed once per connection. One name stands for one text. */
export interface Statement {
  readonly name?: string;
  readonly text: string;
  readonly values?: readonly unknown[];
}

export interface Queries {
  /** Runs one statement and gives its rows. The caller vouches for `Row`; `bigint` columns are numbers. */
  query<Row extends object = Record<string, unknown>>(
    statement: string | Statement,
    values?: readonly unknown[],
  ): Promise<Row[]>;
  /**
   * Runs one statement whose rows nobody needs. In a transaction it is sent and not waited for: should it fail, the
   * transaction fails, and what was queried meanwhile with it.
   */
  execute(statement: string | Statement, values?: readonly unknown[]): Promise<void>;
}

/** One open transaction; of no use after the work it was handed to. */
export type Transaction = Queries;

/**
 * The pool outlives a restart of the server: what runs at that moment fails with an error that `isDatabaseAway`
 * knows, and the next query connects anew.
 */
export interface Database extends Queries, AsyncDisposable {
  readonly pool: pg.Pool;
  /** Over the same pool. `kysely.$extendTables<{ ... }>()` types it. */
  readonly kysely: Kysely<object>;
  /**
   * Commits what `work` did, or rolls it back when `work` throws. When it fails with `isDatabaseAway`, the commit
   * may have happened: run it again only if it is safe to run twice.
   */
  transact<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result>;
}

/** Opens the pool, and for `embedded` the server below it, which stops when the database is disposed. */
export async function openDatabase(
  config: DatabaseConfig,
  options: DatabaseOptions = {},
): Promise<Database> {
  await using opened = new AsyncDisposableStack();
  const connection =
    "url" in config
      ? { connectionString: config.url }
      : opened.use(await openServer(config, options)).connection;
  const pool = makePool(connection, options);
  const turns = makeTurns(Math.max(1, poolSize(options) - SPARE_CONNECTIONS));
  opened.defer(() => pool.end());
  await pool.query("SELECT 1");
  const owned = opened.move();
  return {
    pool,
    kysely: new Kysely({ dialect: new PostgresDialect({ pool }) }),
    query: (statement, values) => run(pool, statement, values),
    execute: async (statement, values) => void (await run(pool, statement, values)),
    transact: (work) => turns(() => transact(pool, work)),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

async function openServer(config: EmbeddedConfig, { log }: DatabaseOptions): Promise<Embedded> {
  const joined = config.orJoin === true ? await joinEmbedded(config.embedded.dataDir) : undefined;
  return joined ?? (await openEmbedded({ ...(log ? { log } : {}), ...config.embedded }));
}

/** Kept free of transactions, so that one which asks the pool for something is always answered. */
const SPARE_CONNECTIONS = 2;

function poolSize({ maxConnections = 10 }: DatabaseOptions): number {
  return maxConnections;
}

function makePool(connection: pg.PoolConfig, options: DatabaseOptions): pg.Pool {
  const pool = new pg.Pool({
    ...connection,
    types,
    max: poolSize(options),
    application_name: "concierge",
    connectionTimeoutMillis: 5000,
    statement_timeout: 30_000,
    idle_in_transaction_session_timeout: 60_000,
    keepAlive: true,
  });
  // A connection that breaks emits an error even while lent; unheard, it would end our process.
  pool.on("connect", (client) => client.on("error", () => undefined));
  pool.on("error", () =>
    options.log?.warn("a database connection was lost; the next query connects anew"),
  );
  return pool;
}

async function run<Row>(
  on: pg.Pool | pg.PoolClient,
  statement: string | Statement,
  values?: readonly unknown[],
): Promise<Row[]> {
  const { values: own, ...rest } = typeof statement === "string" ? { text: statement } : statement;
  const given = values ?? own;
  const result = await on.query({ ...rest, ...(given ? { values: [...given] } : {}) });
  return result.rows as Row[];
}

async function transact<Result>(
  pool: pg.Pool,
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  let broken = true;
  try {
    const result = await commit(client, work);
    broken = false;
    return result;
  } catch (error) {
    broken = await client.query("ROLLBACK").then(
      () => false,
      () => true,
    );
    throw error;
  } finally {
    Object.assign(client, { pipeline: false });
    client.release(broken);
  }
}

/** Statements follow each other without waiting for answers, except where a caller waits for rows. */
async function commit<Result>(
  client: pg.PoolClient,
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  // Not for the whole pool: COPY needs a connection that answers one statement after another.
  Object.assign(client, { pipeline: true });
  const sent: Promise<unknown>[] = [];
  const gather = gatherer(client);
  const send = (statement: string | Statement, values?: readonly unknown[]): void => {
    gather();
    const answer = run(client, statement, values);
    answer.catch(() => undefined);
    sent.push(answer);
  };
  send("BEGIN");
  try {
    const result = await work({
      query: (statement, values) => {
        gather();
        return run(client, statement, values);
      },
      execute: (statement, values) => Promise.resolve(send(statement, values)),
    });
    await Promise.all(sent);
    await client.query("COMMIT");
    return result;
  } catch (error) {
    // What failed first is the cause; what came after it only says that the transaction is aborted.
    await Promise.all(sent);
    throw error;
  }
}

/** What is sent in one turn leaves in one packet: a packet costs more than a statement. */
function gatherer({ connection }: pg.PoolClient): () => void {
  let isGathering = false;
  return () => {
    if (isGathering) return;
    isGathering = true;
    connection.stream.cork();
    // Runs when every step that waits for nothing has been taken.
    process.nextTick(() => {
      isGathering = false;
      connection.stream.uncork();
    });
  };
}
