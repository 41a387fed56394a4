import { describe, expect, it } from "vitest";
import type { GreenApiState } from "../../../simulators/green-api.ts";
import { aMessage, ids, open, startInstances } from "../../../test/support/green-api-instances.ts";
import { makeMemory } from "../../../test/support/tools.ts";

const target = { repeat: "false" };
const page = { status: 200, body: "<html>" };

describe("check", () => {
  it("names the messenger and the instance", async () => {
    await using world = await startInstances();
    const { facts } = await open(world, "max").check([target]);
    expect(facts.map(({ value }) => value)).toEqual(["MAX", ids.max]);
  });

  it.each([
    ["notAuthorized", "error", "QR"],
    ["blocked", "error", "banned"],
    ["pendingPassword", "error", "password"],
    ["starting", "warning", "restarting"],
    ["yellowCard", "warning", "suspicious"],
    ["sleepMode", "warning", "Switch it on"],
    ["suspended", "warning", "partly"],
    ["somethingNew", "warning", "not known here"],
    ["constructor", "warning", "not known here"],
  ] as const)("reports %s", async (state, ...[kind, words]) => {
    await using world = await startInstances();
    world.setState(ids.max, state as GreenApiState);
    const { findings } = await open(world, "max").check([target]);
    expect(findings).toMatchObject([{ kind }]);
    expect(findings[0]?.text.en).toContain(words);
  });

  it("tells until when a MAX account is restricted", async () => {
    await using world = await startInstances();
    world.setState(ids.max, "suspended", Date.UTC(2030, 0, 15, 9));
    const { findings } = await open(world, "max").check([target]);
    expect(findings[0]?.text.en).toContain("2030-01-15 09:00 UTC");
  });

  it.each([
    [401, "error", "apiTokenInstanceMax"],
    [403, "wrong", "idInstanceMax"],
    [404, "wrong", "apiUrlMax"],
    [466, "error", undefined],
  ] as const)("names what a %i speaks of", async (status, ...[kind, parameter]) => {
    await using world = await startInstances();
    world.faults.add(/getStateInstance/, { kind: "answer", answer: { status, body: "" } });
    const { findings } = await open(world, "max").check([target]);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ kind });
    expect(findings[0]?.parameter).toBe(parameter);
  });

  it("warns when repeat would not hear of deliveries, and only then", async () => {
    await using world = await startInstances();
    const repeating = [{ repeat: "true" }];
    expect((await open(world).check(repeating)).findings).toEqual([]);
    world.changeSettings(ids.whatsapp, { outgoingWebhook: "no" });
    expect((await open(world).check([target])).findings).toEqual([]);
    const { findings } = await open(world).check(repeating);
    expect(findings).toMatchObject([{ kind: "warning", parameter: "repeat" }]);
  });

  it("says so when the flags are not told", async () => {
    await using world = await startInstances();
    world.faults.add(/getSettings/, { kind: "answer", answer: page });
    const { findings } = await open(world).check([{ repeat: "true" }]);
    expect(findings).toMatchObject([{ kind: "error" }]);
  });
});

describe("listen", () => {
  const url = "https://our.example/webhook/in/1";

  it("sets the webhook once: each setting restarts the instance", async () => {
    await using world = await startInstances();
    const channel = open(world);
    expect(await channel.listen!(url, target)).toMatchObject({ outcome: "accepted" });
    expect(await channel.listen!(url, target)).toMatchObject({ outcome: "accepted" });
    expect(world.restarts(ids.whatsapp)).toBe(1);
    expect(world.settings(ids.whatsapp)).toMatchObject({ webhookUrl: url });
  });

  it("switches the statuses on that a new MAX instance has off", async () => {
    await using world = await startInstances();
    const off = { webhookUrl: url, outgoingWebhook: "no" };
    world.changeSettings(ids.max, off);
    await open(world, "max").listen!(url, target);
    expect(world.settings(ids.max)).toMatchObject({ webhookUrl: url, outgoingWebhook: "yes" });
  });

  it("leaves another system's webhook alone, both ways", async () => {
    await using world = await startInstances();
    world.changeSettings(ids.whatsapp, { webhookUrl: "https://crm.example/x" });
    const channel = open(world);
    expect(await channel.listen!(url, target)).toMatchObject({ because: "target" });
    expect(await channel.listen!(undefined, target)).toMatchObject({ outcome: "accepted" });
    expect(world.settings(ids.whatsapp)).toMatchObject({ webhookUrl: "https://crm.example/x" });
    expect(world.restarts(ids.whatsapp)).toBe(0);
  });

  it("moves from an older path of ours, and takes away what it has set", async () => {
    await using world = await startInstances();
    const memory = makeMemory();
    world.changeSettings(ids.whatsapp, { webhookUrl: "https://our.example/old" });
    await open(world, "whatsapp", { memory }).listen!(url, target);
    expect(world.settings(ids.whatsapp)).toMatchObject({ webhookUrl: url });
    await open(world, "whatsapp", { memory }).listen!(undefined, target);
    expect(world.settings(ids.whatsapp)).toMatchObject({ webhookUrl: "" });
    await open(world, "whatsapp", { memory }).listen!(undefined, target);
    expect(world.restarts(ids.whatsapp)).toBe(2);
  });

  it.each([
    ["a refusal", { status: 401, body: "" }, /getSettings/, "refused"],
    ["a page", page, /getSettings/, "unreachable"],
    ["a page to the change", page, /setSettings/, "uncertain"],
  ])("tells of %s", async (_, answer, ...[path, outcome]) => {
    await using world = await startInstances();
    world.faults.add(path, { kind: "answer", answer });
    expect((await open(world).listen!(url, target)).outcome).toBe(outcome);
  });

  it("keeps the chats that it knows", async () => {
    await using world = await startInstances();
    const channel = open(world, "max");
    await channel.send(aMessage());
    await channel.listen!(url, target);
    await channel.send(aMessage());
    const lookups = world.journal.filter(({ path }) => path.includes("checkAccount"));
    expect(lookups).toHaveLength(1);
  });
});
