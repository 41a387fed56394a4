import { once } from "node:events";
import { stat, unlink } from "node:fs/promises";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseError } from "../errors.ts";

/**
 * Makes this process the one that runs the database of a data directory, until disposed. The system itself lets go
 * when we die, however that happens, so nothing stale is left and no process id is ever mistaken for another's.
 * Throws `data_dir_in_use`.
 */
export async function holdDataDir(dataDir: string): Promise<AsyncDisposable> {
  const name = await nameOf(dataDir);
  const server = (await tryListen(name)) ?? (await listenAfterDead(name));
  if (!server) throw inUse(dataDir, await findHolder(dataDir));
  return {
    async [Symbol.asyncDispose]() {
      server.close();
      await once(server, "close");
    },
  };
}

/** The process id of who holds a data directory now. */
export async function findHolder(dataDir: string): Promise<number | undefined> {
  const socket = connect(await nameOf(dataDir));
  socket.setTimeout(answerMs, () => socket.destroy(new Error("no answer")));
  try {
    const answer: unknown[] = await once(socket, "data");
    return Number(String(answer[0]));
  } catch {
    return undefined;
  } finally {
    socket.destroy();
  }
}

const answerMs = 1000;

/**
 * Linux has names of sockets outside the file system, Windows has pipes; both go with their process. Elsewhere it is
 * a file. By inode, so that a link to the folder is the same folder.
 */
async function nameOf(dataDir: string): Promise<string> {
  const { dev, ino } = await stat(dataDir, { bigint: true });
  const name = `concierge-${dev}-${ino}`;
  if (process.platform === "linux") return `\0${name}`;
  return process.platform === "win32" ? `\\\\.\\pipe\\${name}` : join(tmpdir(), name);
}

async function tryListen(name: string): Promise<Server | undefined> {
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.end(String(process.pid));
  });
  server.listen(name);
  server.unref();
  try {
    await once(server, "listening");
    return server;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EADDRINUSE") return undefined;
    throw error;
  }
}

/** Where the socket is a file, a killed holder leaves it behind. */
async function listenAfterDead(name: string): Promise<Server | undefined> {
  if (!name.startsWith("/")) return undefined;
  const socket = connect(name);
  const isAlive = await once(socket, "connect").then(
    () => true,
    () => false,
  );
  socket.destroy();
  if (isAlive) return undefined;
  await unlink(name);
  return await tryListen(name);
}

function inUse(dataDir: string, holder: number | undefined): DatabaseError {
  const by = holder ? `by process ${holder}` : "by another process";
  const message =
    `The data directory ${dataDir} is in use ${by}, a running Concierge. ` +
    "Stop that one first, or give this one another directory with --data.";
  return new DatabaseError("data_dir_in_use", message);
}
