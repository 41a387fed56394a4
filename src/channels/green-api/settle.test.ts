import { expect, it } from "vitest";
import type { GreenApiKind } from "../../../simulators/green-api.ts";
import { aMessage, ids, open, startInstances } from "../../../test/support/green-api-instances.ts";

const minute = 60_000;

async function startLost(
  platform: GreenApiKind = "whatsapp",
  fault = "reset-after-apply" as const,
) {
  let clock = Date.now();
  const world = await startInstances({ now: () => clock });
  const channel = open(world, platform, { now: () => clock });
  const lose = async (text?: string, kind: "reset" | "reset-after-apply" = fault) => {
    world.faults.add(/sendMessage/, { kind });
    const message = { ...aMessage(text), triedAt: clock };
    expect((await channel.send(message)).outcome).toBe("uncertain");
    return message;
  };
  const pass = (ms: number) => {
    clock += ms;
  };
  return { world, channel, lose, pass };
}

it.each(["whatsapp", "max"] as const)(
  "finds what went out in %s and names it",
  async (platform) => {
    const { world, channel, lose } = await startLost(platform);
    await using _ = world;
    const message = await lose("*Бронь*");
    const { chatId, idMessage } = world.sent[0]!;
    const remoteId = platform === "max" ? `${chatId}/${idMessage}` : idMessage;
    expect(await channel.settle!(message)).toEqual({ found: "yes", remoteId });
    expect(await channel.receipt!({ remoteId, message })).toBe("sent");
  },
);

it.each(["whatsapp", "max"] as const)("finds what waits in the queue of %s", async (platform) => {
  const { world, channel, lose } = await startLost(platform);
  await using _ = world;
  world.holdQueue(ids[platform], true);
  const message = await lose();
  const settled = await channel.settle!(message);
  expect(settled).toMatchObject({ found: "yes" });
  const remoteId = settled.found === "yes" ? settled.remoteId : "";
  expect(await channel.receipt!({ remoteId, message })).toBe("unknown");
});

it("says no only two minutes later", async () => {
  const { world, channel, lose, pass } = await startLost();
  await using _ = world;
  const message = await lose("x", "reset");
  expect(await channel.settle!(message)).toEqual({ found: "unknown" });
  pass(2 * minute);
  expect(await channel.settle!(message)).toEqual({ found: "no" });
});

it("looks back as far as the first attempt", async () => {
  const { world, channel, lose, pass } = await startLost();
  await using _ = world;
  const message = await lose();
  pass(300 * minute);
  expect(await channel.settle!(message)).toMatchObject({ found: "yes" });
});

it.each([
  ["the journal is off", { outgoingAPIMessageWebhook: "no" }],
  ["the instance is signed out", undefined],
])("does not say no while %s", async (_name, settings) => {
  const { world, channel, lose, pass } = await startLost();
  await using _ = world;
  const message = await lose("x", "reset");
  if (settings) world.changeSettings(ids.whatsapp, settings);
  else world.setState(ids.whatsapp, "notAuthorized");
  pass(10 * minute);
  expect(await channel.settle!(message)).toEqual({ found: "unknown" });
});

it.each([
  ["an older message of the same text", -minute, "79001234567@c.us", "no"],
  ["the same text to somebody else", 0, "79990000000@c.us", "unknown"],
])("is not misled by %s", async (_name, shift, ...[chatId, found]) => {
  const { world, channel, lose, pass } = await startLost();
  await using _ = world;
  const send = () =>
    fetch(
      `${world.url}/waInstance${ids.whatsapp}/sendMessage/canary-of-a-good-token-d75b3a66374942c5b3`,
      {
        method: "POST",
        body: JSON.stringify({ chatId, message: "x" }),
      },
    );
  await send();
  pass(-shift);
  const message = await lose("x", "reset");
  pass(5 * minute);
  expect(await channel.settle!(message)).toEqual({ found });
});

it.each([/showMessagesQueue/, /lastOutgoingMessages/, /getSettings/, /getStateInstance/])(
  "does not say no when %s is not answered",
  async (path) => {
    const { world, channel, lose, pass } = await startLost();
    await using _ = world;
    const message = await lose("x", "reset");
    pass(5 * minute);
    world.faults.add(path, { kind: "answer", answer: { status: 200, body: "<html>" } });
    expect(await channel.settle!(message)).toEqual({ found: "unknown" });
  },
);

it.each(["delivered", "read", "failed", "noAccount"] as const)("asks for %s", async (status) => {
  await using world = await startInstances();
  const message = aMessage();
  const channel = open(world, "max");
  const outcome = await channel.send(message);
  await world.advance(world.sent[0]!, { status });
  const remoteId = outcome.outcome === "accepted" ? outcome.value.remoteId : "";
  const expected = status === "noAccount" ? "failed" : status;
  expect(await channel.receipt!({ remoteId, message })).toBe(expected);
});

it("tells two messages of the same MAX id by their chats", async () => {
  await using world = await startInstances();
  const channel = open(world, "max");
  const other = { kind: "phone", phone: "+79005554433" } as never;
  const outcomes = [
    await channel.send(aMessage()),
    await channel.send({ ...aMessage(), to: other }),
  ];
  const [one, two] = outcomes.map((outcome) =>
    outcome.outcome === "accepted" ? outcome.value.remoteId : "",
  );
  expect(one).not.toBe(two);
  await world.advance(world.sent[1]!, { status: "read" });
  expect(await channel.receipt!({ remoteId: one!, message: aMessage() })).toBe("sent");
  expect(await channel.receipt!({ remoteId: two!, message: aMessage() })).toBe("read");
});
