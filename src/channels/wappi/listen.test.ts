import { expect, it } from "vitest";
import {
  apiToken,
  cascadeId,
  profileId,
  aMessage,
  open,
  startCabinet,
} from "../../../test/support/wappi-cabinet.ts";
import { startSimulator } from "../../../simulators/simulator.ts";
import type { WappiSimulator } from "../../../simulators/wappi.ts";
import { makeMemory } from "../../../test/support/tools.ts";
import { receiveReceipts } from "./inbound.ts";

const url = "https://concierge.example/webhook/in/abc";
const target = { profileId };

it("sets the address and asks for statuses only", async () => {
  await using world = await startCabinet();
  expect(await open(world).listen?.(url, target)).toMatchObject({ outcome: "accepted" });
  expect(world.profile(profileId)).toMatchObject({
    webhookUrl: url,
    webhookTypes: ["delivery_status"],
  });
});

it("changes nothing when it is set already", async () => {
  await using world = await startCabinet();
  await open(world).listen?.(url, target);
  const before = changes(world);
  expect(await open(world).listen?.(url, target)).toMatchObject({ outcome: "accepted" });
  expect(changes(world)).toBe(before);
});

it("adds statuses to what our own address already gets", async () => {
  await using world = await startCabinet();
  Object.assign(world.profile(profileId), { webhookUrl: url, webhookTypes: ["incoming_message"] });
  await open(world).listen?.(url, target);
  expect(world.profile(profileId).webhookTypes).toEqual(["incoming_message", "delivery_status"]);
});

it("replaces an address of this server, and the one it has set itself", async () => {
  await using world = await startCabinet();
  const channel = open(world, { memory: makeMemory() });
  await channel.listen?.("https://concierge.example/webhook/in/former", target);
  await channel.listen?.(url, target);
  expect(world.profile(profileId).webhookUrl).toBe(url);
  await channel.listen?.("https://moved.example/webhook/in/abc", target);
  expect(world.profile(profileId).webhookUrl).toBe("https://moved.example/webhook/in/abc");
});

it.each([url, undefined])("leaves another system's address as it is (%s)", async (ours) => {
  await using world = await startCabinet();
  const foreign = "https://crm.example/wappi";
  Object.assign(world.profile(profileId), {
    webhookUrl: foreign,
    webhookTypes: ["incoming_message"],
  });
  const outcome = await open(world).listen?.(ours, target);
  expect(outcome).toMatchObject(
    ours ? { outcome: "refused", because: "target" } : { outcome: "accepted" },
  );
  expect(world.profile(profileId)).toMatchObject({
    webhookUrl: foreign,
    webhookTypes: ["incoming_message"],
  });
  expect(changes(world)).toBe(0);
});

it("takes its own address away, and again changes nothing", async () => {
  await using world = await startCabinet();
  const channel = open(world);
  await channel.listen?.(url, target);
  expect(await channel.listen?.(undefined, target)).toMatchObject({ outcome: "accepted" });
  expect(world.profile(profileId).webhookUrl).toBe("");
  const before = changes(world);
  await channel.listen?.(undefined, target);
  expect(changes(world)).toBe(before);
});

it("has nothing to set for a cascade", async () => {
  await using world = await startCabinet();
  expect(await open(world).listen?.(url, { cascadeId })).toMatchObject({ outcome: "accepted" });
  expect(world.journal).toEqual([]);
});

it.each([
  ["reset-after-apply", "uncertain"],
  ["silence-after-apply", "uncertain"],
] as const)("is uncertain after a %s, and right when repeated", async (kind, expected) => {
  await using world = await startCabinet();
  const channel = open(world);
  world.faults.add(/webhook\/url\/set$/, { kind });
  expect((await channel.listen?.(url, target))?.outcome).toBe(expected);
  expect((await channel.listen?.(url, target))?.outcome).toBe("accepted");
  expect(world.profile(profileId).webhookTypes).toEqual(["delivery_status"]);
});

it("says when the profile is not there", async () => {
  await using world = await startCabinet();
  const outcome = await open(world).listen?.(url, { profileId: "other" });
  expect(outcome).toMatchObject({ outcome: "refused", because: "target" });
});

it("gets the vendor's statuses under the id that the send gave", async () => {
  await using world = await startCabinet();
  await using listener = await startListener();
  const channel = open(world);
  await channel.listen?.(listener.url, target);
  const outcome = await channel.send(aMessage());
  await world.push(world.sent[0]?.messageId ?? "", "read", { shape: "object", times: 2 });
  const remoteId = outcome.outcome === "accepted" && outcome.value.remoteId;
  expect(listener.receipts()).toEqual([
    { remoteId, state: "read" },
    { remoteId, state: "read" },
  ]);
});

it("does not know a key without profiles", async () => {
  await using world = await startCabinet();
  world.addProfile({ token: `${apiToken}-other`, id: profileId, platform: "wa" });
  const outcome = await open(world).listen?.(url, target);
  expect(outcome).toMatchObject({ outcome: "refused", because: "sign-in" });
});

function changes(world: WappiSimulator): number {
  return world.journal.filter(({ method }) => method === "POST").length;
}

async function startListener() {
  const listener = await startSimulator(() => ({ status: 200, body: {} }));
  const receipts = () => listener.journal.flatMap(({ body }) => receiveReceipts(JSON.parse(body)));
  return { ...listener, receipts };
}
