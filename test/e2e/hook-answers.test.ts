import { expect, test } from "vitest";
import { ACCOUNT, book, LOCK, openStudio } from "../support/studio.ts";

test("an event for a stored hook is refused with 503 while the store is away", async () => {
  await using server = await openStudio();
  const { pool } = server.database;
  await server.post(server.hook("ttlock", `${ACCOUNT}&lockId=${LOCK}`), book(server).event());
  await server.database.query("update hook set is_stored = true");
  const [hook] = await server.database.query<{ id: string }>("select id from hook");
  const url = `${server.url}/webhook/h/${hook?.id}`;
  const connect = pool.connect.bind(pool);
  const query = pool.query.bind(pool);
  const away = () =>
    Promise.reject(Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" }));
  Object.assign(pool, { connect: away, query: away });
  const event = await fetch(url, { method: "POST", body: "{}" });
  const check = await fetch(url);
  Object.assign(pool, { connect, query });
  expect([event.status, event.headers.get("retry-after")]).toEqual([503, "5"]);
  expect(check.status).toBe(503);
});

test("a check's answer is not kept by anybody on the way", async () => {
  await using server = await openStudio();
  const url = server.hook("ttlock", `${ACCOUNT}&lockId=${LOCK}`);
  const page = await fetch(url, { headers: { accept: "text/html" } });
  const json = await fetch(url);
  const refused = await fetch(`${server.url}/webhook/ttlock`);
  expect([page, json, refused].map((answer) => answer.headers.get("cache-control"))).toEqual([
    "no-store",
    "no-store",
    "no-store",
  ]);
});
