import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testDatabase, type TestDatabase } from "../../../test/support/database.ts";
import { makeWork, type Work } from "../../../test/support/work.ts";

let database: TestDatabase;
let work: Work;

beforeAll(async () => {
  database = await testDatabase();
  work = makeWork(database);
});
afterAll(() => database[Symbol.asyncDispose]());

const kinds = (rows: readonly { readonly kind: string }[]) => rows.map((row) => row.kind);

interface Model {
  readonly waiting: Map<string, number>;
  readonly held: Map<string, number>;
}

/** Against a small model: every key waits once, is held once at most by its lane, and nothing is ever lost. */
test("plans, claims, ends and crashes in any order lose nothing and double nothing", async () => {
  const step = fc.oneof(
    fc.record({
      do: fc.constant("plan" as const),
      key: fc.constantFrom("a", "b", "c"),
      at: fc.nat({ max: 20 }),
    }),
    fc.record({
      do: fc.constantFrom("claim", "finish", "again", "crash", "sweep"),
      at: fc.nat({ max: 20 }),
    }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      await database.query("delete from work");
      const model: Model = { waiting: new Map(), held: new Map() };
      let rows = new Map<string, Awaited<ReturnType<Work["take"]>>[number]>();
      for (const one of steps) {
        if (one.do === "plan") {
          await work.add({ kind: one.key, key: one.key, lane: one.key, runAt: one.at });
          model.waiting.set(one.key, one.at);
        } else if (one.do === "claim") {
          const due = [...model.waiting].filter(
            ([key, at]) => at <= one.at && !model.held.has(key),
          );
          const taken = await work.take(10, one.at);
          expect(kinds(taken).toSorted()).toEqual(due.map(([key]) => key).toSorted());
          for (const row of taken) {
            model.held.set(row.kind, model.waiting.get(row.kind)!);
            model.waiting.delete(row.kind);
            rows.set(row.kind, row);
          }
        } else if (one.do === "finish" || one.do === "again") {
          const [key] = model.held.keys();
          const row = key === undefined ? undefined : rows.get(key);
          if (key === undefined || !row) continue;
          expect(
            await (one.do === "finish" ? work.finish(database, row) : work.again(row, one.at)),
          ).toBe(true);
          model.held.delete(key);
          if (one.do === "again")
            model.waiting.set(key, Math.min(one.at, model.waiting.get(key) ?? one.at));
        } else {
          if (one.do === "crash") await work.releaseAll();
          else {
            await work.killHolders();
            await work.beat([], 1_000);
          }
          for (const [key, at] of model.held)
            if (!model.waiting.has(key)) model.waiting.set(key, at);
          for (const row of rows.values())
            if (model.held.has(row.kind))
              expect(await work.finish(database, { ...row, lease: crypto.randomUUID() })).toBe(
                false,
              );
          model.held.clear();
          rows = new Map();
        }
      }
      const kept = await work.rows();
      const keys = (isHeld: boolean) =>
        new Set(kept.filter((row) => row.isHeld === isHeld).map((row) => row.key));
      expect(kept).toHaveLength(model.held.size + model.waiting.size);
      expect(keys(true)).toEqual(new Set(model.held.keys()));
      expect(keys(false)).toEqual(new Set(model.waiting.keys()));
    }),
    { numRuns: 60 },
  );
});
