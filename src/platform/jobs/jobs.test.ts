import { expect, test } from "vitest";
import { testDatabase, type TestDatabase } from "../../../test/support/database.ts";
import { makeJobStore } from "./jobs.store.ts";
import { startJobs, type Handler, type Jobs } from "./jobs.ts";
import { LeaseLost } from "./lease-lost.ts";

interface Node {
  readonly jobs: Jobs;
  readonly faults: unknown[];
  readonly clock: { now: number };
}

async function openNode(
  database: TestDatabase,
  handlers: Readonly<Record<string, Handler>>,
): Promise<Node> {
  const faults: unknown[] = [];
  const clock = { now: 0 };
  const jobs = await startJobs({
    store: makeJobStore(database),
    handlers,
    now: () => clock.now,
    onError: (error) => void faults.push(error),
  });
  return { jobs, faults, clock };
}

const plan = (kind: string, more: object = {}) => ({
  workspaceId: "main",
  kind,
  payload: {},
  ...more,
});

test("a late end is refused, and what its transaction did is undone", async () => {
  await using database = await testDatabase();
  await database.query("create table effect (n int)");
  const refused: unknown[] = [];
  const { jobs, faults } = await openNode(database, {
    slow: async (job) => {
      // Another node has taken the job over meanwhile.
      await database.query("update work set lease = gen_random_uuid() where kind = 'slow'");
      await database
        .transact(async (tx) => {
          await tx.query("insert into effect values (1)");
          await job.finish(tx);
        })
        .catch((error: unknown) => {
          refused.push(error);
          throw error;
        });
    },
  });
  await using _ = jobs;
  await jobs.plan(database, [plan("slow")]);

  jobs.wake();
  await jobs[Symbol.asyncDispose]();

  expect(refused).toEqual([expect.any(LeaseLost)]);
  expect(faults).toEqual([]);
  expect(await database.query("select 1 from effect")).toEqual([]);
  expect(await database.query("select lease is null as free from work")).toEqual([{ free: false }]);
});

test("work whose handler throws is told of and tried again, later each time", async () => {
  await using database = await testDatabase();
  const runs: number[] = [];
  const { jobs, faults, clock } = await openNode(database, {
    broken: async (job) => {
      runs.push(clock.now);
      if (job.attempt < 3) throw new Error("out of order");
      await job.finish(database);
    },
  });
  await using _ = jobs;
  await jobs.plan(database, [plan("broken")]);

  for (const now of [0, 999, 1_000, 5_999, 6_000, 7_000]) {
    clock.now = now;
    jobs.wake();
    await jobs.idle();
  }

  expect(runs).toEqual([0, 1_000, 6_000]);
  expect(faults).toHaveLength(2);
  expect(await database.query("select 1 from work")).toEqual([]);
});

test("jobs of one lane run one after another, in order, while other lanes go on", async () => {
  await using database = await testDatabase();
  const events: string[] = [];
  let running = 0;
  let mostRunning = 0;
  const { jobs } = await openNode(database, {
    step: async (job) => {
      running += 1;
      mostRunning = Math.max(mostRunning, running);
      events.push(`${String(job.payload["lane"])} begins ${String(job.payload["n"])}`);
      await database.query("select pg_sleep(0.005)");
      events.push(`${String(job.payload["lane"])} ends ${String(job.payload["n"])}`);
      running -= 1;
      await job.finish(database);
    },
  });
  await using _ = jobs;
  const plans = Array.from({ length: 40 }, (_, n) => {
    const lane = `lane-${n % 4}`;
    return plan("step", { lane, payload: { lane, n } });
  });
  await jobs.plan(database, plans);

  jobs.wake();
  await jobs.idle();

  expect(mostRunning).toBe(4);
  for (const lane of ["lane-0", "lane-1", "lane-2", "lane-3"]) {
    const own = events.filter((event) => event.startsWith(lane));
    const numbers = plans.flatMap(({ payload }) =>
      (payload as { lane?: string; n?: number }).lane === lane
        ? [(payload as { n: number }).n]
        : [],
    );
    expect(own).toEqual(numbers.flatMap((n) => [`${lane} begins ${n}`, `${lane} ends ${n}`]));
  }
});

test("work that an earlier process held runs again at the start", async () => {
  await using database = await testDatabase();
  const store = makeJobStore(database);
  await store.plan(database, [plan("left", { payload: { n: 7 } })], 0);
  await store.claim({ lease: crypto.randomUUID(), now: 0, most: 1, leaseMs: 600_000 });
  const ran: unknown[] = [];

  const { jobs } = await openNode(database, {
    left: async (job) => {
      ran.push([job.payload["n"], job.attempt]);
      await job.finish(database);
    },
  });
  await using _ = jobs;
  await jobs.idle();

  expect(ran).toEqual([[7, 2]]);
});

test("work that was put off for a moment runs at its time, not at the next poll", async () => {
  await using database = await testDatabase();
  const startedAt: number[] = [];
  const done = Promise.withResolvers<void>();
  await using jobs = await startJobs({
    store: makeJobStore(database),
    handlers: {
      short: async (job) => {
        startedAt.push(performance.now());
        if (startedAt.length < 6) return await job.again(database, Date.now() + 50);
        await job.finish(database);
        done.resolve();
      },
    },
    now: Date.now,
    onError: (error) => done.reject(error),
  });
  await jobs.plan(database, [plan("short")]);

  jobs.wake();
  await done.promise;

  // Polling alone, once a second, would take five.
  expect((startedAt.at(-1) ?? 0) - (startedAt[0] ?? 0)).toBeLessThan(2_500);
});
