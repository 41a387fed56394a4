import { open, readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { once } from "node:events";
import { user } from "./cluster.ts";
import type { Home } from "./home.ts";

/** What a client needs. `host` is a folder when the server has a socket. */
export interface Connection {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  readonly password?: string;
}

export interface Reach extends AsyncDisposable {
  readonly connection: Connection;
}

/**
 * How clients reach the server of a home. A socket's path may have 107 bytes; a longer one is reached through our own
 * open folder in `/proc`, which stays the same when the server restarts and needs no right over its process.
 */
export async function openReach(home: Home, port: number): Promise<Reach> {
  const password = await readFile(home.passwordFile, "utf8").catch(() => undefined);
  const base = { port, user, database: "postgres" };
  if (password !== undefined) {
    return {
      connection: { ...base, host: "127.0.0.1", password },
      [Symbol.asyncDispose]: async () => undefined,
    };
  }
  const socket = `${home.cluster}/.s.PGSQL.${port}`;
  if (Buffer.byteLength(socket) <= maxSocketPathBytes) {
    return {
      connection: { ...base, host: home.cluster },
      [Symbol.asyncDispose]: async () => undefined,
    };
  }
  const folder = await open(home.cluster, "r");
  const host = `/proc/${process.pid}/fd/${folder.fd}`;
  return { connection: { ...base, host }, [Symbol.asyncDispose]: () => folder.close() };
}

/** The same for a program that takes a URL (`DATABASE_URL`), which works while the server's owner runs. */
export function toUrl(connection: Connection, database = connection.database): string {
  const url = new URL(`postgresql://${connection.user}@localhost:${connection.port}/${database}`);
  if (connection.password !== undefined) url.password = connection.password;
  if (connection.host.startsWith("/")) url.searchParams.set("host", connection.host);
  else url.hostname = connection.host;
  return url.href;
}

export async function findFreePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address ? address.port : 0;
}

export const socketPort = 5432;

/** `sun_path` of unix(7) without its closing zero. */
const maxSocketPathBytes = 107;
