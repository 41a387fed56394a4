import { afterEach, beforeEach, expect, it } from "vitest";
import {
  type GreenApiSimulator,
  quotaExceeded,
  startGreenApiSimulator,
  toMaxChatId,
} from "./green-api.ts";
import { type Simulator, startSimulator } from "./simulator.ts";

const wa = { id: "1101000001", token: "wa-token" };
const max = { id: "3100000001", token: "max-token" };
const guest = "79001234567";
const chatId = `${guest}@c.us`;

let clock: number;
let green: GreenApiSimulator;
let receiver: Simulator;
let receiverStatus: number;

beforeEach(async () => {
  clock = Date.UTC(2030, 0, 15, 9);
  receiverStatus = 200;
  green = await startGreenApiSimulator({ now: () => clock });
  receiver = await startSimulator(() => ({ status: receiverStatus, body: "" }));
  green.addInstance({ ...wa, kind: "whatsapp" });
  green.addInstance({ ...max, kind: "max" });
});

afterEach(async () => {
  await green[Symbol.asyncDispose]();
  await receiver[Symbol.asyncDispose]();
});

async function call(path: string, body?: object, method = body ? "POST" : "GET") {
  const response = await fetch(green.url + path, {
    method,
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, text, json: parse(text) };
}

const parse = (text: string) => JSON.parse(/^[[{]/.test(text) ? text : "null");

const at = ({ id, token }: typeof wa, method: string) => `/waInstance${id}/${method}/${token}`;
const send = (to = chatId, message = "Привет", instance = wa) =>
  call(at(instance, "sendMessage"), { chatId: to, message });
const told = () => receiver.journal.map(({ body }) => parse(body));

it.each([
  ["a wrong token: 401 with nothing", "/waInstance1101000001/getStateInstance/other", 401, /^$/],
  ["a wrong instance: 403 with a page", "/waInstance77/getStateInstance/x", 403, /<html>/],
  ["a wrong path: 404 with a page", "/hello", 404, /<html>/],
  ["a method of MAX at WhatsApp: 404", at(wa, "getAccountSettings"), 404, /<html>/],
])("refuses %s", async (_, path, ...expected) => {
  const { status, text } = await call(path);
  expect(status).toBe(expected[0]);
  expect(text).toMatch(expected[1]);
});

it("takes method names in any case, and both forms of a MAX path", async () => {
  for (const path of [at(wa, "GetStateInstance"), at(max, "getStateInstance")])
    expect((await call(path)).json).toEqual({ stateInstance: "authorized" });
  expect((await call(`/v3${at(max, "getStateInstance")}`)).status).toBe(200);
});

it.each([
  ["notAuthorized", /not authorized/],
  ["starting", /starting process try later/],
  ["blocked", /not authorized/],
] as const)("does not send while it is %s", async (state, text) => {
  green.setState(wa.id, state);
  const answered = await send();
  expect(answered).toMatchObject({ status: 400, text: expect.stringMatching(text) });
  expect(green.sent).toEqual([]);
});

it("keeps messages in the queue, out of the journal, until they are let go", async () => {
  green.holdQueue(wa.id, true);
  const { idMessage } = (await send()).json;
  const queue = (await call(at(wa, "showMessagesQueue"))).json;
  expect(queue).toEqual([
    { messageID: idMessage, type: "sendMessage", body: { chatId, message: "Привет" } },
  ]);
  expect((await call(at(wa, "getMessage"), { chatId, idMessage })).status).toBe(404);
  green.holdQueue(wa.id, false);
  expect((await call(at(wa, "showMessagesQueue"))).json).toEqual([]);
  expect((await call(at(wa, "getMessage"), { chatId, idMessage })).json).toMatchObject({
    statusMessage: "sent",
    textMessage: "Привет",
  });
});

it("lists what was sent in the last minutes, newest first, while the flag is on", async () => {
  await send(chatId, "старое");
  clock += 11 * 60_000;
  await send(chatId, "одно");
  await send(chatId, "другое");
  const path = `${at(wa, "lastOutgoingMessages")}?minutes=10`;
  const texts = async () =>
    (await call(path)).json.map(({ textMessage }: { textMessage: string }) => textMessage);
  expect(await texts()).toEqual(["другое", "одно"]);
  green.changeSettings(wa.id, { outgoingAPIMessageWebhook: "no" });
  await send(chatId, "немое");
  expect(await texts()).toEqual(["другое", "одно"]);
});

it("walks through the statuses and tells each, signed with the token that was set", async () => {
  green.changeSettings(wa.id, { webhookUrl: receiver.url, webhookUrlToken: "s3cret" });
  await send();
  const [message] = green.sent;
  await green.advance(message!);
  await green.advance(message!);
  expect(told().map(({ status }) => status)).toEqual(["sent", "delivered", "read"]);
  expect(told()[1]).toMatchObject({
    typeWebhook: "outgoingMessageStatus",
    chatId,
    idMessage: message!.idMessage,
    instanceData: { idInstance: 1101000001, typeInstance: "whatsapp" },
  });
  expect(receiver.journal[0]!.headers["authorization"]).toBe("Bearer s3cret");
});

it("tells repeats, and keeps what was not answered 200 at the head of the line", async () => {
  green.changeSettings(wa.id, { webhookUrl: receiver.url });
  await send();
  await green.flush(wa.id);
  receiverStatus = 500;
  await green.advance(green.sent[0]!);
  await green.advance(green.sent[0]!);
  const failed = told().at(-1).status;
  expect(failed).toBe("delivered");
  receiverStatus = 200;
  const before = told().length;
  await green.flush(wa.id);
  expect(
    told()
      .slice(before)
      .map(({ status }) => status),
  ).toEqual(["delivered", "read"]);
  await green.repeat(green.sent[0]!);
  expect(told().at(-1).status).toBe("read");
});

it("says noAccount of an absent number only after the send", async () => {
  green.removeAccount("whatsapp", guest);
  expect((await send()).status).toBe(200);
  await green.advance(green.sent[0]!);
  expect(green.sent[0]!.status).toBe("noAccount");
});

it("gives MAX messages ids that count within their chat, and numeric chats", async () => {
  const chats = [chatId, "79007654321@c.us"];
  const ids = [];
  for (const chat of chats) ids.push((await send(chat, "x", max)).json.idMessage);
  expect(new Set(ids).size).toBe(1);
  expect(green.sent.map((message) => message.chatId)).toEqual([
    toMaxChatId(guest),
    toMaxChatId("79007654321"),
  ]);
});

it("tells of MAX nothing while flags are off, but a failure always, and no sent", async () => {
  green.changeSettings(max.id, { webhookUrl: receiver.url });
  await send(chatId, "x", max);
  await green.advance(green.sent[0]!);
  expect(told()).toEqual([]);
  await green.advance(green.sent[0]!, { status: "failed" });
  expect(told()).toMatchObject([{ status: "failed", instanceData: { typeInstance: "v3" } }]);
  green.changeSettings(max.id, { outgoingWebhook: "yes" });
  await send(chatId, "y", max);
  expect(told()).toHaveLength(1);
});

it("looks numbers up once, from then on from its cache", async () => {
  const check = (body: object) => call(at(max, "checkAccount"), body);
  const first = await check({ phoneNumber: Number(guest) });
  expect(first.json).toEqual({ exist: true, chatId: toMaxChatId(guest), fromCache: false });
  expect((await check({ phoneNumber: Number(guest) })).json.fromCache).toBe(true);
  expect((await check({ phoneNumber: Number(guest), force: true })).json.fromCache).toBe(false);
  expect((await check({ phoneNumber: guest })).status).toBe(400);
  expect((await check({ phoneNumber: 4915112345678 })).status).toBe(400);
  green.removeAccount("max", guest);
  expect((await check({ phoneNumber: Number(guest) })).json).toMatchObject({
    exist: false,
    chatId: "",
  });
  green.exhaustChecks(max.id);
  expect((await check({ phoneNumber: Number(guest) })).status).toBe(469);
});

it.each([
  ["WhatsApp", wa, 20_000],
  ["MAX", max, 4_000],
] as const)("takes texts of %s up to their length", async (_, instance, longest) => {
  expect((await send(chatId, "ж".repeat(longest), instance)).status).toBe(200);
  expect((await send(chatId, "ж".repeat(longest + 1), instance)).status).toBe(400);
});

it("answers 466 with both limits when one is used up", async () => {
  green.exhaustQuota(wa.id, quotaExceeded("chats").body as object);
  const { status, json } = await send();
  expect(status).toBe(466);
  expect(json.invokeStatus.status).toBe("QUOTE_ALLOWED");
  expect(json.correspondentsStatus.status).toBe("CORRESPONDENTS_QUOTE_EXCEEDED");
});

it("restarts for each change of settings through the API", async () => {
  await call(at(wa, "setSettings"), { webhookUrl: "https://a.example" });
  expect(green.restarts(wa.id)).toBe(1);
  expect((await call(at(wa, "getSettings"))).json.webhookUrl).toBe("https://a.example");
});

it("gives the same notification until it is deleted, and none while a URL is set", async () => {
  await send();
  await green.advance(green.sent[0]!);
  const receive = () => call(`${at(wa, "receiveNotification")}?receiveTimeout=5`);
  const first = (await receive()).json;
  expect(first.body.status).toBe("sent");
  expect((await receive()).json).toEqual(first);
  const remove = (id: number) => call(`${at(wa, "deleteNotification")}/${id}`, undefined, "DELETE");
  expect((await remove(7)).json.result).toBe(false);
  expect((await remove(first.receiptId)).json.result).toBe(true);
  expect((await receive()).json.body.status).toBe("delivered");
  await remove((await receive()).json.receiptId);
  expect((await receive()).json).toBeNull();
  green.changeSettings(wa.id, { webhookUrl: receiver.url });
  expect((await receive()).status).toBe(400);
});

it("keeps the vendor's calls a second when asked to", async () => {
  await using strict = await startGreenApiSimulator({ isRateLimited: true, now: () => clock });
  strict.addInstance({ ...wa, kind: "whatsapp" });
  const ask = async () => (await fetch(strict.url + at(wa, "getStateInstance"))).status;
  expect([await ask(), await ask()]).toEqual([200, 429]);
  clock += 1_000;
  expect(await ask()).toBe(200);
});
