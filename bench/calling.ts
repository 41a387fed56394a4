import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { startProgram, type Child } from "./child.ts";
import { bookingEvent, chatOf } from "./events.ts";
import type { Finding } from "./finding.ts";
import { median, percentile } from "./statistics.ts";
import { botToken, environmentOf, hookUrl, makeFolder, type Extent } from "./world.ts";

const pair = z.tuple([z.string(), z.number()]);
const called = z.object({ url: z.string(), sent: z.array(pair) });
const loaded = z.object({ refused: z.number(), sent: z.array(pair) });
const standing = z.object({ url: z.string(), waiting: z.number() });

/** So many that no bot's own limit (30 calls a second) binds. */
const BOTS = 50;
const GOAL_MEDIAN_MS = 10;
const GOAL_P99_MS = 50;
/** Events that may be under way at a moment without being a backlog: a tenth of a second's. */
const UNDER_WAY = 50;
const DRAIN_MS = 20_000;

interface Stage {
  readonly load: Child;
  readonly hub: Child;
  readonly vendor: Child;
  readonly urls: readonly string[];
}

interface Run {
  /** From a request's start to the vendor's journal, in the order that the requests began. */
  readonly latencies: readonly number[];
  readonly lost: number;
  /** Rows of work when the last event had been accepted. */
  readonly waiting: number;
}

/** From an event's request to the vendor's journal, on one clock. */
export async function measureCalling(extent: Extent): Promise<readonly Finding[]> {
  await using opened = new AsyncDisposableStack();
  const stage = await openStage(opened);
  await run(stage, { perSecond: 50, ms: Math.min(3_000, extent.paceMs), from: 0 });
  const paced = await run(stage, { perSecond: 100, ms: extent.paceMs, from: 1_000_000 });
  const flood = await run(stage, { perSecond: 500, ms: extent.floodMs, from: 2_000_000 });
  return [...pacedFindings(paced), floodFinding(flood)];
}

async function openStage(opened: AsyncDisposableStack): Promise<Stage> {
  const load = opened.use(await startProgram("load"));
  const vendor = opened.use(await startProgram("vendor"));
  const bots = Array.from({ length: BOTS }, (_, index) => botToken(index));
  const { url } = await vendor.ask({ bots }, called);
  const folder = opened.use(await makeFolder());
  const environment = { ...environmentOf(folder.path), CONCIERGE_API_BASE_TELEGRAM: url };
  const hub = opened.use(await startProgram("hub", environment));
  const server = await hub.ask({}, standing);
  return { load, hub, vendor, urls: bots.map((bot) => hookUrl(server.url, bot)) };
}

async function run(
  { load, hub, vendor, urls }: Stage,
  wanted: { readonly perSecond: number; readonly ms: number; readonly from: number },
): Promise<Run> {
  const template = bookingEvent(0);
  const { sent, refused } = await load.ask({ ...wanted, urls, template, connections: 32 }, loaded);
  if (refused > 0) throw new Error(`The hooks refused ${refused} events.`);
  const { waiting } = await hub.ask({}, standing);
  await drain(hub);
  const calls = new Map((await vendor.ask({}, called)).sent);
  const latencies = sent.flatMap(([guest, at]) => {
    const calledAt = calls.get(chatOf(guest));
    return calledAt === undefined ? [] : [calledAt - at];
  });
  return { latencies, lost: sent.length - latencies.length, waiting };
}

async function drain(hub: Child): Promise<void> {
  const until = Date.now() + DRAIN_MS;
  while ((await hub.ask({}, standing)).waiting > 0 && Date.now() < until) await wait(50);
}

function pacedFindings({ latencies, lost }: Run): readonly Finding[] {
  const middle = median(latencies);
  const slow = percentile(latencies, 99);
  const missing = lost > 0 ? `, ${lost} never arrived` : "";
  return [
    {
      what: "event in -> vendor called at 100/s, median",
      measured: `${middle.toFixed(0)} ms${missing}`,
      goal: `${GOAL_MEDIAN_MS} ms`,
      isReached: middle <= GOAL_MEDIAN_MS && lost === 0,
    },
    {
      what: "event in -> vendor called at 100/s, p99",
      measured: `${slow.toFixed(0)} ms${missing}`,
      goal: `${GOAL_P99_MS} ms`,
      isReached: slow <= GOAL_P99_MS && lost === 0,
    },
  ];
}

function floodFinding({ latencies, lost, waiting }: Run): Finding {
  const third = Math.floor(latencies.length / 3);
  const early = median(latencies.slice(0, third));
  const late = median(latencies.slice(-third));
  const missing = lost > 0 ? `, ${lost} never arrived` : "";
  return {
    what: "500 events/s, waiting at the end",
    measured: `${waiting} (median ${early.toFixed(0)} ms at first, ${late.toFixed(0)} ms at last, p99 ${percentile(latencies, 99).toFixed(0)} ms)${missing}`,
    goal: `${UNDER_WAY}`,
    isReached: waiting <= UNDER_WAY && lost === 0,
  };
}
