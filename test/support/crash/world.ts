import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { openDatabase, type Database } from "#platform/db/database.ts";
import { isAlive, readPostmasterFile } from "#platform/db/embedded/postmaster-file.ts";
import { findFreePort } from "#platform/db/embedded/reach.ts";
import { findBroken, readVerdicts, type Verdicts } from "./invariants.ts";
import { makeLoad, RESTLESS, type Habits, type Load } from "./load.ts";
import { awaitMoment, MOMENTS } from "./moments.ts";
import { startNode, type Node } from "./node.ts";
import { makeRandom } from "./random.ts";
import { environmentFor, startCrashVendors, type CrashVendors } from "./vendors.ts";

/** The number of kills that a run is asked for. */
export const kills = Number(process.env["CONCIERGE_KILLS"] ?? 25);
/** Names a run: the same seed kills at the same kinds of moments. */
export const seed = Number(process.env["CONCIERGE_SEED"] ?? Date.now() % 1_000_000);

export interface CrashWorld extends AsyncDisposable {
  readonly vendors: CrashVendors;
  readonly load: Load;
  readonly random: () => number;
  readonly dataDir: string;
  readonly lines: string[];
  /** Where the booking service sends events; at first the port of `start`. */
  target: string;
  /** Starts the server on the world's data directory and port, with what is given instead. */
  start(more?: Readonly<Record<string, string>>): Promise<Node>;
}

/** Vendors, a data directory and a booking service; the server is started by the test. */
export async function openCrashWorld(habits: Habits = RESTLESS): Promise<CrashWorld> {
  const opened = new AsyncDisposableStack();
  const nodes = new Set<Node>();
  const vendors = await startCrashVendors(opened);
  const dataDir = await mkdtemp(join(tmpdir(), "concierge-crash-"));
  opened.defer(() => rm(dataDir, { recursive: true, force: true }));
  const port = await findFreePort();
  opened.defer(async () => {
    await Promise.all([...nodes].map((node) => node.kill()));
    await stopDatabase(dataDir);
  });
  const random = makeRandom(seed);
  const load = makeLoad({ vendors, url: () => world.target, random, habits });
  const lines: string[] = [];
  const environment = { ...environmentFor(vendors, port), CONCIERGE_DATA_DIR: dataDir };
  const world: CrashWorld = {
    vendors,
    load,
    random,
    dataDir,
    lines,
    target: `http://127.0.0.1:${port}`,
    start: async (more = {}) => {
      const node = await startNode({ environment: { ...environment, ...more }, lines });
      nodes.add(node);
      return node;
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
  return world;
}

/** A killed server leaves its database running. */
async function stopDatabase(dataDir: string): Promise<void> {
  const left = await readPostmasterFile(join(dataDir, "postgres", "data"));
  if (!left || !isAlive(left.pid)) return;
  process.kill(left.pid, "SIGQUIT");
  await until(() => !isAlive(left.pid));
}

const LONGEST_WAIT_MS = 60_000;

/** Waits for what the world must come to; throws when it does not within a minute. */
export async function until(isSo: () => boolean): Promise<void> {
  const end = performance.now() + LONGEST_WAIT_MS;
  while (!isSo()) {
    if (performance.now() > end) throw new Error("What was waited for did not come about.");
    await wait(5);
  }
}

/** Kills so many times at random moments, with bookings going on all the while. */
export async function killUnderLoad(world: CrashWorld, kill: () => Promise<void>): Promise<void> {
  const sending: Promise<void>[] = [];
  for (let count = 0; count < kills; count += 1) {
    for (let more = 0; more < BOOKINGS_PER_KILL; more += 1) sending.push(world.load.book());
    const moment = MOMENTS[Math.floor(world.random() * MOMENTS.length)] ?? "any";
    await awaitMoment(moment, world);
    await kill();
  }
  await Promise.race([Promise.all(sending), wait(GIVE_UP_AFTER_MS)]);
  world.load.giveUp();
  await Promise.all(sending);
}

const BOOKINGS_PER_KILL = 2;
const GIVE_UP_AFTER_MS = 20_000;

/** Whether what is left over of the past is asked about no more and stands as uncertain (10 minutes). */
export const LATER = { CRASH_CLOCK_AHEAD_MS: String(11 * 60_000) };

/** Lets a server that lives later come to an end with everything that is due, and says what is not as promised. */
export async function judge(
  world: CrashWorld,
  from: { readonly url?: string } = {},
): Promise<{ readonly broken: readonly string[]; readonly verdicts: Verdicts }> {
  await using database = await openDatabase(
    from.url === undefined
      ? { embedded: { dataDir: world.dataDir }, orJoin: true }
      : { url: from.url },
  );
  await awaitEnd(database).catch((error: unknown) => {
    console.info("the server's last lines:", world.lines.slice(-20));
    throw error;
  });
  const verdicts = await readVerdicts(database);
  const broken = findBroken(world.vendors, world.load.booked, verdicts);
  if (broken.length > 0) console.info(await tellStory(database, broken));
  return { broken, verdicts };
}

const END_WITHIN_MS = 60_000;

/** Work that is due within the hour, by a clock that is ahead; askings for receipts go on for days. */
const DUE = `select kind, count(*)::int as count from work
  where kind in ('intake', 'delivery', 'code-step') and run_at < $1 group by kind`;

async function awaitEnd(database: Database): Promise<void> {
  const until = Date.now() + END_WITHIN_MS;
  for (;;) {
    const due = await database.query(DUE, [Date.now() + 3_600_000]);
    if (due.length === 0) return;
    if (Date.now() > until) throw new Error(`Work is left over: ${JSON.stringify(due)}`);
    await wait(200);
  }
}

/** What was done for the bookings that are named, as far as the server has written it down. */
async function tellStory(database: Database, broken: readonly string[]): Promise<string> {
  const numbers = broken.flatMap((line) => /booking (\d+)/.exec(line)?.[1] ?? []);
  const rows = await database.query(
    `select b.number as booking, i.provider, d.id, d.state, d.intake_event_id as event, d.access_code_id as code, d.created_at,
        (select jsonb_agg(jsonb_build_array(a.number, a.act, a.started_at, a.finished_at, a.outcome) order by a.number)
          from attempt a where a.delivery_id = d.id) as attempts
      from delivery d join booking b on b.id = d.booking_id left join integration i on i.id = d.integration_id
      where substring(b.number from '\\d+') = any ($1) order by d.created_at`,
    [numbers],
  );
  return rows.map((row) => JSON.stringify(row)).join("\n");
}

/** What the server logged as errors, each kind once with its count. */
export function errorsOf(lines: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const line of lines.filter((one) =>
    /"level":"(error|fatal)"|^\s*(Error|TypeError)/.test(one),
  )) {
    const what = /"err":\{.*?"message":"(.*?)[",\\]/.exec(line)?.[1] ?? line.slice(0, 200);
    counts.set(what, (counts.get(what) ?? 0) + 1);
  }
  return [...counts].map(([what, count]) => `${count} x ${what}`);
}
