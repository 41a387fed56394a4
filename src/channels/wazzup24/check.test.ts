import { describe, expect, it } from "vitest";
import { startSimulator } from "../../../simulators/simulator.ts";
import { makeMemory } from "../../../test/support/tools.ts";
import {
  aMessage,
  apiKey,
  channelId,
  open,
  startAccount,
  target,
} from "../../../test/support/wazzup24-account.ts";
import { wazzup24 } from "./index.ts";

describe("check", () => {
  it.each([
    ["whatsapp", "whatsapp", "WhatsApp, …4321"],
    ["viber", "viber", "Viber, …4321"],
    ["max", "max", "MAX, …4321"],
  ])("names a channel of %s", async (transport, ...[chatType, name]) => {
    await using world = await startAccount();
    world.addChannel({ key: apiKey, channelId, transport });
    const report = await open(world).check([{ channelId: channelId.toUpperCase(), chatType }]);
    expect(report.findings).toEqual([]);
    expect(report.facts.map(({ value }) => value)).toEqual([name]);
  });

  it.each([
    ["wapi", "whatsapp", "24 hours"],
    ["telegram", "telegram", "bot"],
    ["maxbot", "max", "bot"],
  ])("warns of what %s cannot do", async (transport, ...[chatType, words]) => {
    await using world = await startAccount();
    world.addChannel({ key: apiKey, channelId, transport });
    const { findings } = await open(world).check([{ channelId, chatType }]);
    expect(findings).toMatchObject([{ kind: "warning" }]);
    expect(findings[0]?.text.en).toContain(words);
  });

  it("finds a channel that is listed in capitals", async () => {
    await using world = await startAccount();
    const added = { key: apiKey, channelId: "ABCD-EF", transport: "whatsapp" };
    world.addChannel(added);
    const { findings } = await open(world).check([{ channelId: "abcd-ef", chatType: "whatsapp" }]);
    expect(findings).toEqual([]);
  });

  it("finds a channel of another messenger", async () => {
    await using world = await startAccount();
    const { findings } = await open(world).check([{ channelId, chatType: "telegram" }]);
    expect(findings).toMatchObject([{ kind: "wrong", parameter: "chat_type" }]);
  });

  it("finds a channel that is not the key's", async () => {
    await using world = await startAccount();
    const { findings } = await open(world).check([{ channelId: "other", chatType: "whatsapp" }]);
    expect(findings).toMatchObject([{ kind: "wrong", parameter: "channel_id" }]);
  });

  it.each([
    ["qr", "QR"],
    ["qridle", "QR"],
    ["unauthorized", "QR"],
    ["init", "starting"],
    ["disabled", "switched off"],
    ["phoneUnavailable", "phone"],
    ["openelsewhere", "elsewhere"],
    ["openElsewhere", "elsewhere"],
    ["notEnoughMoney", "paid"],
    ["foreignphone", "another number"],
    ["waitForPassword", "password"],
    ["blocked", "blocked"],
    ["onModeration", "review"],
    ["rejected", "review"],
    ["aNewWord", "does not work"],
    ["constructor", "does not work"],
    ["", "does not work"],
  ])("reports the state %j", async (state, words) => {
    await using world = await startAccount();
    world.setState(channelId, state);
    const { findings } = await open(world).check([target]);
    expect(findings).toMatchObject([{ kind: "error", parameter: "channel_id" }]);
    expect(findings[0]?.text.en).toContain(words);
  });

  it("takes ACTIVE for active", async () => {
    await using world = await startAccount();
    world.setState(channelId, "ACTIVE");
    expect((await open(world).check([target])).findings).toEqual([]);
  });
});

describe("listen", () => {
  it("sets the webhook once, after the vendor's test post", async () => {
    await using world = await startAccount();
    await using us = await startSimulator(() => ({ status: 200, body: "" }));
    const channel = open(world);
    expect(await channel.listen!(us.url, target)).toMatchObject({ outcome: "accepted" });
    expect(await channel.listen!(us.url, target)).toMatchObject({ outcome: "accepted" });
    expect(us.journal.map(({ body }) => body)).toEqual(['{"test":true}']);
    const subscriptions = { messagesAndStatuses: true, contactsAndDealsCreation: false };
    expect(world.webhooks(apiKey)).toMatchObject({ webhooksUri: us.url, subscriptions });
  });

  it("brings back receipts that the message is known by", async () => {
    await using world = await startAccount();
    await using us = await startSimulator(() => ({ status: 200, body: "" }));
    const channel = open(world);
    await channel.listen!(us.url, target);
    const outcome = await channel.send(aMessage());
    await world.advance(world.sent[0]!, { withEcho: true });
    const body = JSON.parse(us.journal.at(-1)!.body);
    const remoteId = outcome.outcome === "accepted" ? outcome.value.remoteId : "";
    expect(wazzup24.receiveReceipts!(body)).toEqual([{ remoteId, state: "delivered" }]);
  });

  it("leaves another system's webhook alone, both ways", async () => {
    await using world = await startAccount();
    await using us = await startSimulator(() => ({ status: 200, body: "" }));
    const crm = "https://crm.example/x";
    world.setWebhooks(apiKey, crm);
    const channel = open(world);
    expect(await channel.listen!(us.url, target)).toMatchObject({ because: "target" });
    expect(await channel.listen!(undefined, target)).toMatchObject({ outcome: "accepted" });
    expect(world.webhooks(apiKey).webhooksUri).toBe(crm);
  });

  it("moves from an older path of ours, and takes away what it has set", async () => {
    await using world = await startAccount();
    await using us = await startSimulator(() => ({ status: 200, body: "" }));
    const memory = makeMemory();
    world.setWebhooks(apiKey, `${us.url}/old`);
    await open(world, { memory }).listen!(`${us.url}/new`, target);
    expect(world.webhooks(apiKey).webhooksUri).toBe(`${us.url}/new`);
    await open(world, { memory }).listen!(undefined, target);
    const subscriptions = { messagesAndStatuses: false };
    expect(world.webhooks(apiKey)).toMatchObject({ webhooksUri: "", subscriptions });
  });

  it.each([
    ["does not answer 200", "", "could not reach"],
    ["is longer than 200 characters", "x".repeat(200), "200 characters"],
  ])("says so when our address %s", async (_, path, words) => {
    await using world = await startAccount();
    await using us = await startSimulator(() => ({ status: 404, body: "" }));
    const outcome = await open(world).listen!(`${us.url}/${path}`, target);
    expect(outcome).toMatchObject({ outcome: "refused", because: "target" });
    expect(outcome.outcome === "refused" && outcome.detail.en).toContain(words);
  });

  it.each([
    ["GET", { status: 401, body: "" }, "refused"],
    ["GET", { status: 200, body: "<html>" }, "unreachable"],
    ["PATCH", { status: 502, body: "<html>" }, "uncertain"],
  ])("tells of a failed %s", async (method, ...[answer, expected]) => {
    await using world = await startAccount();
    const before = method === "PATCH" ? [{ kind: "latency", ms: 0 } as const] : [];
    for (const effect of [...before, { kind: "answer", answer } as const])
      world.faults.add(/webhooks$/, effect);
    const outcome = await open(world).listen!("https://our.example/x", target);
    expect(outcome.outcome).toBe(expected);
  });
});
