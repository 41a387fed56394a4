import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as wait } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { makeRandom } from "../support/crash/random.ts";
import { errorsOf } from "../support/crash/world.ts";
import { openRawClient } from "../support/fuzz/raw-client.ts";
import { makeForge, type FuzzRequest } from "../support/fuzz/requests.ts";
import { openTestServer, type TestServer } from "../support/server.ts";

const REQUESTS = Number(process.env["CONCIERGE_FUZZ"] ?? 20_000);
const SEED = Number(process.env["CONCIERGE_SEED"] ?? Date.now() % 1_000_000);
const CONNECTIONS = 32;
/** By then everything that is kept for speed has been filled. */
const WARM = Math.floor(REQUESTS / 3);
const MOST_GROWTH_BYTES = 48 * 1_024 * 1_024;
const MOST_STALL_MS = 2_000;

test("malformed requests harm nothing", { timeout: 180_000 }, async () => {
  await using server = await openFuzzServer();
  const forge = makeForge(makeRandom(SEED));
  const loop = monitorEventLoopDelay({ resolution: 10 });
  const statuses = new Map<number | string, number>();
  const bad: string[] = [];
  const note = (request: FuzzRequest, status: number | string, text: string): void => {
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    if (typeof status === "number" && status < 500) return;
    if (status === "no-answer" && request.andCut) return;
    bad.push(`${status} ${text}\n${request.bytes.toString("latin1").slice(0, 1_500)}`);
  };
  const run = async (count: number): Promise<void> => {
    let left = count;
    await Promise.all(
      Array.from({ length: CONNECTIONS }, async () => {
        const client = openRawClient(server.hub.web!.port);
        while (left > 0 && bad.length < 20) {
          left -= 1;
          const request = forge.next();
          const answer = await client.exchange(request);
          if (typeof answer === "string") note(request, answer, "");
          else note(request, answer.status, answer.text);
          forgetCalls(server);
        }
        client.close();
      }),
    );
  };

  loop.enable();
  const startedAt = performance.now();
  await run(WARM);
  const before = await measureMemory();
  await run(REQUESTS - WARM);
  const after = await measureMemory();
  const tookMs = performance.now() - startedAt;
  loop.disable();
  const left = await workOff(server);

  console.info(
    `seed ${SEED}: ${REQUESTS} requests in ${tookMs.toFixed(0)} ms, loop p99 ${(loop.percentile(99) / 1e6).toFixed(0)} max ${(loop.max / 1e6).toFixed(0)} ms,`,
    `heap ${mb(before.heap)} to ${mb(after.heap)}, rss ${mb(before.rss)} to ${mb(after.rss)}`,
    statuses,
  );
  expect(errorsOf(server.log)).toEqual([]);
  expect(bad).toEqual([]);
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  expect(left.filter(({ state }) => state === "received")).toEqual([]);
  expect(left.filter(({ reason }) => reason?.startsWith("The server could not"))).toEqual([]);
  expect(after.heap - before.heap).toBeLessThan(MOST_GROWTH_BYTES);
  expect(after.rss - before.rss).toBeLessThan(3 * MOST_GROWTH_BYTES);
  expect(loop.max / 1e6).toBeLessThan(MOST_STALL_MS);
});

const mb = (bytes: number): string => `${(bytes / 1_048_576).toFixed(0)} MB`;

/** A server with an account at each vendor, as the good URLs name them. */
async function openFuzzServer(): Promise<TestServer> {
  const server = await openTestServer();
  const { ttlock, telegram, wappi, greenApi, wazzup24 } = server.vendors;
  ttlock.addAccount({ username: "owner@example.org", password: "door pass" });
  ttlock.addLock({ lockId: 11432744, owner: "owner@example.org" });
  telegram.addBot("6126237741:AAFQKNyn1jhScXSGsYCh_yxwWDT578ARMGA", {});
  wappi.addProfile({ token: "fuzz-token", id: "fuzz-profile", platform: "wa" });
  greenApi.addInstance({ id: "1101000001", token: "fuzz-green-api-token", kind: "whatsapp" });
  wazzup24.addChannel({
    key: "fuzz-wazzup-key",
    channelId: "b96a353b-0000-4cac-8413-ba0000000001",
    transport: "whatsapp",
  });
  return server;
}

/** What the simulators and the test itself remember must not look like our own growth. */
function forgetCalls(server: TestServer): void {
  for (const { journal } of Object.values(server.vendors)) (journal as unknown[]).length = 0;
}

async function measureMemory(): Promise<{ heap: number; rss: number }> {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  await wait(200);
  collect();
  const { heapUsed: heap, rss } = process.memoryUsage();
  return { heap, rss };
}

interface Left {
  readonly state: string;
  readonly reason: string | null;
  readonly count: number;
}

/** Lets the events' work come to its end: what threw is tried again by a clock that is moved on. */
async function workOff({ database, clock }: TestServer): Promise<readonly Left[]> {
  const isOpen = async (): Promise<boolean> =>
    (await database.query("select 1 from intake_event where state = 'received' limit 1")).length >
    0;
  for (let rounds = 0; (await isOpen()) && rounds < 600; rounds += 1) {
    if (rounds % 20 === 19) clock.advance(60_000);
    await wait(100);
  }
  return await database.query<Left>(
    "select state, left(reason ->> 'en', 90) as reason, count(*)::int from intake_event group by 1, 2 order by 3 desc",
  );
}
