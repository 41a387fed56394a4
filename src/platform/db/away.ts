/**
 * Whether an error says that the database is away or takes no work now (stopped, restarting, unreachable, no
 * connections or disk left). The statement may or may not have been done: its commit is uncertain, and the caller
 * answers 503 or tries again later. A fault of the statement itself (a violated constraint, a timeout) is not this.
 */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (awayCodes.has(code) || awayClasses.some((one) => isSqlState(code) && code.startsWith(one)))
    return true;
  if (awayMessages.some((message) => error.message.startsWith(message))) return true;
  const inner = error instanceof AggregateError ? error.errors : [error.cause];
  return inner.some((one) => isDatabaseAway(one));
}

const isSqlState = (code: string): boolean => /^[0-9A-Z]{5}$/.test(code);

/** 08 connection exception, 53 insufficient resources: https://www.postgresql.org/docs/18/errcodes-appendix.html */
const awayClasses = ["08", "53"];

const awayCodes = new Set([
  "57P01", // admin_shutdown
  "57P02", // crash_shutdown
  "57P03", // cannot_connect_now
  "25006", // read_only_sql_transaction: a standby before its promotion
  "ECONNREFUSED",
  "ECONNRESET",
  "ECONNABORTED",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ENOENT", // the server's socket is not there
]);

/** Errors that `pg` and `pg-pool` make without a code. */
const awayMessages = [
  "Connection terminated",
  "timeout exceeded when trying to connect",
  "Client has encountered a connection error",
  "Client was closed and is not queryable",
  "Cannot use a pool after calling end on the pool",
];
