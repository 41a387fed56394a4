import { assert, integer, property } from "fast-check";
import { expect, it } from "vitest";
import {
  apiToken,
  cascadeId,
  guest,
  profileId,
  aMessage,
  open,
  startCabinet,
} from "../../../test/support/wappi-cabinet.ts";
import type { WappiPlatform } from "../../../simulators/wappi.ts";
import type { HistoryMessage } from "./inbound.ts";
import { toSettlement } from "./settle.ts";

const minute = 60_000;

it.each(["wa", "max"] as const)("finds a doubtful message by profile %s", async (platform) => {
  await using world = await startCabinet();
  world.addProfile({ token: apiToken, id: profileId, platform });
  world.faults.add(/message\/send$/, { kind: "reset-after-apply" });
  const message = aMessage();
  const channel = open(world);
  expect((await channel.send(message)).outcome).toBe("uncertain");
  const remoteId = `${profileId}/${world.sent[0]?.messageId}`;
  expect(await channel.settle?.(message)).toEqual({ found: "yes", remoteId });
});

it.each(["tg", "tgbot"] as const)(
  "leaves it open by profile %s, where no chat is told by phone",
  async (platform: WappiPlatform) => {
    await using world = await startCabinet();
    world.addProfile({ token: apiToken, id: profileId, platform });
    const message = aMessage();
    const channel = open(world);
    await channel.send(message);
    expect(await channel.settle?.(message)).toEqual({ found: "unknown" });
  },
);

it("leaves a cascade's message open", async () => {
  await using world = await startCabinet();
  expect(await open(world).settle?.(aMessage("x", { cascadeId }))).toEqual({ found: "unknown" });
});

it("says that it is not there two minutes later, not before", async () => {
  await using world = await startCabinet();
  const message = aMessage();
  let now = message.triedAt + 2 * minute - 1;
  const channel = open(world, { now: () => now });
  expect(await channel.settle?.(message)).toEqual({ found: "unknown" });
  now += 1;
  expect(await channel.settle?.(message)).toEqual({ found: "no" });
});

it("does not take yesterday's reminder with the same words for today's", async () => {
  await using world = await startCabinet();
  const channel = open(world, { now: () => Date.now() + 10 * minute });
  await channel.send(aMessage());
  const later = { ...aMessage(), triedAt: Date.now() + 5 * minute };
  expect(await channel.settle?.(later)).toEqual({ found: "no" });
});

it("never reads two histories of a profile at the same time", async () => {
  await using world = await startCabinet();
  const [one, other] = [open(world), open(world)];
  const [mine, theirs] = [aMessage("моё"), aMessage("чужое")];
  await one.send(mine);
  const stranger = { kind: "phone", phone: "+79990000000" as typeof guest } as const;
  await other.send({ ...theirs, to: stranger });
  const settled = await Promise.all([
    one.settle?.(mine),
    other.settle?.({ ...theirs, to: stranger }),
  ]);
  expect(settled.map((one) => one?.found)).toEqual(["yes", "yes"]);
  expect(world.mostReadsAtOnce).toBe(1);
});

it("does not believe the history of another chat", () => {
  const message = aHistoryMessage({ chatId: "79990000000@c.us" });
  expect(toSettlement(wanted, [message])).toEqual({ found: "unknown" });
});

it.each<[string, Partial<HistoryMessage>]>([
  ["the guest's own words", { fromMe: false }],
  ["other words", { body: "другое" }],
  ["a message without a time", { time: undefined }],
])("does not take %s for the message", (_, change) => {
  expect(toSettlement(wanted, [aHistoryMessage(change)])).toEqual({ found: "no" });
});

it("says no only when the history reaches back to the first attempt", () => {
  const fillTo = (time: number) =>
    Array.from({ length: 100 }, () => aHistoryMessage({ body: "другое", time }));
  expect(toSettlement(wanted, fillTo(wanted.triedAt + 1_000))).toEqual({ found: "unknown" });
  expect(toSettlement(wanted, fillTo(wanted.triedAt - minute))).toEqual({ found: "no" });
});

it("finds the message wherever it stands", () => {
  assert(
    property(integer({ min: 0, max: 99 }), (at) => {
      const messages = Array.from({ length: 100 }, (_, index) =>
        aHistoryMessage({ id: String(index), body: index === at ? wanted.text : "другое" }),
      );
      expect(toSettlement(wanted, messages)).toMatchObject({ remoteId: `${profileId}/${at}` });
    }),
  );
});

it.each([
  ["pending", "sent"],
  ["delivered", "delivered"],
  ["read", "read"],
  ["undelivered", "failed"],
  ["a word not met yet", "unknown"],
])("asks for a receipt: %s is %s", async (status, state) => {
  await using world = await startCabinet();
  const channel = open(world);
  const message = aMessage();
  const outcome = await channel.send(message);
  const remoteId = outcome.outcome === "accepted" ? outcome.value.remoteId : "";
  await world.push(world.sent[0]?.messageId ?? "", status);
  expect(await channel.receipt?.({ remoteId, message })).toBe(state);
});

it("knows no receipt of a message that Wappi does not know", async () => {
  await using world = await startCabinet();
  const remoteId = `${profileId}/nothing`;
  expect(await open(world).receipt?.({ remoteId, message: aMessage() })).toBe("unknown");
});

const wanted = {
  phone: guest,
  text: "Вы записаны",
  profileId,
  chatId: "79001234567@c.us",
  triedAt: 1_780_000_000_000,
  now: 1_780_000_000_000 + 10 * minute,
};

function aHistoryMessage(change: Partial<HistoryMessage>): HistoryMessage {
  return {
    id: "3EB0",
    chatId: wanted.chatId,
    body: wanted.text,
    fromMe: true,
    time: wanted.triedAt + 1_000,
    delivery_status: "pending",
    ...change,
  };
}
