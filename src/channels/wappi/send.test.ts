import { expect, it } from "vitest";
import {
  apiToken,
  cascadeId,
  profileId,
  aMessage,
  open,
  startCabinet,
} from "../../../test/support/wappi-cabinet.ts";
import { makeMemory } from "../../../test/support/tools.ts";

it("asks once which messenger a profile is, also across restarts", async () => {
  await using world = await startCabinet();
  world.addProfile({ token: apiToken, id: profileId, platform: "max" });
  const memory = makeMemory();
  await open(world, { memory }).send(aMessage());
  await open(world, { memory }).send(aMessage());
  expect(world.journal.map(({ path }) => path)).toEqual([
    "/api/sync/get/status",
    "/tapi/sync/get/status",
    "/maxapi/sync/get/status",
    "/maxapi/sync/message/send",
    "/maxapi/sync/message/send",
  ]);
});

it("finds the messenger anew when the profile has moved, and sends once", async () => {
  await using world = await startCabinet();
  const memory = makeMemory();
  await open(world, { memory }).send(aMessage("первое"));
  world.addProfile({ token: apiToken, id: profileId, platform: "tg" });
  const outcome = await open(world, { memory }).send(aMessage("второе"));
  expect(outcome.outcome).toBe("accepted");
  expect(world.sent).toMatchObject([
    { platform: "wa", body: "первое" },
    { platform: "tg", body: "второе" },
  ]);
});

it("puts the key bare into the header and nowhere else", async () => {
  await using world = await startCabinet();
  await open(world).send(aMessage());
  for (const call of world.journal) {
    expect(call.headers["authorization"]).toBe(apiToken);
    expect(`${call.path}${call.query.toString()}${call.body}`).not.toContain(apiToken);
  }
});

it("waits while the profile is only reconnecting", async () => {
  await using world = await startCabinet();
  world.profile(profileId).appStatus = "connecting";
  expect((await open(world).send(aMessage())).outcome).toBe("unreachable");
});

it("sends nothing when it cannot learn which messenger the profile is", async () => {
  await using world = await startCabinet();
  world.faults.add(/get\/status$/, { kind: "silence-after-apply" });
  expect((await open(world).send(aMessage())).outcome).toBe("unreachable");
  expect(world.sent).toEqual([]);
});

it("refuses a profile whose messenger has no API and names the way out", async () => {
  await using world = await startCabinet();
  world.addProfile({ token: apiToken, id: profileId, platform: "vk" });
  const outcome = await open(world).send(aMessage());
  expect(outcome).toMatchObject({ outcome: "refused", because: "target" });
  expect(outcome.outcome === "refused" && outcome.detail.ru).toContain("cascadeId");
});

it("calls a cascade's message handed over, with an id even when Wappi gives none", async () => {
  await using world = await startCabinet();
  world.addCascade({ token: apiToken, id: cascadeId, name: "Все", order: [{ platform: "sms" }] });
  const message = aMessage("x", { cascadeId });
  expect(await open(world).send(message)).toMatchObject({ value: { isHandedOver: true } });
  world.faults.add(/cascade\/send$/, { kind: "answer", answer: { status: 200, body: "" } });
  expect(await open(world).send(message)).toMatchObject({
    outcome: "accepted",
    value: { remoteId: `cascade/${message.id}`, isHandedOver: true },
  });
});

it("refuses a guest without a phone before asking Wappi", async () => {
  await using world = await startCabinet();
  const to = { kind: "user", id: "7654321" } as const;
  expect(await open(world).send({ ...aMessage(), to })).toMatchObject({ because: "recipient" });
  expect(world.journal).toEqual([]);
});
