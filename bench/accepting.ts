import { z } from "zod";
import { startProgram } from "./child.ts";
import type { Finding } from "./finding.ts";
import { median } from "./statistics.ts";
import { botToken, environmentOf, hookUrl, makeFolder, type Extent } from "./world.ts";

const where = z.object({ url: z.string() });
const loaded = z.object({ perSecond: z.number(), refused: z.number() });

interface Contender {
  readonly name: "hook" | "nothing" | "oneByOne" | "withWork";
  readonly url: string;
}

const GOAL_SHARE = 0.6;
const GOAL_TIMES = 10;

/**
 * Durable accepting against the same server storing nothing and against one INSERT and one job for each request. The
 * contenders take turns, so that what else happens on the machine meets them all.
 */
export async function measureAccepting(
  extent: Extent,
  event: { readonly name: string; readonly template: string; readonly isShort: boolean },
): Promise<readonly Finding[]> {
  await using opened = new AsyncDisposableStack();
  const load = opened.use(await startProgram("load"));
  const contenders = await openContenders(opened);
  const perSecond: Record<Contender["name"], number[]> = {
    hook: [],
    nothing: [],
    oneByOne: [],
    withWork: [],
  };
  const take = async ({ name, url }: Contender): Promise<number> => {
    const found = await load.ask(questionOf(extent, event.template, url), loaded);
    if (found.refused > 0) throw new Error(`${name} refused ${found.refused} requests.`);
    return found.perSecond;
  };
  for (const contender of contenders) await take(contender); // warms up
  for (let round = 0; round < extent.rounds; round += 1)
    for (const contender of contenders) perSecond[contender.name].push(await take(contender));
  // Last and alone: it works off what it accepted long after its turn.
  const busy = await openBusy(opened);
  for (let round = 0; round < 2; round += 1) perSecond.withWork.push(await take(busy));
  return toFindings(event, {
    hook: median(perSecond.hook),
    nothing: median(perSecond.nothing),
    oneByOne: median(perSecond.oneByOne),
    withWork: median(perSecond.withWork),
  });
}

function questionOf(extent: Extent, template: string, url: string): object {
  return { urls: [url], template, ms: extent.roundMs, connections: extent.connections, from: 0 };
}

async function openContenders(opened: AsyncDisposableStack): Promise<readonly Contender[]> {
  const bare = await open(opened, "bare");
  const web = await open(opened, "hub", { BENCH_ROLE: "web" });
  return [
    { name: "hook", url: hookUrl(web, botToken(0)) },
    { name: "nothing", url: `${bare}/nothing` },
    { name: "oneByOne", url: `${bare}/one-by-one` },
  ];
}

/** What its worker sends goes to a port where nobody listens: it is refused at once and waits for its retry. */
async function openBusy(opened: AsyncDisposableStack): Promise<Contender> {
  const all = await open(opened, "hub", { CONCIERGE_API_BASE_TELEGRAM: "http://127.0.0.1:9" });
  return { name: "withWork", url: hookUrl(all, botToken(0)) };
}

async function open(
  ...[opened, name, more]: [AsyncDisposableStack, "bare" | "hub", Record<string, string>?]
): Promise<string> {
  const folder = opened.use(await makeFolder());
  const child = opened.use(await startProgram(name, { ...environmentOf(folder.path), ...more }));
  return (await child.ask({}, where)).url;
}

function toFindings(
  { name, isShort }: { readonly name: string; readonly isShort: boolean },
  rate: Readonly<Record<Contender["name"], number>>,
): readonly Finding[] {
  const share = rate.hook / rate.nothing;
  const times = rate.hook / rate.oneByOne;
  const inAll = (value: number): string => `${Math.round(value)}/s`;
  return [
    {
      what: `accepting ${name}, of storing nothing`,
      measured: `${Math.round(share * 100)} % (${inAll(rate.hook)} of ${inAll(rate.nothing)})`,
      goal: "60 %",
      isReached: share >= GOAL_SHARE,
    },
    {
      what: `accepting ${name}, times one by one`,
      measured: `${times.toFixed(1)} (of ${inAll(rate.oneByOne)})`,
      ...(isShort ? { goal: "10", isReached: times >= GOAL_TIMES } : {}),
    },
    { what: `accepting ${name} while working on them`, measured: inAll(rate.withWork) },
  ];
}
