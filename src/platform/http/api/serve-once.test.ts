import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import type { Queries } from "#platform/db/database.ts";
import { testDatabase, type TestDatabase } from "../../../../test/support/database.ts";
import { ask, openTestServer } from "../../../../test/support/http-server.ts";
import { conflict } from "./fault.ts";
import { pruneAnswers } from "./once.store.ts";
import { describeRoute } from "./route.ts";
import { serveOnce } from "./serve-once.ts";

const route = describeRoute({
  method: "POST",
  path: "/things",
  part: "Things",
  summary: "Make a thing",
  scope: "write",
  body: z.object({ name: z.string() }),
  answer: {
    status: 201,
    meaning: "The thing.",
    schema: z.object({ name: z.string(), number: z.int() }),
  },
});

let database: TestDatabase;
let server: Awaited<ReturnType<typeof openTestServer>>;
let work: (tx: Queries, name: string) => Promise<void>;
let woken = 0;

beforeEach(async () => {
  database = await testDatabase();
  await database.query("insert into workspace values ('main', 'main', 1), ('two', 'two', 1)");
  await database.query("create table thing (number int generated always as identity, name text)");
  woken = 0;
  work = async () => undefined;
  server = await openTestServer((app) => {
    app.decorateRequest("caller", null);
    app.addHook("onRequest", async (request) => {
      const { ws } = request.params as { ws: string };
      request.caller = { workspaceId: ws, scopes: ["write"], name: "test" };
    });
    serveOnce(
      app,
      {
        database,
        now: () => 5,
        fingerprint: (text) => `f(${text})`,
        wake: () => void (woken += 1),
      },
      {
        route,
        handle: async (tx, { body }) => {
          const rows = await tx.query<{ number: number }>(
            "insert into thing (name) values ($1) returning number",
            [body.name],
          );
          await work(tx, body.name);
          return { name: body.name, number: rows[0]!.number, secret: "canary" } as never;
        },
      },
    );
  });
});
afterEach(async () => {
  await server.close(0);
  await database[Symbol.asyncDispose]();
});

async function make(name: unknown, key?: string, ws = "main") {
  return await ask(`${server.url}/api/v1/${ws}/things`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(key !== undefined && { "idempotency-key": key }),
    },
    body: JSON.stringify({ name }),
  });
}

const count = async () => (await database.query("select 1 from thing")).length;

describe("a request that changes something", () => {
  it("is done each time without a key", async () => {
    expect((await make("a")).json()).toEqual({ name: "a", number: 1 });
    expect((await make("a")).json()).toEqual({ name: "a", number: 2 });
    expect(woken).toBe(2);
  });

  it("is done once under its key, and answered the same", async () => {
    const first = await make("a", "k1");
    const again = await make("a", "k1");
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.said).toBe(first.said);
    expect(again.headers["content-type"]).toBe(first.headers["content-type"]);
    expect(await count()).toBe(1);
  });

  it("that comes many times at once is done once", async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => make("a", "k1")));
    expect(new Set(answers.map(({ said }) => said)).size).toBe(1);
    expect(await count()).toBe(1);
  });

  it("under the key of another request is refused", async () => {
    await make("a", "k1");
    const { status, json } = await make("b", "k1");
    expect(status).toBe(409);
    expect(json()).toMatchObject({ code: "idempotency_key_reused" });
    expect(await count()).toBe(1);
  });

  it("has its keys to itself in each workspace", async () => {
    await make("a", "k1");
    expect((await make("b", "k1", "two")).status).toBe(201);
  });

  it("that was refused or broke leaves nothing, and may be repeated under its key", async () => {
    work = async () => {
      throw conflict("not_now", "Not now. Later.");
    };
    expect((await make("a", "k1")).status).toBe(409);
    work = async () => {
      throw new Error("ours");
    };
    expect((await make("a", "k1")).status).toBe(500);
    expect(await count()).toBe(0);
    expect(woken).toBe(0);
    work = async () => undefined;
    expect((await make("a", "k1")).status).toBe(201);
  });

  it("keeps no more of its answer than went out", async () => {
    const { said } = await make("a", "k1");
    expect(said).not.toContain("canary");
    const kept = await database.query<{ answer: string }>("select answer from answered_request");
    expect(kept).toEqual([{ answer: said }]);
  });

  it("is answered anew when its answer was forgotten", async () => {
    await make("a", "k1");
    await pruneAnswers(database, 5);
    await make("a", "k1");
    expect(await count()).toBe(1);
    await pruneAnswers(database, 6);
    await make("a", "k1");
    expect(await count()).toBe(2);
  });

  it.each(["", " ", "a b", "ключ".normalize(), "x".repeat(256)])(
    "with the unusable key %j is refused",
    async (key) => {
      const answer = await make("a", Buffer.from(key).toString("latin1"));
      expect(answer.status).toBe(400);
      expect(answer.json()).toMatchObject({ errors: [{ path: "idempotency-key" }] });
    },
  );

  it("is refused with every fault of its body", async () => {
    const { status, json } = await make(5);
    expect(status).toBe(400);
    expect(json()).toMatchObject({ code: "invalid_input", errors: [{ path: "name" }] });
  });
});
