import { existsSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { ensureCluster } from "./embedded/cluster.ts";
import { findHolder, holdDataDir } from "./embedded/hold.ts";
import { makeDataDir, makeHome, programsOf, type Home } from "./embedded/home.ts";
import { readPostmasterFile } from "./embedded/postmaster-file.ts";
import {
  startPostmaster,
  stopOrphan,
  stopPostmaster,
  type Launch,
  type Postmaster,
} from "./embedded/postmaster.ts";
import { findFreePort, openReach, socketPort, type Connection } from "./embedded/reach.ts";
import { settingsOf, type Listening } from "./embedded/settings.ts";
import type { Log } from "./log.ts";

export { toUrl, type Connection } from "./embedded/reach.ts";

export interface EmbeddedOptions {
  /** Made when it is not there. */
  readonly dataDir: string;
  readonly log?: Log;
  /** Default: a socket on Linux, loopback with a generated password elsewhere. Fixed when the data are first made. */
  readonly listen?: "socket" | "loopback";
  /** Settings of the server beside our own, such as `max_connections`. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** A PostgreSQL server below us. Disposing stops it with everything on disk. */
export interface Embedded extends AsyncDisposable {
  /** Stays the same when the server restarts. */
  readonly connection: Connection;
  /** Of the server that runs now: another one after it was restarted. */
  readonly postmasterPid: number;
  readonly dataDir: string;
}

/**
 * Starts the server of a data directory, and starts it again whenever it dies, until disposed. A server that a killed
 * process of ours has left behind is stopped first. Works under root, in which case the server runs as another user.
 * Throws `data_dir_in_use`, `data_dir_unusable`, `embedded_missing`, `embedded_start_failed`.
 */
export async function openEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  await using opened = new AsyncDisposableStack();
  const dataDir = await makeDataDir(options.dataDir);
  opened.use(await holdDataDir(dataDir));
  const home = await makeHome(dataDir);
  const programs = await programsOf(home);
  await ensureCluster(
    home,
    programs,
    options.listen ?? (process.platform === "linux" ? "socket" : "loopback"),
  );
  const listening = await chooseListening(home);
  const launch = { home, programs, settings: settingsOf(listening, options.settings ?? {}) };
  const orphan = await stopOrphan(launch);
  if (orphan)
    options.log?.info("stopped the database server that a killed process had left running");
  const reach = opened.use(
    await openReach(home, listening.by === "socket" ? socketPort : listening.port),
  );
  const server = opened.use(await keepRunning(launch, options.log));
  const owned = opened.move();
  return {
    connection: reach.connection,
    dataDir,
    get postmasterPid() {
      return server.pid();
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/**
 * The server of a data directory that another process of ours runs now, for short work beside it (a command in the
 * terminal). Nothing when nobody runs it: then `openEmbedded` is the way. Disposing leaves the server alone.
 */
export async function joinEmbedded(wanted: string): Promise<Embedded | undefined> {
  if (!existsSync(wanted)) return undefined;
  const dataDir = await makeDataDir(wanted);
  if ((await findHolder(dataDir)) === undefined) return undefined;
  const home = await makeHome(dataDir);
  const file = await readPostmasterFile(home.cluster);
  if (!file) return undefined;
  const reach = await openReach(home, file.port);
  return {
    connection: reach.connection,
    dataDir,
    postmasterPid: file.pid,
    [Symbol.asyncDispose]: () => reach[Symbol.asyncDispose](),
  };
}

async function chooseListening(home: Home): Promise<Listening> {
  return existsSync(home.passwordFile)
    ? { by: "loopback", port: await findFreePort() }
    : { by: "socket" };
}

interface Running extends AsyncDisposable {
  readonly pid: () => number;
}

/** Watches the server and starts it again when it goes without having been told to. */
async function keepRunning(launch: Launch, log: Log | undefined): Promise<Running> {
  const stopping = new AbortController();
  let server = await startSoon(launch, { withinMs: firstStartMs });
  const watch = async (): Promise<void> => {
    for (;;) {
      await server.gone;
      if (stopping.signal.aborted) return;
      log?.warn("the database server died; starting it again");
      server = await startSoon(launch, { stop: stopping.signal, log });
      if (stopping.signal.aborted) await stopPostmaster(server.pid, launch);
      else log?.info("the database server runs again");
    }
  };
  const watching = watch().catch((error: unknown) => {
    if (!stopping.signal.aborted) throw error;
  });
  return {
    pid: () => server.pid,
    async [Symbol.asyncDispose]() {
      stopping.abort();
      if (server.isRunning()) await stopPostmaster(server.pid, launch);
      await watching;
    },
  };
}

interface Trying {
  readonly withinMs?: number;
  readonly stop?: AbortSignal;
  readonly log?: Log | undefined;
}

/**
 * Tries until the server runs: for a moment after a crash the dead server's children still hold its memory. Throws
 * when the time is over or when told to stop.
 */
async function startSoon(launch: Launch, trying: Trying): Promise<Postmaster> {
  const until = Date.now() + (trying.withinMs ?? Infinity);
  for (let pauseMs = 10; ; pauseMs = Math.min(pauseMs * 2, 2000)) {
    try {
      return await startPostmaster(launch);
    } catch (error) {
      if (Date.now() + pauseMs > until) throw error;
      if (error instanceof Error) trying.log?.warn(error.message);
    }
    await wait(pauseMs, undefined, trying.stop ? { signal: trying.stop } : {});
  }
}

const firstStartMs = 5000;
