import { expect, it } from "vitest";
import { eventually } from "../test/support/tools.ts";
import { startSimulator } from "./simulator.ts";
import { startWappiSimulator, type WappiOptions, type WappiSimulator } from "./wappi.ts";

const token = "key";
const id = "1a2b3c4d-5e6f";

it.each([
  ["GET /api/sync/get/status", "other", 401],
  ["GET /tapi/sync/get/status", token, 400],
  ["GET /botapi/sync/get/status", token, 400],
  ["GET /vkapi/sync/get/status", token, 404],
  ["POST /api/sync/get/status", token, 404],
  ["GET /api/sync/get/status", token, 200],
])("answers %s with key %s by %i", async (call, authorization, status) => {
  const [method = "", path = ""] = call.split(" ");
  await using wappi = await start();
  const answer = await fetch(`${wappi.url}${path}?profile_id=${id}`, {
    method,
    headers: { authorization },
  });
  expect(answer.status).toBe(status);
});

it("takes a message for an unpaid profile and never tells of it again", async () => {
  await using wappi = await start();
  wappi.profile(id).paidUntil = 0;
  expect(await send(wappi)).toBe(200);
  await wappi.push(wappi.sent[0]?.messageId ?? "", "delivered");
  expect(wappi.sent).toMatchObject([{ status: "pending" }]);
});

it("walks a message through its statuses by itself and posts each", async () => {
  await using listener = await startSimulator(() => ({ status: 200, body: {} }));
  await using wappi = await start({
    statuses: [
      { status: "delivered", afterMs: 1 },
      { status: "read", afterMs: 20 },
    ],
  });
  Object.assign(wappi.profile(id), {
    webhookUrl: listener.url,
    webhookTypes: ["delivery_status"],
  });
  await send(wappi);
  await eventually(() => listener.journal[1]);
  const told = listener.journal.map(({ body }) => /"status":"(\w+)"/.exec(body)?.[1]);
  expect(new Set(told)).toEqual(new Set(["delivered", "read"]));
});

it("posts nothing to a webhook that did not ask for statuses", async () => {
  await using listener = await startSimulator(() => ({ status: 200, body: {} }));
  await using wappi = await start();
  wappi.profile(id).webhookUrl = listener.url;
  await send(wappi);
  expect(await wappi.push(wappi.sent[0]?.messageId ?? "", "read")).toBeUndefined();
  expect(listener.journal).toEqual([]);
});

it("lets a cascade go on to the next messenger when the first cannot bring it", async () => {
  await using wappi = await start();
  const cascade = "e9f1c45c0bd7a3e8e8ba";
  const order = [{ platform: "wa", profileId: id } as const, { platform: "sms" } as const];
  wappi.addCascade({ token, id: cascade, name: "All", order });
  const body = { recipient: "79001234567", body: "x", cascade_id: cascade };
  await post(wappi, "/csender/cascade/send", body);
  wappi.removeAccount("wa", "79001234567");
  await post(wappi, "/csender/cascade/send", body);
  expect(wappi.sent.map(({ platform }) => platform)).toEqual(["wa", "sms"]);
});

it("mixes up two histories that are read at the same time", async () => {
  await using wappi = await start({ readMs: 500 });
  await send(wappi);
  const read = async (chatId: string): Promise<string> => {
    const query = new URLSearchParams({ profile_id: id, chat_id: chatId });
    const url = `${wappi.url}/api/sync/messages/get?${query.toString()}`;
    return (await fetch(url, { headers: { authorization: token } })).text();
  };
  const [mine, theirs] = await Promise.all([read("79001234567@c.us"), read("7999@c.us")]);
  expect([mine, theirs].filter((text) => text.includes('"body":"x"'))).not.toEqual([mine]);
  expect(wappi.mostReadsAtOnce).toBe(2);
});

async function start(options: WappiOptions = {}): Promise<WappiSimulator> {
  const wappi = await startWappiSimulator(options);
  wappi.addProfile({ token, id, platform: "wa" });
  return wappi;
}

function send(wappi: WappiSimulator): Promise<number> {
  const body = { recipient: "79001234567", body: "x" };
  return post(wappi, `/api/sync/message/send?profile_id=${id}`, body);
}

async function post(wappi: WappiSimulator, path: string, body: object): Promise<number> {
  const headers = { authorization: token, "content-type": "application/json" };
  const init = { method: "POST", headers, body: JSON.stringify(body) };
  return (await fetch(wappi.url + path, init)).status;
}
