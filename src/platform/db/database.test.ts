import { createServer } from "node:net";
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { emptyDatabase, type TestDatabase } from "../../../test/support/database.ts";
import { isDatabaseAway } from "./away.ts";
import { openDatabase } from "./database.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await emptyDatabase();
  await database.query("CREATE TABLE rooms (id bigint PRIMARY KEY, name text)");
});

afterAll(() => database[Symbol.asyncDispose]());

describe("query", () => {
  test("gives rows, with bigint as number and instants as text", async () => {
    const rows = await database.query(
      "SELECT $1::bigint AS at, ARRAY[1::bigint, NULL] AS list, timestamptz '2026-01-01 00:00+00' AS text",
      [1_790_000_000_000],
    );
    expect(rows).toEqual([
      { at: 1_790_000_000_000, list: [1, null], text: expect.stringMatching(/^202[56]-/) },
    ]);
  });

  test("refuses to round a bigint", async () => {
    await expect(database.query("SELECT 9007199254740993")).rejects.toMatchObject({
      code: "number_too_big",
    });
    expect(await database.query("SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });

  test("prepares a named statement once per connection", async () => {
    await database.transact(async (transaction) => {
      const statement = { name: "by-id", text: "SELECT $1::int AS id" };
      await transaction.query({ ...statement, values: [1] });
      expect(await transaction.query(statement, [2])).toEqual([{ id: 2 }]);
      const prepared = await transaction.query(
        "SELECT name, generic_plans + custom_plans AS runs FROM pg_prepared_statements",
      );
      expect(prepared).toEqual([{ name: "by-id", runs: 2 }]);
    });
  });

  test("serves typed queries through Kysely", async () => {
    const rooms = database.kysely.$extendTables<{ rooms: { id: number; name: string } }>();
    await rooms.insertInto("rooms").values({ id: 100, name: "attic" }).execute();
    expect(await rooms.selectFrom("rooms").select("name").where("id", "=", 100).execute()).toEqual([
      { name: "attic" },
    ]);
  });
});

describe("transact", () => {
  test("sends statements without waiting, in order, and fails with the first that fails", async () => {
    const work = database.transact(async (transaction) => {
      await transaction.execute("INSERT INTO rooms VALUES (20, 'cellar')");
      await transaction.execute("INSERT INTO rooms VALUES (20, 'cellar again')");
      await transaction.query("SELECT 1");
    });

    await expect(work).rejects.toMatchObject({ code: "23505" });
    const late = database.transact((transaction) =>
      transaction.execute("INSERT INTO nowhere DEFAULT VALUES"),
    );
    await expect(late).rejects.toMatchObject({ code: "42P01" });
    expect(await database.query("SELECT 1 FROM rooms WHERE id = 20")).toEqual([]);
  });

  test("hears its own statements before it commits", async () => {
    const seen = await database.transact(async (transaction) => {
      await transaction.execute("INSERT INTO rooms VALUES (21, $1)", ["loft"]);
      await transaction.execute("UPDATE rooms SET name = 'attic' WHERE id = 21");
      return await transaction.query("SELECT name FROM rooms WHERE id = 21");
    });

    expect(seen).toEqual([{ name: "attic" }]);
    expect(await database.query("SELECT name FROM rooms WHERE id = 21")).toEqual(seen);
  });

  test("commits what the work did and gives its result", async () => {
    const result = await database.transact(async (transaction) => {
      await transaction.query("INSERT INTO rooms VALUES (1, 'hall')");
      return "done";
    });
    expect(result).toBe("done");
    expect(await database.query("SELECT name FROM rooms WHERE id = 1")).toEqual([{ name: "hall" }]);
  });

  test("undoes everything when the work throws, and gives the connection back", async () => {
    for (let n = 0; n < 20; n++) {
      const failed = database.transact(async (transaction) => {
        await transaction.query("INSERT INTO rooms VALUES (2, 'cellar')");
        throw new Error("changed my mind");
      });
      await expect(failed).rejects.toThrow("changed my mind");
    }
    expect(await database.query("SELECT name FROM rooms WHERE id = 2")).toEqual([]);
  });

  test("survives losing its connection, and does not lend it again", async () => {
    const failed = database.transact(async (transaction) => {
      await transaction
        .query("SELECT pg_terminate_backend(pg_backend_pid())")
        .catch(() => undefined);
      await transaction.query("SELECT 1");
    });
    await expect(failed).rejects.toSatisfy(isDatabaseAway);
    const asked = Array.from({ length: 20 }, () => database.query("SELECT 1 AS one"));
    expect(await Promise.all(asked)).toHaveLength(20);
  });
});

describe("isDatabaseAway", () => {
  test("knows a server that is not there", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" && address ? address.port : 0;
    server.close();
    await once(server, "close");
    await expect(openDatabase({ url: `postgresql://a@127.0.0.1:${port}/a` })).rejects.toSatisfy(
      isDatabaseAway,
    );
    await expect(
      openDatabase({ url: "postgresql://a@localhost/a?host=/nowhere" }),
    ).rejects.toSatisfy(isDatabaseAway);
  });

  test("knows a server that hangs up", async () => {
    const server = createServer((socket) => socket.once("data", () => socket.destroy())).listen(
      0,
      "127.0.0.1",
    );
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" && address ? address.port : 0;
    await expect(openDatabase({ url: `postgresql://a@127.0.0.1:${port}/a` })).rejects.toSatisfy(
      isDatabaseAway,
    );
    server.close();
  });

  test("knows a session that the server ended", async () => {
    const ended = database.query("SELECT pg_terminate_backend(pg_backend_pid())");
    await expect(ended).rejects.toSatisfy(isDatabaseAway);
    await expect(ended).rejects.toMatchObject({ code: "57P01" });
  });

  test("finds it below other errors", () => {
    const refused = Object.assign(new Error("connect"), { code: "ECONNREFUSED" });
    expect(isDatabaseAway(new Error("could not accept", { cause: refused }))).toBe(true);
    expect(isDatabaseAway(new AggregateError([new Error("x"), refused]))).toBe(true);
  });

  test("is not fooled by faults of a statement", async () => {
    await database.query("INSERT INTO rooms VALUES (50, 'bath')");
    const faults = [
      database.query("INSERT INTO rooms VALUES (50, 'bath')"),
      database.query("SELECT * FROM nowhere"),
      database.query("SELECT 1/0"),
      database.transact(async (transaction) => {
        await transaction.query("SET LOCAL statement_timeout = 10");
        await transaction.query("SELECT pg_sleep(5)");
      }),
    ];
    const settled = await Promise.allSettled(faults);
    const errors = settled.map((one): unknown =>
      one.status === "rejected" ? one.reason : undefined,
    );
    expect(errors.map((error) => error instanceof Error && !isDatabaseAway(error))).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect([undefined, "ECONNREFUSED", new Error("other")].some((one) => isDatabaseAway(one))).toBe(
      false,
    );
  });
});

test("transactions that ask the pool for more do not wait for each other", async () => {
  const asked = Array.from({ length: 40 }, async () =>
    database.transact(async (transaction) => {
      await transaction.query("SELECT 1");
      return await database.query("SELECT 1 AS one");
    }),
  );
  expect(await Promise.all(asked)).toEqual(Array.from({ length: 40 }, () => [{ one: 1 }]));
});
