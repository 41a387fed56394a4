import { readdir, readFile, readlink } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { startProduct } from "./child.ts";
import type { Finding } from "./finding.ts";
import { environmentOf, makeFolder, type Extent } from "./world.ts";

const GOAL_MB = 150;
const GOAL_START_MS = 2_000;
const GOAL_NPM_MS = 5_000;
const PRODUCT = ["sh", "bin/concierge", "start"];

/** Memory of the idle server with its database, and how long it takes to start with data that are there already. */
export async function measureFootprint(extent: Extent): Promise<readonly Finding[]> {
  await using folder = await makeFolder();
  const environment = { ...environmentOf(folder.path), CONCIERGE_PORT: "0" };
  const first = await start(PRODUCT, environment);
  const again = await start(PRODUCT, environment, async (pid) => {
    await wait(extent.idleMs);
    return await memoryOf(pid);
  });
  const byNpm = await start(["npm", "start", "--silent"], environment);
  return [...memoryFindings(again.found), ...startFindings(first, again, byNpm)];
}

interface Started {
  readonly readyAfterMs: number;
  readonly found: Memory | undefined;
}

interface Memory {
  readonly ours: number;
  readonly database: number;
}

async function start(
  command: readonly string[],
  environment: Readonly<Record<string, string>>,
  look: (pid: number) => Promise<Memory | undefined> = () => Promise.resolve(undefined),
): Promise<Started> {
  await using product = await startProduct(command, environment);
  return { readyAfterMs: product.readyAfterMs, found: await look(product.pid) };
}

function memoryFindings(memory: Memory | undefined): readonly Finding[] {
  if (!memory) return [];
  const all = memory.ours + memory.database;
  return [
    {
      what: "memory, idle, database included",
      measured: `${all.toFixed(0)} MB (ours ${memory.ours.toFixed(0)}, PostgreSQL ${memory.database.toFixed(0)})`,
      goal: `${GOAL_MB} MB`,
      isReached: all <= GOAL_MB,
    },
  ];
}

function startFindings(first: Started, again: Started, byNpm: Started): readonly Finding[] {
  const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
  return [
    { what: "first start, empty data directory -> ready", measured: seconds(first.readyAfterMs) },
    {
      what: "start with data -> ready",
      measured: seconds(again.readyAfterMs),
      goal: seconds(GOAL_START_MS),
      isReached: again.readyAfterMs <= GOAL_START_MS,
    },
    {
      what: "npm start with nothing changed -> ready",
      measured: seconds(byNpm.readyAfterMs),
      goal: seconds(GOAL_NPM_MS),
      isReached: byNpm.readyAfterMs <= GOAL_NPM_MS,
    },
  ];
}

/** Proportional set size in MB of a process and of the processes below it; absent where there is no /proc. */
async function memoryOf(pid: number): Promise<Memory | undefined> {
  if (process.platform !== "linux") return undefined;
  const database = await Promise.all((await descendants(pid)).map((one) => sizeOf(one)));
  return { ours: await sizeOf(pid), database: database.reduce((sum, size) => sum + size, 0) };
}

async function descendants(pid: number): Promise<readonly number[]> {
  const parents = new Map<number, number>();
  for (const name of await readdir("/proc")) {
    const stat =
      /^\d+$/.test(name) && (await readFile(`/proc/${name}/stat`, "utf8").catch(() => ""));
    const parent = stat && /\) \S (\d+)/.exec(stat)?.[1];
    if (parent) parents.set(Number(name), Number(parent));
  }
  const isBelow = (one: number | undefined): boolean =>
    one !== undefined && (one === pid || isBelow(parents.get(one)));
  return [...parents.keys()].filter((one) => one !== pid && isBelow(one));
}

/** The program file counts in full: that the bench runs under the same Node must not halve it. */
async function sizeOf(pid: number): Promise<number> {
  const program = await readlink(`/proc/${pid}/exe`);
  const isShared = !program.includes("postgres");
  let kilobytes = 0;
  let isProgram = false;
  for (const line of (await readFile(`/proc/${pid}/smaps`, "utf8")).split("\n")) {
    if (/^[\da-f]+-/.test(line)) isProgram = isShared && line.endsWith(program);
    const [, name, size] = /^(Rss|Pss): +(\d+)/.exec(line) ?? [];
    if (name === (isProgram ? "Rss" : "Pss")) kilobytes += Number(size);
  }
  return kilobytes / 1024;
}
