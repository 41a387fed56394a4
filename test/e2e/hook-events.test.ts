import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import { openDatabase } from "#platform/db/database.ts";
import { makeId } from "#platform/uuid.ts";
import { createToken } from "../../src/team/team.store.ts";
import { hashToken, makeToken } from "../../src/team/token.ts";
import { HOOK_KEY, type TestServer } from "../support/server.ts";
import { book, BOT, MINUTE, openStudio, TELEGRAM, verdicts } from "../support/studio.ts";

const read = async (answer: Response) => ({
  status: answer.status,
  body: (await answer.json()) as Record<string, string>,
});
const html = { accept: "text/html,application/xhtml+xml" };

/** Sends a request line as it is, and gives all that comes back. */
async function sendRaw(server: TestServer, request: string): Promise<string> {
  const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
  socket.end(Buffer.from(request, "utf8"));
  return await text(socket);
}

describe("what is no hook or no event", () => {
  test("an unknown kind is 404 and names those that there are", async () => {
    await using server = await openStudio();
    const { status, body } = await read(await fetch(server.hook("viber", "")));
    expect(status).toBe(404);
    expect(body["ErrorMessage"]).toMatch(/ttlock.*telegram.*wappi.*green-api.*wazzup24/);
    expect((await fetch(`${server.url}/webhook/h/nothing`)).status).toBe(404);
  });

  test("a body that is no JSON is 400, and keeps nothing", async () => {
    await using server = await openStudio();
    const answer = await fetch(server.hook("telegram", TELEGRAM), {
      method: "POST",
      body: "<xml/>",
    });
    expect(await read(answer)).toMatchObject({
      status: 400,
      body: { Status: "Error", ErrorMessage: expect.stringContaining("JSON") },
    });
    expect(await verdicts(server)).toEqual([]);
  });

  test("a body over the limit is 413, one just under it is taken", async () => {
    await using server = await openStudio();
    const url = server.hook("telegram", TELEGRAM);
    const post = (bytes: number) =>
      fetch(url, { method: "POST", body: JSON.stringify({ a: "x".repeat(bytes) }) });
    expect((await post(1_048_576)).status).toBe(413);
    expect((await post(1_040_000)).status).toBe(200);
  });

  test("any content type is taken, none too", async () => {
    await using server = await openStudio();
    const body = JSON.stringify(book(server).event());
    for (const type of [
      "application/json; charset=utf-8",
      "text/plain",
      "application/x-www-form-urlencoded",
      "application/octet-stream",
    ]) {
      const answer = await fetch(
        server.hook("telegram", `${TELEGRAM}&message=${encodeURIComponent(type)}`),
        { method: "POST", body, headers: { "content-type": type } },
      );
      expect(answer.status).toBe(200);
    }
  });

  test("a request line with raw Russian letters is a readable 400", async () => {
    await using server = await openStudio();
    const answer = await sendRaw(
      server,
      `GET /webhook/telegram?message=Привет&key=${HOOK_KEY} HTTP/1.1\r\nhost: x\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toMatch(/percent-encod/i);
  });
});

test("an event is answered with its id once it is on disk", async () => {
  await using server = await openStudio();
  const { status, body } = await read(
    await server.post(server.hook("telegram", TELEGRAM), book(server).event()),
  );
  expect({ status, body }).toEqual({
    status: 200,
    body: { Status: "Success", Message: expect.any(String), EventId: expect.any(String) },
  });
  expect(await server.database.query("select id from intake_event")).toEqual([
    { id: body["EventId"] },
  ]);
});

test("a store that takes nothing is told as 503 with Retry-After", async () => {
  await using server = await openStudio();
  const url = server.hook("telegram", TELEGRAM);
  await server.post(url, book(server).event());
  const name = new URL(server.database.url).pathname.slice(1);
  await using other = await openDatabase({ url: server.database.url }, { maxConnections: 1 });
  await other.query(`alter database ${name} set default_transaction_read_only = on`);
  await other.query(
    "select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()",
    [name],
  );
  for (const to of [url, server.hook("telegram", `${TELEGRAM}&message=new`)]) {
    const answer = await fetch(to, { method: "POST", body: JSON.stringify(book(server).event()) });
    expect(answer.headers.get("retry-after")).toBe("5");
    expect(await read(answer)).toMatchObject({ status: 503, body: { Status: "Error" } });
  }
  expect(await server.database.query("select 1 from intake_event")).toHaveLength(1);
});

async function makeWriter(server: TestServer): Promise<string> {
  const token = makeToken();
  await createToken(server.database, {
    workspaceId: "main",
    id: makeId(),
    name: "test",
    scopes: ["write", "read"],
    hash: hashToken(token),
    createdAt: 1,
  });
  return token;
}

const call = async (server: TestServer, path: string, given: { token: string; body?: unknown }) =>
  await fetch(`${server.url}/api/v1/main${path}`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${given.token}`,
      ...(given.body !== undefined && { "content-type": "application/json" }),
    },
    ...(given.body !== undefined && { body: JSON.stringify(given.body) }),
  });

test("a stored hook has a short URL without secrets, which checks and takes events", async () => {
  await using server = await openStudio();
  const token = await makeWriter(server);
  const made = await call(server, "/hooks", {
    token,
    body: { url: `https://hooks.example.org/webhook/telegram?${TELEGRAM}` },
  });
  const { url } = (await made.json()) as { url: string };
  expect(url).not.toContain(BOT);
  expect((await read(await fetch(url))).body).toMatchObject({ Status: "Success" });
  expect((await server.post(url, book(server).event())).status).toBe(200);
  expect(server.vendors.telegram.sent).toHaveLength(1);
  expect(await (await fetch(url, { headers: html })).text()).not.toContain(BOT);
});

test("a replay does an event's work again though it had been done within ten minutes", async () => {
  await using server = await openStudio();
  const token = await makeWriter(server);
  const answer = await server.post(server.hook("telegram", TELEGRAM), book(server).event());
  const { EventId } = (await answer.json()) as { EventId: string };
  const replayed = await call(server, `/intake/${EventId}/replay`, { token });
  expect(replayed.status).toBe(202);
  await server.advance(MINUTE);
  expect(server.vendors.telegram.sent).toHaveLength(2);
  expect(await verdicts(server)).toEqual(["done"]);
});
