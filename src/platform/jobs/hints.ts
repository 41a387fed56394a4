import type pg from "pg";
import type { Database } from "../db/database.ts";

/** Tells other nodes that there is work, and hears them. A lost hint costs a poll interval, nothing more. */
export interface Hints extends AsyncDisposable {
  /** Batched, and never inside the transaction that planned the work: PostgreSQL serialises commits that notify. */
  send(): void;
}

const CHANNEL = "concierge_work";
const SEND_EVERY_MS = 50;
const RECONNECT_MS = 1_000;

/** Keeps one connection of the pool listening, and takes another when it is lost. */
export function openHints(database: Database, onHint: () => void): Hints {
  let client: pg.PoolClient | undefined;
  let isClosed = false;
  let sending: NodeJS.Timeout | undefined;
  let reconnecting: NodeJS.Timeout | undefined;

  const lose = (): void => {
    client?.release(true);
    client = undefined;
    if (!isClosed) reconnecting = setTimeout(() => void listen(), RECONNECT_MS);
  };
  const listen = async (): Promise<void> => {
    try {
      client = await database.pool.connect();
      client.once("error", lose);
      client.on("notification", onHint);
      await client.query(`listen ${CHANNEL}`);
      onHint();
    } catch {
      lose();
    }
  };
  void listen();
  return {
    send: () => {
      sending ??= setTimeout(() => {
        sending = undefined;
        database.query(`select pg_notify('${CHANNEL}', '')`).catch(() => undefined);
      }, SEND_EVERY_MS);
    },
    async [Symbol.asyncDispose]() {
      isClosed = true;
      clearTimeout(sending);
      clearTimeout(reconnecting);
      client?.release(true);
      await Promise.resolve();
    },
  };
}
