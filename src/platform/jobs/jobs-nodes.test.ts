import { expect, test } from "vitest";
import { testDatabase } from "../../../test/support/database.ts";
import { makeJobStore } from "./jobs.store.ts";
import { startJobs, type Handler } from "./jobs.ts";

test("a node without handlers plans work and leaves it to others", async () => {
  await using database = await testDatabase();
  const faults: unknown[] = [];
  const ran: string[] = [];
  const node = (handlers: Readonly<Record<string, Handler>>) =>
    startJobs({
      store: makeJobStore(database),
      handlers,
      now: () => Date.now(),
      onError: (error) => void faults.push(error),
    });
  await using web = await node({});

  await web.plan(database, [{ workspaceId: "main", kind: "greet", payload: {} }]);
  web.wake();
  await web.idle();

  expect(await database.query("select attempt, lease from work")).toEqual([
    { attempt: 0, lease: null },
  ]);
  await using worker = await node({
    greet: async (job) => {
      ran.push(job.kind);
      await job.finish(database);
    },
  });
  await worker.idle();
  expect(ran).toEqual(["greet"]);
  expect(faults).toEqual([]);
});

test("a node that stops runs what it has claimed to the end", async () => {
  await using database = await testDatabase();
  const faults: unknown[] = [];
  const store = makeJobStore(database);
  const jobs = await startJobs({
    store,
    handlers: { greet: (job) => job.finish(database) },
    now: () => Date.now(),
    onError: (error) => void faults.push(error),
  });
  const plans = Array.from({ length: 200 }, () => ({
    workspaceId: "main",
    kind: "greet",
    payload: {},
  }));
  await jobs.plan(database, plans);

  jobs.wake();
  await jobs[Symbol.asyncDispose]();

  expect(jobs.running).toBe(0);
  expect(await database.query("select 1 from work where lease is not null")).toEqual([]);
  expect(faults).toEqual([]);
});
