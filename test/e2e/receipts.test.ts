import { createServer, type AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { NOON, openTestServer, WORKSPACE, type TestServer } from "../support/server.ts";

const HOUR = 3_600_000;
const TOKEN = "d75b3a66374942c5b3c019c698abc2067e151558acbd412345";
const HOOK = `apiUrl=1103.api.green-api.com&idInstance=1101000001&apiTokenInstance=${TOKEN}&errorEmail=owner@example.org`;

/** A server that vendors reach under its own address. */
async function openPublicServer(): Promise<TestServer> {
  const port = await findFreePort();
  const environment = { CONCIERGE_PUBLIC_URL: `http://127.0.0.1:${port}` };
  const server = await openTestServer({ port, environment });
  server.vendors.greenApi.addInstance({ id: "1101000001", token: TOKEN, kind: "whatsapp" });
  return server;
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function sendOne(server: TestServer) {
  const startsAt = NOON + 3 * HOUR;
  const order = server.vendors.torrow.createOrder({ startsAt, endsAt: startsAt + HOUR });
  await server.post(server.hook("green-api", HOOK), server.vendors.torrow.eventBody(order.id));
  const [sent] = server.vendors.greenApi.sent;
  if (!sent) throw new Error("Nothing was sent.");
  return sent;
}

async function stateOf(server: TestServer): Promise<unknown> {
  const [row] = await server.database.query<{ state: string }>("select state from delivery");
  return row?.state;
}

test("statuses that the vendor pushes show on the delivery, also when they come twice or out of order", async () => {
  await using server = await openPublicServer();
  const sent = await sendOne(server);
  expect(await stateOf(server)).toBe("sent");
  expect(server.vendors.greenApi.settings("1101000001")["webhookUrl"]).toContain(
    `/receipts/${WORKSPACE}/`,
  );

  expect(await server.vendors.greenApi.advance(sent, { status: "read" })).toBe(200);
  await server.idle();
  expect(await stateOf(server)).toBe("read");

  await server.vendors.greenApi.advance(sent, { status: "delivered" });
  await server.vendors.greenApi.repeat(sent);
  await server.idle();
  expect(await stateOf(server)).toBe("read");
});

test("a number without an account is told to whoever asked to hear of errors", async () => {
  await using server = await openPublicServer();
  const sent = await sendOne(server);

  await server.vendors.greenApi.advance(sent, { status: "noAccount" });
  await server.idle();
  await server.advance(5_000);

  expect(await stateOf(server)).toBe("refused");
  expect(server.mails).toHaveLength(1);
});

test("a status URL with another token is not answered", async () => {
  await using server = await openPublicServer();
  await sendOne(server);
  const url = String(server.vendors.greenApi.settings("1101000001")["webhookUrl"]);

  const answer = await fetch(`${url.slice(0, -3)}aaa`, { method: "POST", body: "{}" });

  expect(answer.status).toBe(404);
});

test("a status that comes before the answer to its send is not lost", async () => {
  await using server = await openPublicServer();
  const sent = await sendOne(server);
  const [row] = await server.database.query<{ ids: string[] }>(
    "select remote_ids as ids from delivery",
  );
  await server.database.query("update delivery set remote_ids = '{}'");

  await server.vendors.greenApi.advance(sent, { status: "read" });
  await server.idle();
  expect(await stateOf(server)).toBe("sent");
  await server.database.query("update delivery set remote_ids = $1", [row?.ids]);
  await server.advance(5_000);

  expect(await stateOf(server)).toBe("read");
});

test("a receipt for the first part of a message does not keep its second part from being sent", async () => {
  await using server = await openPublicServer();
  await sendOne(server);
  const startsAt = NOON + 3 * HOUR;
  const order = server.vendors.torrow.createOrder({ startsAt, endsAt: startsAt + HOUR });
  const { greenApi } = server.vendors;
  greenApi.faults.add(/sendMessage/, { kind: "latency", ms: 0 });
  const answer = { status: 429, body: "" };
  greenApi.faults.add(/sendMessage/, { kind: "answer", answer });
  const message = `${"first ".repeat(600)}%0A%0A${"second ".repeat(300)}`;
  const hook = server.hook("green-api", `${HOOK}&message=${message.replaceAll(" ", "%20")}`);
  await server.post(hook, server.vendors.torrow.eventBody(order.id));
  const [, first] = greenApi.sent;
  if (!first) throw new Error("Nothing was sent.");
  expect(greenApi.sent).toHaveLength(2);

  expect(await greenApi.advance(first, { status: "read" })).toBe(200);
  await server.idle();
  await server.advance(HOUR);

  expect(greenApi.sent).toHaveLength(3);
});
