import { expect, it } from "vitest";
import {
  type GreenApiSimulator,
  quotaExceeded,
  toMaxChatId,
} from "../../../simulators/green-api.ts";
import {
  aMessage,
  guest,
  ids,
  open,
  startInstances,
} from "../../../test/support/green-api-instances.ts";
import { makeMemory, makeTools } from "../../../test/support/tools.ts";
import { greenApi } from "./index.ts";
import { rememberedChats } from "./memory.ts";

const hour = 60 * 60_000;
const methods = ({ journal }: GreenApiSimulator) =>
  journal.map(({ path }) => path.split("/").at(-2));

it("writes to WhatsApp by phone, with its markup", async () => {
  await using world = await startInstances();
  const outcome = await open(world).send(aMessage("*Бронь*"));
  expect(world.sent).toMatchObject([{ chatId: "79001234567@c.us", message: "*Бронь*" }]);
  expect(outcome).toMatchObject({ value: { remoteId: world.sent[0]!.idMessage } });
});

it("writes to MAX by chat, without marks", async () => {
  await using world = await startInstances();
  const outcome = await open(world, "max").send(aMessage("*Бронь*"));
  const chatId = toMaxChatId("79001234567");
  expect(world.sent).toMatchObject([{ chatId, message: "Бронь" }]);
  expect(outcome).toMatchObject({ value: { remoteId: `${chatId}/${world.sent[0]!.idMessage}` } });
});

it("asks a MAX number and the state once, also across restarts", async () => {
  await using world = await startInstances();
  const memory = makeMemory();
  await open(world, "max", { memory }).send(aMessage());
  await open(world, "max", { memory }).send(aMessage());
  expect(methods(world)).toEqual([
    "getStateInstance",
    "checkAccount",
    "sendMessage",
    "sendMessage",
  ]);
});

it("asks for the state again after a minute", async () => {
  await using world = await startInstances();
  let clock = Date.now();
  const channel = open(world, "whatsapp", { now: () => clock });
  await channel.send(aMessage());
  clock += 60_000;
  world.setState(ids.whatsapp, "notAuthorized");
  expect(await channel.send(aMessage())).toMatchObject({ outcome: "refused", because: "account" });
  expect(methods(world)).toEqual(["getStateInstance", "sendMessage", "getStateInstance"]);
});

it("remembers so many chats and forgets the oldest", async () => {
  await using world = await startInstances();
  const memory = makeMemory();
  const at = Date.now();
  const chats = Array.from({ length: rememberedChats }, (_, index) => ({
    phone: `+7900${index}`,
    chatId: "1",
    at,
  }));
  await memory.write(JSON.stringify({ chats }));
  await open(world, "max", { memory }).send(aMessage());
  const kept: readonly { phone: string }[] = JSON.parse((await memory.read()) ?? "").chats;
  expect(kept).toHaveLength(rememberedChats);
  expect(kept[0]?.phone).toBe("+79001");
  expect(kept.at(-1)?.phone).toBe(guest);
});

it("does not look a number without an account up again for a day", async () => {
  await using world = await startInstances();
  world.removeAccount("max", "79001234567");
  let clock = Date.now();
  const channel = open(world, "max", { now: () => clock });
  const lookups = () => methods(world).filter((method) => method === "checkAccount").length;
  await channel.send(aMessage());
  clock += 23 * hour;
  expect(await channel.send(aMessage())).toMatchObject({ because: "recipient" });
  expect(lookups()).toBe(1);
  clock += hour;
  await channel.send(aMessage());
  expect(lookups()).toBe(2);
});

it("looks nobody up for two hours after 469, and goes on writing to whom it knows", async () => {
  await using world = await startInstances();
  let clock = Date.now();
  const channel = open(world, "max", { now: () => clock });
  await channel.send(aMessage());
  world.exhaustChecks(ids.max);
  const other = { ...aMessage(), to: { kind: "phone", phone: "+79005554433" } as never };
  const paused = { outcome: "unreachable", holds: "call" };
  expect(await channel.send(other)).toMatchObject({ ...paused, retryAfterMs: 2 * hour });
  clock += hour;
  expect(await channel.send(other)).toMatchObject({ ...paused, retryAfterMs: hour });
  expect(methods(world).filter((method) => method === "checkAccount")).toHaveLength(2);
  expect((await channel.send(aMessage())).outcome).toBe("accepted");
  world.exhaustChecks(ids.max, false);
  clock += hour;
  expect((await channel.send(other)).outcome).toBe("accepted");
});

it("says which numbers MAX is written to", async () => {
  await using world = await startInstances();
  const to = { kind: "phone", phone: "+4915112345678" } as never;
  const outcome = await open(world, "max").send({ ...aMessage(), to });
  expect(outcome).toMatchObject({ outcome: "refused", because: "recipient" });
  expect(outcome.outcome === "refused" && outcome.detail.en).toContain("7 and 375");
});

it.each([
  ["starting", { retryAfterMs: 30_000, holds: "integration" }],
  ["yellowCard", { holds: "integration" }],
  ["sleepMode", { holds: "integration" }],
] as const)("waits while the instance is %s", async (state, expected) => {
  await using world = await startInstances();
  world.setState(ids.whatsapp, state);
  const outcome = await open(world).send(aMessage());
  expect(outcome).toMatchObject({ outcome: "unreachable", ...expected });
  expect(world.sent).toEqual([]);
});

it("waits when the instance begins to restart between question and send", async () => {
  await using world = await startInstances();
  const channel = open(world);
  await channel.send(aMessage());
  world.setState(ids.whatsapp, "starting");
  const expected = { outcome: "unreachable", retryAfterMs: 30_000, holds: "integration" };
  expect(await channel.send(aMessage())).toMatchObject(expected);
});

it("sends from a partly restricted MAX account", async () => {
  await using world = await startInstances();
  world.setState(ids.max, "suspended");
  expect((await open(world, "max").send(aMessage())).outcome).toBe("accepted");
});

it("sends when the state is not answered, and nothing when the number is not", async () => {
  await using world = await startInstances();
  const answer = { status: 502, body: "<html>" };
  world.faults.add(/getStateInstance/, { kind: "answer", answer }, 2);
  expect((await open(world).send(aMessage())).outcome).toBe("accepted");
  world.faults.add(/checkAccount/, { kind: "silence-after-apply" });
  expect((await open(world, "max").send(aMessage())).outcome).toBe("unreachable");
  expect(world.sent).toHaveLength(1);
});

it("is told of a sign-out by the lookup too", async () => {
  await using world = await startInstances();
  const body = { status: false, reason: "instance not authorized" };
  world.faults.add(/checkAccount/, { kind: "answer", answer: { status: 200, body } });
  expect(await open(world, "max").send(aMessage())).toMatchObject({ because: "account" });
});

it("waits without a time when none is given", async () => {
  await using world = await startInstances();
  world.faults.add(/sendMessage/, { kind: "answer", answer: { status: 429, body: "" } });
  const outcome = await open(world).send(aMessage());
  expect(outcome).toMatchObject({ outcome: "unreachable", holds: "integration" });
  expect(outcome).not.toHaveProperty("retryAfterMs");
});

it("takes a redirect for a wrong address: nothing was sent", async () => {
  await using world = await startInstances();
  const answer = { status: 302, headers: { location: "https://other.example" }, body: "" };
  world.faults.add(/sendMessage/, { kind: "answer", answer });
  expect((await open(world).send(aMessage())).outcome).toBe("unreachable");
});

it.each([
  ["calls", "month's calls"],
  ["chats", "three chats"],
] as const)("says that the plan's %s are used up", async (which, words) => {
  await using world = await startInstances();
  world.exhaustQuota(ids.whatsapp, quotaExceeded(which).body as object);
  const outcome = await open(world).send(aMessage());
  expect(outcome.outcome === "refused" && outcome.detail.en).toContain(words);
});

it("refuses a guest without a phone before asking", async () => {
  await using world = await startInstances();
  const to = { kind: "user", id: "7654321" } as const;
  expect(await open(world).send({ ...aMessage(), to })).toMatchObject({ because: "recipient" });
  expect(world.journal).toEqual([]);
});

it("calls the hook's host unless the base is set in the environment", async () => {
  const urls: string[] = [];
  const given = { isBaseUrlOverridden: false };
  await using world = await startInstances();
  const http = async ({ url }: { url: string }) => {
    urls.push(url);
    return { arrived: "no", detail: "not let out" } as const;
  };
  const settings = {
    platform: "max",
    apiUrl: "3100.api.green-api.com",
    idInstance: "31",
    apiTokenInstance: "t",
  };
  await greenApi.connect(settings, { ...makeTools(world.url, given), http }).send(aMessage());
  expect(urls).toEqual(["https://3100.api.green-api.com/v3/waInstance31/getStateInstance/t"]);
});
