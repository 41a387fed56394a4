import { afterEach, beforeEach, expect, it } from "vitest";
import { type Simulator, startSimulator } from "./simulator.ts";
import { startWazzup24Simulator, type Wazzup24Simulator } from "./wazzup24.ts";

const key = "a-key";
const channelId = "b96a353b-0000-4cac-8413-ba0000000001";
const guest = "79001234567";

let clock: number;
let wazzup: Wazzup24Simulator;
let receiver: Simulator;
let receiverStatus: number;

beforeEach(async () => {
  clock = Date.UTC(2030, 0, 15, 9);
  receiverStatus = 200;
  wazzup = await startWazzup24Simulator({ now: () => clock });
  receiver = await startSimulator(() => ({ status: receiverStatus, body: "" }));
  wazzup.addChannel({ key, channelId, transport: "whatsapp" });
});

afterEach(async () => {
  await wazzup[Symbol.asyncDispose]();
  await receiver[Symbol.asyncDispose]();
});

async function call(method: string, path: string, given: { body?: object; key?: string } = {}) {
  const response = await fetch(wazzup.url + path, {
    method,
    headers: { authorization: `Bearer ${given.key ?? key}` },
    ...(given.body && { body: JSON.stringify(given.body) }),
  });
  const text = await response.text();
  return { status: response.status, json: text === "" ? undefined : JSON.parse(text) };
}

const send = (more: object = {}) =>
  call("POST", "/v3/message", {
    body: { channelId, chatType: "whatsapp", chatId: guest, text: "Привет", ...more },
  });
const told = () => receiver.journal.map(({ body }) => JSON.parse(body));
const listen = (webhooksUri = receiver.url) =>
  call("PATCH", "/v3/webhooks", {
    body: { webhooksUri, subscriptions: { messagesAndStatuses: true } },
  });

it("knows its keys only", async () => {
  expect((await call("GET", "/v3/channels", { key: "other" })).status).toBe(401);
  wazzup.revokeKey(key);
  expect((await call("GET", "/v3/channels")).status).toBe(401);
});

it("lists the key's channels with their changing states", async () => {
  wazzup.addChannel({ key: "b-key", channelId: "other", transport: "max" });
  wazzup.setState(channelId, "openelsewhere");
  expect((await call("GET", "/v3/channels")).json).toEqual([
    { channelId, transport: "whatsapp", plainId: "79007654321", state: "openelsewhere" },
  ]);
});

it("answers 201 with the ids of message and chat", async () => {
  const { status, json } = await send();
  expect(status).toBe(201);
  expect(json).toEqual({ messageId: wazzup.sent[0]!.messageId, chatId: guest });
});

it.each([
  ["both text and file", { contentUri: "https://a.example/x" }, "MESSAGE_ONLY_TEXT_OR_CONTENT"],
  ["neither", { text: undefined }, "MESSAGE_NOTHING_TO_SEND"],
  ["a blank text", { text: " " }, "MESSAGES_TEXT_CAN_NOT_BE_BLANK"],
  ["a number with a plus", { chatId: "+79001234567" }, "INVALID_MESSAGE_DATA"],
  ["a phone at WhatsApp", { chatId: undefined, phone: guest }, "INVALID_MESSAGE_DATA"],
  ["another messenger", { chatType: "telegram" }, "WRONG_TRANSPORT"],
  ["an unknown channel", { channelId: "x" }, "CHANNEL_NOT_FOUND"],
  ["a long text", { text: "ж".repeat(10_001) }, "MESSAGE_TEXT_TOO_LONG"],
])("refuses %s", async (_, more, error) => {
  expect(await send(more)).toMatchObject({ status: 400, json: { error } });
  expect(wazzup.sent).toEqual([]);
});

it("writes by phone in MAX and Telegram and tells the chat", async () => {
  wazzup.addChannel({ key, channelId: "m", transport: "max" });
  const more = { channelId: "m", chatType: "max", chatId: undefined, phone: guest };
  const { status, json } = await send(more);
  expect(status).toBe(201);
  expect(json.chatId).toBe(`id-${guest}`);
});

it.each([
  ["phoneUnavailable", "MESSAGE_CHANNEL_UNAVAILABLE"],
  ["notEnoughMoney", "CHANNEL_NO_MONEY"],
  ["blocked", "CHANNEL_BLOCKED"],
  ["rejected", "CHANNEL_WAPI_REJECTED"],
  ["qr", "MESSAGE_CHANNEL_UNAVAILABLE"],
])("does not send while the channel is %s", async (state, error) => {
  wazzup.setState(channelId, state);
  expect((await send()).json).toMatchObject({ error, status: 400 });
});

it.each(["REPEATED_CRM_MESSAGE_ID", "repeatedCrmMessageId"] as const)(
  "refuses the same crmMessageId for a minute, as %s",
  async (repeatedSpelling) => {
    await using strict = await startWazzup24Simulator({ repeatedSpelling, now: () => clock });
    strict.addChannel({ key, channelId, transport: "whatsapp" });
    const body = JSON.stringify({
      channelId,
      chatType: "whatsapp",
      chatId: guest,
      text: "x",
      crmMessageId: "one",
    });
    const headers = { authorization: `Bearer ${key}` };
    const post = () => fetch(`${strict.url}/v3/message`, { method: "POST", headers, body });
    expect((await post()).status).toBe(201);
    clock += 60_000;
    expect(await (await post()).json()).toMatchObject({ error: repeatedSpelling });
    clock += 1_000;
    expect((await post()).status).toBe(201);
    expect(strict.sent).toHaveLength(2);
  },
);

it("sends without a crmMessageId as often as asked", async () => {
  await send();
  await send();
  expect(wazzup.sent).toHaveLength(2);
});

it("tries a new webhook before it takes it", async () => {
  expect((await listen()).status).toBe(200);
  expect(told()).toEqual([{ test: true }]);
  expect((await call("GET", "/v3/webhooks")).json).toMatchObject({
    webhooksUri: receiver.url,
    subscriptions: { messagesAndStatuses: "true", channelsUpdates: "false" },
  });
});

it.each([
  ["answers 500", "testPostNotPassed", () => receiver.url],
  ["is no URL", "uriNotValid", () => "hello"],
  ["is longer than 200", "uriNotValid", () => `${receiver.url}/${"x".repeat(200)}`],
])("does not take a webhook that %s", async (_, error, url) => {
  receiverStatus = 500;
  expect(await listen(url())).toMatchObject({ status: 400, json: { error } });
  expect(wazzup.webhooks(key).webhooksUri).toBe("");
});

it("does not wait for a slow receiver for ever", async () => {
  await using impatient = await startWazzup24Simulator({ receiverTimeoutMs: 20 });
  impatient.addChannel({ key, channelId, transport: "whatsapp" });
  receiver.faults.add(/./, { kind: "silence-after-apply" });
  const answered = await fetch(`${impatient.url}/v3/webhooks`, {
    method: "PATCH",
    headers: { authorization: `Bearer ${key}` },
    body: JSON.stringify({ webhooksUri: receiver.url }),
  });
  expect(answered.status).toBe(400);
});

it("tells statuses, twice if wanted, with the echo beside them", async () => {
  await listen();
  await send();
  await wazzup.advance(wazzup.sent[0]!, { times: 2 });
  await wazzup.advance(wazzup.sent[0]!, { withEcho: true });
  const { messageId } = wazzup.sent[0]!;
  const posts = told().slice(1);
  expect(posts.map(({ statuses }) => statuses[0].status)).toEqual([
    "delivered",
    "delivered",
    "read",
  ]);
  expect(posts[2].messages).toMatchObject([{ messageId, isEcho: true }]);
});

it("tells an error of a contact without an account", async () => {
  await listen();
  wazzup.removeAccount(guest);
  expect((await send()).status).toBe(201);
  await wazzup.advance(wazzup.sent[0]!);
  expect(told()[1].statuses).toMatchObject([{ status: "error", error: { error: "BAD_CONTACT" } }]);
});

it("can tell a status before it answers the send", async () => {
  await using early = await startWazzup24Simulator({ isStatusFirst: true });
  early.addChannel({ key, channelId, transport: "whatsapp" });
  const headers = { authorization: `Bearer ${key}` };
  const ask = (method: string, path: string, body: object) =>
    fetch(early.url + path, { method, headers, body: JSON.stringify(body) });
  await ask("PATCH", "/v3/webhooks", {
    webhooksUri: receiver.url,
    subscriptions: { messagesAndStatuses: true },
  });
  const body = { channelId, chatType: "whatsapp", chatId: guest, text: "x" };
  const { messageId } = (await (await ask("POST", "/v3/message", body)).json()) as {
    messageId: string;
  };
  expect(told()[1].statuses).toMatchObject([{ messageId, status: "sent" }]);
});

it("takes 500 calls in 5 seconds", async () => {
  const statuses = new Set<number>();
  for (let left = 500; left > 0; left -= 1)
    statuses.add((await call("GET", "/v3/channels")).status);
  expect([...statuses]).toEqual([200]);
  expect((await call("GET", "/v3/channels")).status).toBe(429);
  clock += 5_000;
  expect((await call("GET", "/v3/channels")).status).toBe(200);
});
