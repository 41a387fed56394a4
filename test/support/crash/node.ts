import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** One process of the server. */
export interface Node {
  readonly url: string;
  /** How long it took from being started until it was ready. */
  readonly startedInMs: number;
  kill(): Promise<void>;
  /** Asks it to end in good order; gives the exit code. */
  stop(): Promise<number | null>;
}

export interface NodeOptions {
  readonly environment: Readonly<Record<string, string>>;
  /** Lines that it wrote. */
  readonly lines: string[];
}

const program = fileURLToPath(new URL("../../../src/main.ts", import.meta.url));
const clockAhead = new URL("clock-ahead.ts", import.meta.url).href;
const keptLines = 20_000;

/** Starts the program and waits until it says that it is ready. Throws with its last words when it ends before. */
export async function startNode({ environment, lines }: NodeOptions): Promise<Node> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, ["--import", clockAhead, program, "start"], {
    env: { PATH: process.env["PATH"], ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const gone = once(child, "exit");
  // A test run that is ended takes its servers with it.
  const endToo = (): boolean => child.kill("SIGKILL");
  process.once("exit", endToo);
  void gone.then(() => process.off("exit", endToo));
  const ready = new Promise<string>((resolve) => {
    for (const stream of [child.stdout, child.stderr])
      createInterface({ input: stream }).on("line", (line) => {
        if (lines.length < keptLines) lines.push(line);
        const [, url] = /^Concierge is ready at (\S+)/.exec(line) ?? [];
        if (url !== undefined) resolve(url);
      });
  });
  const failed = gone.then(() => {
    throw new Error(`The server ended while it started. Last words: ${lines.slice(-8).join("\n")}`);
  });
  failed.catch(() => undefined);
  return {
    url: await Promise.race([ready, failed]),
    startedInMs: performance.now() - startedAt,
    kill: () => end(child, "SIGKILL", gone).then(() => undefined),
    stop: () => end(child, "SIGTERM", gone),
  };
}

async function end(
  child: ChildProcess,
  signal: NodeJS.Signals,
  gone: Promise<unknown[]>,
): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) child.kill(signal);
  await gone;
  return child.exitCode;
}
