import { execFile, spawn, type ChildProcess } from "node:child_process";
import { fchownSync } from "node:fs";
import { open, readFile, rename, rm, stat } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import { DatabaseError } from "../errors.ts";
import { cleanEnv, programIn } from "./cluster.ts";
import type { Home } from "./home.ts";
import { isAlive, pathOf, readPostmasterFile, whoIs } from "./postmaster-file.ts";

/** A running server that is a child of ours. */
export interface Postmaster {
  readonly pid: number;
  /** Resolves when it is gone, for whatever reason. */
  readonly gone: Promise<void>;
  readonly isRunning: () => boolean;
}

export interface Launch {
  readonly home: Home;
  readonly programs: string;
  readonly settings: Readonly<Record<string, string>>;
}

/** Starts the server and waits until it takes connections, also through a recovery. Throws `embedded_start_failed`. */
export async function startPostmaster(launch: Launch): Promise<Postmaster> {
  const child = await spawnPostgres(launch);
  const gone = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  while (isRunning(child)) {
    const file = await readPostmasterFile(launch.home.cluster);
    if (file?.isReady === true && file.pid === child.pid)
      return { pid: file.pid, gone, isRunning: () => isRunning(child) };
    await wait(pollMs);
  }
  const last = (await readFile(launch.home.logFile, "utf8"))
    .trim()
    .split("\n")
    .slice(-logLinesTold)
    .join(" | ");
  throw new DatabaseError(
    "embedded_start_failed",
    `The embedded PostgreSQL did not start. Its last words: ${last}`,
  );
}

/** Ends its connections, writes everything down and stops; when that takes too long, stops it the hard way. */
export async function stopPostmaster(pid: number, launch: Pick<Launch, "programs">): Promise<void> {
  for (const { signal, withinMs } of waysToStop) {
    await send(pid, signal, launch.programs);
    const until = Date.now() + withinMs;
    while (isAlive(pid) && Date.now() < until) await wait(pollMs);
    if (!isAlive(pid)) return;
  }
}

/** Stops what a killed process of ours has left running, so that the new one starts with its own settings. */
export async function stopOrphan({ home, programs }: Launch): Promise<number | undefined> {
  const file = await readPostmasterFile(home.cluster);
  if (!file || !isAlive(file.pid)) return undefined;
  const who = await whoIs(file.pid, home.cluster);
  if (who === "stranger") await rm(pathOf(home.cluster), { force: true });
  if (who !== "ours") return undefined;
  await stopPostmaster(file.pid, { programs });
  return file.pid;
}

const pollMs = 5;
const logLinesTold = 5;

/** Fast, immediate (the next start recovers), and the kernel's. https://www.postgresql.org/docs/18/server-shutdown.html */
const waysToStop = [
  { signal: "SIGINT", withinMs: 20_000 },
  { signal: "SIGQUIT", withinMs: 5000 },
  { signal: "SIGKILL", withinMs: 1000 },
] as const;

const isRunning = (child: ChildProcess): boolean =>
  child.pid !== undefined && child.exitCode === null && child.signalCode === null;

async function spawnPostgres({ home, programs, settings }: Launch): Promise<ChildProcess> {
  await turnLog(home.logFile);
  const log = await open(home.logFile, "a", 0o600);
  try {
    if (home.account) fchownSync(log.fd, home.account.uid, home.account.gid);
    const switches = Object.entries(settings).flatMap(([name, value]) => [
      "-c",
      `${name}=${value}`,
    ]);
    return spawn(programIn(programs, "postgres"), ["-D", home.cluster, ...switches], {
      cwd: home.cluster,
      env: cleanEnv(),
      // A group of its own, so that Ctrl+C reaches us alone and we stop it last.
      detached: true,
      stdio: ["ignore", log.fd, log.fd],
      ...home.account,
    });
  } finally {
    await log.close();
  }
}

/** Keeps the server's log and one before it small. */
async function turnLog(file: string): Promise<void> {
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  if (size > maxLogBytes) await rename(file, `${file}.1`);
}

const maxLogBytes = 4 * 1024 * 1024;

/** Windows has no signals: `pg_ctl kill` brings them to a PostgreSQL there. */
async function send(
  pid: number,
  signal: (typeof waysToStop)[number]["signal"],
  programs: string,
): Promise<void> {
  try {
    if (process.platform !== "win32" || signal === "SIGKILL") process.kill(pid, signal);
    else
      await promisify(execFile)(programIn(programs, "pg_ctl"), [
        "kill",
        signal.slice(3),
        String(pid),
      ]);
  } catch {
    // gone already; the caller looks
  }
}
