import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { z } from "zod";
import type { Database } from "#platform/db/database.ts";

export interface Child {
  readonly process: ChildProcess;
  readonly url: string;
  readonly postmasterPid: number;
}

const started = z.object({ url: z.string(), postmasterPid: z.number() });

export const childFile = fileURLToPath(new URL("embedded-child.ts", import.meta.url));

/** Another process that runs the server of a data directory, as the user named or as ours. */
export async function startChild(
  dataDir: string,
  as: { uid?: number; gid?: number } = {},
): Promise<Child> {
  const child = fork(childFile, [dataDir], { execArgv: [], ...as });
  const said: unknown[] = await once(child, "message");
  return { process: child, ...started.parse(said[0]) };
}

export async function stopChild(child: Child): Promise<void> {
  child.process.send("stop");
  const exit: unknown[] = await once(child.process, "exit");
  expect(exit[0]).toBe(0);
}

export async function killChild(child: Child): Promise<void> {
  child.process.kill("SIGKILL");
  await once(child.process, "exit");
}

export async function writeDown(database: Database, n: number): Promise<void> {
  await database.query("CREATE TABLE IF NOT EXISTS notes (n int)");
  await database.query("INSERT INTO notes VALUES ($1)", [n]);
}

export const readNotes = (database: Database): Promise<object[]> =>
  database.query("SELECT n FROM notes ORDER BY n");
