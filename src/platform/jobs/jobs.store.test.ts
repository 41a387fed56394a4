import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { testDatabase, type TestDatabase } from "../../../test/support/database.ts";
import { makeWork, type Work } from "../../../test/support/work.ts";

let database: TestDatabase;
let work: Work;

beforeAll(async () => {
  database = await testDatabase();
  work = makeWork(database);
});
afterAll(() => database[Symbol.asyncDispose]());
beforeEach(async () => void (await database.query("delete from work")));

const kinds = (rows: readonly { readonly kind: string }[]) => rows.map((row) => row.kind);

describe("claiming", () => {
  test("takes what is due, the oldest first, and leaves what is not", async () => {
    await work.add(
      { kind: "late", runAt: 30 },
      { kind: "later", runAt: 31 },
      { kind: "first", runAt: 1 },
      { kind: "second", runAt: 1 },
    );
    expect(kinds(await work.take(10, 30))).toEqual(["first", "second", "late"]);
  });

  test("takes work that was planned, or put off, to a fraction of a millisecond or to no date at all", async () => {
    await work.add({ kind: "fraction", runAt: 1.5 }, { kind: "never", runAt: 1e300 });
    const [fraction] = await work.take(10, 2);
    expect(fraction).toMatchObject({ kind: "fraction" });
    expect(await work.again(fraction!, 3.25)).toBe(true);
    expect(kinds(await work.take(10, 3))).toEqual([]);
    expect(kinds(await work.take(10, 4))).toEqual(["fraction"]);
  });

  test("takes no more than asked for, and nothing twice", async () => {
    await work.add(...Array.from({ length: 5 }, (_, n) => ({ kind: `k${n}`, runAt: n })));
    expect(kinds(await work.take(2, 10))).toEqual(["k0", "k1"]);
    expect(kinds(await work.take(10, 10))).toEqual(["k2", "k3", "k4"]);
    expect(await work.take(10, 10)).toEqual([]);
  });

  test("counts the runs, those that a crash cut short too", async () => {
    await work.add({});
    expect(await work.take()).toMatchObject([{ attempt: 1 }]);
    await work.releaseAll();
    expect(await work.take()).toMatchObject([{ attempt: 2 }]);
  });

  test("takes one of a lane at a time, the oldest due one", async () => {
    await work.add(
      { kind: "b", lane: "x", runAt: 2 },
      { kind: "a", lane: "x", runAt: 1 },
      { kind: "c", lane: "x", runAt: 3 },
    );
    const [first] = await work.take(10, 2);
    expect(first).toMatchObject({ kind: "a" });
    expect(await work.take(10, 2)).toEqual([]);
    await work.finish(database, first!);
    expect(kinds(await work.take(10, 2))).toEqual(["b"]);
  });

  test("passes over a lane whose first is not due yet only until it is", async () => {
    await work.add({ kind: "waits", lane: "x", runAt: 100 }, { kind: "now", lane: "x", runAt: 1 });
    const [now] = await work.take(10, 1);
    await work.finish(database, now!);
    expect(await work.take(10, 99)).toEqual([]);
    expect(kinds(await work.take(10, 100))).toEqual(["waits"]);
  });

  test("is not held up by a lane with ten thousand jobs", async () => {
    await database.query(`insert into work (workspace_id, kind, lane, payload, run_at)
      select 'main', 'flood', 'full', '{}', n from generate_series(1, 10000) n`);
    await work.add(
      ...Array.from({ length: 50 }, (_, n) => ({
        kind: "other",
        lane: `lane-${n}`,
        runAt: 20_000,
      })),
    );
    const started = performance.now();
    const taken = await work.take(51, 30_000);
    expect(taken.filter(({ kind }) => kind === "other")).toHaveLength(50);
    expect(taken.filter(({ kind }) => kind === "flood")).toHaveLength(1);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  test("at the same moment by eight claimers gives each job once and each lane once", async () => {
    await database.query(`insert into work (workspace_id, kind, lane, payload, run_at)
      select 'main', 'n' || n, 'lane-' || n % 40, '{}', n from generate_series(1, 2000) n`);
    const order = new Map<string, number[]>();
    for (let left = 2_000; left > 0;) {
      const claims = await Promise.all(Array.from({ length: 8 }, () => work.take(7, 3_000)));
      const rows = claims.flat();
      const lanes = rows.map(({ kind }) => `lane-${Number(kind.slice(1)) % 40}`);
      expect(new Set(lanes).size).toBe(lanes.length);
      for (const [place, row] of rows.entries()) {
        const lane = lanes[place]!;
        order.set(lane, [...(order.get(lane) ?? []), Number(row.kind.slice(1))]);
        await work.finish(database, row);
      }
      left -= rows.length;
      expect(rows.length).toBeGreaterThan(0);
    }
    for (const numbers of order.values())
      expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  });
});

describe("a key", () => {
  test("has one waiting job: planning it again replaces payload, lane and time", async () => {
    await work.add({ key: "k", payload: { n: 1 }, runAt: 5 });
    await work.add({ key: "k", payload: { n: 2 }, runAt: 9, lane: "x" });
    expect(await work.take(10, 8)).toEqual([]);
    expect(await work.take(10, 9)).toMatchObject([{ payload: { n: 2 } }]);
  });

  test("that is planned twice in one plan counts once, the later one", async () => {
    await work.add({ key: "k", payload: { n: 1 } }, { key: "k", payload: { n: 2 } });
    expect(await work.take()).toMatchObject([{ payload: { n: 2 } }]);
  });

  test("that is running may be planned again, and its `again` merges into that", async () => {
    await work.add({ key: "k", payload: { n: 1 } });
    const [running] = await work.take();
    await work.add({ key: "k", payload: { n: 2 }, runAt: 50 });
    expect(await work.again(running!, 20)).toBe(true);
    expect(await work.rows()).toHaveLength(1);
    expect(await work.take(10, 20)).toMatchObject([{ payload: { n: 2 } }]);
  });
});

describe("a lease", () => {
  test("is given back by `again`, with what the job knew", async () => {
    await work.add({ payload: { n: 1 }, lane: "x" });
    const [row] = await work.take();
    expect(await work.again(row!, 7)).toBe(true);
    expect(await work.take(10, 6)).toEqual([]);
    expect(await work.take(10, 7)).toMatchObject([{ payload: { n: 1 }, attempt: 2 }]);
  });

  test("that ran out is swept, and its late holder can neither finish nor wait", async () => {
    await work.add({ lane: "x" });
    const [late] = await work.take();
    await work.killHolders();
    expect(await work.beat([], 1_000)).toBe(1);
    const [next] = await work.take();
    expect(next).toMatchObject({ attempt: 2 });
    expect(await work.finish(database, late!)).toBe(false);
    expect(await work.again(late!, 0)).toBe(false);
    expect(await work.finish(database, next!)).toBe(true);
  });

  test("is kept by its heartbeat", async () => {
    await work.add({});
    const [row] = await work.take();
    await work.killHolders();
    // Heartbeat and sweep go together: whoever still beats is never swept.
    expect(await work.beat([row!.id], 60_000)).toBe(0);
    expect(await work.finish(database, row!)).toBe(true);
  });

  test("that is swept gives way to a job of its key that was planned meanwhile", async () => {
    await work.add({ key: "k", payload: { n: 1 } });
    await work.take();
    await work.add({ key: "k", payload: { n: 2 } });
    await work.killHolders();
    await work.beat([], 1_000);
    expect(await work.take()).toMatchObject([{ payload: { n: 2 } }]);
    expect(await work.rows()).toHaveLength(1);
  });

  test("of an earlier process is free at once, also where a key waits or is held twice", async () => {
    await work.add({ key: "k", payload: { n: 1 } }, { kind: "other" });
    await work.take();
    await work.add({ key: "k", payload: { n: 2 } });
    await work.take();
    await work.add({ key: "k", payload: { n: 3 } });
    await work.releaseAll();
    const rows = await work.take();
    expect(kinds(rows).toSorted()).toEqual(["other", "test"]);
    expect(rows.find(({ kind }) => kind === "test")).toMatchObject({ payload: { n: 3 } });
  });

  test("of an earlier process is free though the same key is held twice", async () => {
    await work.add({ key: "k", payload: { n: 1 } });
    await work.take();
    await work.add({ key: "k", payload: { n: 2 } });
    await work.take();
    await work.releaseAll();
    expect(await work.take()).toMatchObject([{ payload: { n: 2 } }]);
  });
});

test("work is seen when its transaction commits, and gone when it rolls back", async () => {
  const gone = database.transact(async (tx) => {
    await work.plan(tx, [{ workspaceId: "main", kind: "gone", payload: {} }], 0);
    expect(await work.take()).toEqual([]);
    throw new Error("rolled back");
  });
  await expect(gone).rejects.toThrow("rolled back");
  expect(await work.rows()).toEqual([]);
  expect(await work.hasDue(0)).toBe(false);
});
