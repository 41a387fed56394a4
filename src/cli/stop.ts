import { setTimeout as wait } from "node:timers/promises";
import type { Log } from "#platform/log/log.ts";

/** npm and the terminal both pass one Ctrl+C on to us: what comes within this time is the same one. */
const sameKeyMs = 1_000;

/**
 * Resolves at the first SIGTERM or SIGINT. A later SIGINT of somebody who won't wait ends the process at once, which
 * loses nothing: the next start finds all that was kept. An error that nobody caught is logged in one line and ends it.
 */
export function stopSignal(log: Log): Promise<void> {
  for (const event of ["uncaughtException", "unhandledRejection"] as const)
    process.on(event, (err: unknown) => {
      log.fatal({ err }, "an error that nobody caught: the server stops");
      process.exit(1);
    });
  return new Promise((resolve) => {
    let firstAt: number | undefined;
    const stop = (signal: NodeJS.Signals): void => {
      firstAt ??= performance.now();
      if (signal === "SIGINT" && performance.now() - firstAt > sameKeyMs) process.exit(1);
      log.debug({ signal }, "stopping");
      resolve();
    };
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, stop);
  });
}

/** Closes it, and waits for that no longer than `ms`. */
export async function closeWithin(what: AsyncDisposable, ms: number): Promise<void> {
  const late = new AbortController();
  try {
    await Promise.race([
      what[Symbol.asyncDispose](),
      wait(ms, undefined, { signal: late.signal, ref: false }).catch(() => undefined),
    ]);
  } finally {
    late.abort();
  }
}
