import { once } from "node:events";
import { parseArgs } from "node:util";
import { failureText } from "#cli/failure-text.ts";
import { makeTerminal, type Terminal } from "#cli/terminal.ts";
import { calm, fast } from "./demo/pace.ts";
import { perform } from "./demo/play.ts";
import { openDemoServer } from "./demo/server.ts";
import { environmentOf, openStudio } from "./demo/studio.ts";

const usage = `npm run demo -- [--port N] [--data DIR] [--once] [--fast]
  --port  3000 unless told otherwise; 0 takes a free one
  --data  a folder that keeps the demo's data; without it they are gone at the end
  --once  plays the stories and ends
  --fast  plays them without pauses`;

interface Flags {
  readonly port: number;
  readonly data: string | undefined;
  readonly isOnce: boolean;
  readonly isFast: boolean;
}

const terminal = makeTerminal({
  environment: process.env,
  out: process.stdout,
  err: process.stderr,
});
const stop = new AbortController();
// A second Ctrl-C, or npm passing the first one on, must not leave the database running.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => stop.abort());
const flags = readFlags(process.argv.slice(2));
if (flags) process.exitCode = await run(flags).catch(fail);
else {
  terminal.print(usage);
  process.exitCode = process.argv.includes("--help") ? 0 : 2;
}

function readFlags(words: readonly string[]): Flags | undefined {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: {
        port: { type: "string", default: "3000" },
        data: { type: "string" },
        once: { type: "boolean", default: false },
        fast: { type: "boolean", default: false },
      },
    });
    const port = /^\d{1,5}$/.test(values.port) ? Number(values.port) : Number.NaN;
    if (!(port <= 65_535)) return undefined;
    return { port, data: values.data, isOnce: values.once, isFast: values.fast };
  } catch {
    return undefined;
  }
}

async function run({ port, data, isOnce, isFast }: Flags): Promise<number> {
  const pace = isFast ? fast : calm;
  await using studio = await openStudio(pace);
  const environment = { ...environmentOf(studio), CONCIERGE_RETRY_DELAYS: pace.retryDelays };
  await using server = await terminal.during(
    { en: "The server and its database are starting,", ru: "Сервер и база данных запускаются," },
    () => openDemoServer({ port, dataDir: data, environment }),
  );
  const { signal } = stop;
  await perform({ studio, terminal, pace, url: server.url, signal });
  if (!isOnce) await stay(terminal, signal);
  return 0;
}

/** The page stays open until somebody ends the demo. */
async function stay(terminal: Terminal, signal: AbortSignal): Promise<void> {
  terminal.say("told", {
    en: "The pages stay open. End the demo with Ctrl-C.",
    ru: "Страницы остаются открытыми. Завершить демонстрацию: Ctrl-C.",
  });
  if (!signal.aborted) await once(signal, "abort");
}

function fail(error: unknown): number {
  if (stop.signal.aborted) return 0;
  terminal.note("bad", failureText(error));
  return 1;
}
