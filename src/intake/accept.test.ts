import fc from "fast-check";
import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { testDatabase, type TestDatabase } from "../../test/support/database.ts";
import { makeIntake, type Arrival, type PackedArrival } from "./accept.ts";
import { packBody, unpackBody } from "./body.ts";
import {
  claimOnce,
  findEvent,
  makeArrivalStore,
  pruneEvents,
  storeVerdict,
} from "./intake.store.ts";

const arrival = (given: Partial<Arrival> = {}): Arrival => ({
  id: randomUUID(),
  workspaceId: "main",
  source: "hook:telegram",
  hookId: "hook-1",
  receivedAt: 1_000,
  body: Buffer.from("{}"),
  lane: "lane",
  ...given,
});

describe("group commit", () => {
  /** A store that the test lets go one statement at a time. */
  function makeGate() {
    const batches: { arrivals: readonly PackedArrival[]; end: (error?: Error) => void }[] = [];
    const store = (arrivals: readonly PackedArrival[]) =>
      new Promise<void>((resolve, reject) => {
        batches.push({ arrivals, end: (error) => (error ? reject(error) : resolve()) });
      });
    return { batches, store };
  }
  const turn = () => new Promise((resolve) => setImmediate(resolve));

  test("what arrives while a statement is under way shares the next one, in order", async () => {
    const { batches, store } = makeGate();
    const intake = makeIntake(store);
    const first = intake.accept(arrival({ lane: "0" }));
    await turn();
    const others = [1, 2, 3].map((n) => intake.accept(arrival({ lane: String(n) })));
    await turn();
    expect(batches).toHaveLength(1);
    batches[0]!.end();
    await first;
    await turn();
    await turn();
    expect(batches[1]!.arrivals.map(({ lane }) => lane)).toEqual(["1", "2", "3"]);
    batches[1]!.end();
    await Promise.all(others);
  });

  test("a statement that fails is told to every one of its own, and to nobody else", async () => {
    const { batches, store } = makeGate();
    const intake = makeIntake(store);
    const lost = [intake.accept(arrival()), intake.accept(arrival())].map((one) =>
      one.catch((error: Error) => error.message),
    );
    await turn();
    const kept = intake.accept(arrival());
    batches[0]!.end(new Error("away"));
    expect(await Promise.all(lost)).toEqual(["away", "away"]);
    await turn();
    await turn();
    batches[1]!.end();
    await kept;
  });

  test("a statement is bounded in number and bytes, yet takes a body of any size", async () => {
    const { batches, store } = makeGate();
    const intake = makeIntake(store);
    const big = Buffer.concat([randomBytes(1_500_000)]);
    const all = [big, big, Buffer.from("{}")].map((body) => intake.accept(arrival({ body })));
    all.push(...Array.from({ length: 600 }, () => intake.accept(arrival())));
    for (let sent = 0; sent < 603;) {
      await turn();
      await turn();
      for (const batch of batches.splice(0)) {
        expect(batch.arrivals.length).toBeLessThanOrEqual(256);
        const bytes = batch.arrivals.reduce((sum, one) => sum + one.packed.bytes.length, 0);
        expect(bytes <= 2_000_000 || batch.arrivals.length === 1).toBe(true);
        sent += batch.arrivals.length;
        batch.end();
      }
    }
    await Promise.all(all);
  });
});

test("a body comes back byte for byte, compressed or not", () => {
  const body = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.uint8Array({ minLength: 4_000, maxLength: 5_000 }),
    fc.string({ minLength: 4_096, maxLength: 9_000 }).map((text) => new TextEncoder().encode(text)),
  );
  fc.assert(
    fc.property(body, (bytes) => {
      const given = Buffer.from(bytes);
      const packed = packBody(given);
      expect(unpackBody(packed).equals(given)).toBe(true);
      if (given.length < 4_096) expect(packed.encoding).toBe(0);
    }),
  );
  expect(packBody(Buffer.alloc(40_000, "a")).bytes.length).toBeLessThan(1_000);
});

describe("in the store", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database[Symbol.asyncDispose]());
  beforeEach(async () => {
    for (const table of ["work", "intake_event", "once"])
      await database.query(`delete from ${table}`);
  });
  const accept = (one: Arrival) => makeIntake(makeArrivalStore(database)).accept(one);
  const count = async (table: string) =>
    (await database.query<{ n: number }>(`select count(*)::int as n from ${table}`))[0]!.n;

  test("arrivals are kept byte for byte, each with its work", async () => {
    const intake = makeIntake(makeArrivalStore(database));
    const bodies = [
      Buffer.from('{"a":"ё\\u0000"}'),
      randomBytes(9_000),
      Buffer.alloc(50_000, "x"),
      Buffer.from([0, 255, 92]),
    ];
    const arrivals = bodies.map((body, n) =>
      arrival({ body, lane: `lane-${n}`, contentType: "application/json" }),
    );
    await Promise.all(arrivals.map((one) => intake.accept(one)));
    for (const one of arrivals) {
      const kept = await findEvent(database, "main", one.id);
      expect(kept).toMatchObject({
        id: one.id,
        state: "received",
        receivedAt: 1_000,
        hookId: "hook-1",
      });
      expect(kept!.body.equals(one.body)).toBe(true);
    }
    expect(
      await database.query("select lane, payload->>'id' as id from work order by lane"),
    ).toEqual(arrivals.map(({ lane, id }) => ({ lane, id })));
  });

  test("the work of one lane keeps the order of arrival", async () => {
    const intake = makeIntake(makeArrivalStore(database));
    const arrivals = Array.from({ length: 300 }, () => arrival());
    await Promise.all(arrivals.map((one) => intake.accept(one)));
    const work = await database.query(
      "select payload->>'id' as id from work order by run_at, work.id",
    );
    expect(work).toEqual(arrivals.map(({ id }) => ({ id })));
  });

  test("the same external id of one source is kept once, with one piece of work; another source's is another", async () => {
    const told = { externalId: "42" };
    await Promise.all([
      accept(arrival(told)),
      accept(arrival(told)),
      accept(arrival({ ...told, source: "hook:wappi" })),
    ]);
    await accept(arrival(told));
    expect([await count("intake_event"), await count("work")]).toEqual([2, 2]);
  });

  test("a batch with one that cannot be stored keeps none of it, and says so to all", async () => {
    const intake = makeIntake(makeArrivalStore(database));
    const answers = await Promise.allSettled([
      intake.accept(arrival()),
      intake.accept(arrival({ workspaceId: null as never })),
      intake.accept(arrival()),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
    expect([await count("intake_event"), await count("work")]).toEqual([0, 0]);
  });

  test("pruning takes what is old and worked on, and leaves what still waits", async () => {
    const [done, waiting, young] = [arrival(), arrival(), arrival({ receivedAt: 9_000 })];
    for (const one of [done, waiting, young]) await accept(one);
    for (const one of [done, young])
      await storeVerdict(database, one, { state: "done", at: 9_000 });
    expect(await pruneEvents(database, { events: 5_000, keys: 5_000 })).toBe(1);
    expect(await findEvent(database, "main", done.id)).toBeUndefined();
    expect(await findEvent(database, "main", waiting.id)).toBeDefined();
    expect(await findEvent(database, "main", young.id)).toBeDefined();
  });

  const claim = (eventId: string, at: number, key = "k") =>
    claimOnce(database, {
      workspaceId: "main",
      key: Buffer.from(key),
      eventId,
      at,
      windowMs: 600_000,
    });

  test("of one key the first within ten minutes counts; then the next is first again", async () => {
    const [a, b, c] = [randomUUID(), randomUUID(), randomUUID()];
    expect(await claim(a, 1_000)).toBe(true);
    expect(await claim(b, 601_000)).toBe(false);
    expect(await claim(b, 601_001)).toBe(true);
    expect(await claim(c, 1_201_001)).toBe(false);
    expect(await claim(c, 1_000, "other")).toBe(true);
  });

  test("an event that is worked on again after a crash is still the first", async () => {
    const id = randomUUID();
    expect(await claim(id, 1_000)).toBe(true);
    expect(await claim(id, 1_000)).toBe(true);
  });

  test("of two at the same moment one waits for the other's commit and is not the first", async () => {
    const claims = await Promise.all(Array.from({ length: 8 }, () => claim(randomUUID(), 1_000)));
    expect(claims.filter(Boolean)).toHaveLength(1);
  });

  test("a claim that is rolled back was none", async () => {
    const rolledBack = database.transact(async (tx) => {
      expect(
        await claimOnce(tx, {
          workspaceId: "main",
          key: Buffer.from("k"),
          eventId: randomUUID(),
          at: 1,
          windowMs: 600_000,
        }),
      ).toBe(true);
      throw new Error("no");
    });
    await expect(rolledBack).rejects.toThrow("no");
    expect(await claim(randomUUID(), 2)).toBe(true);
  });
});
