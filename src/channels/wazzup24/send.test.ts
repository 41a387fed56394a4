import { describe, expect, it } from "vitest";
import { wazzupRefusal } from "../../../simulators/wazzup24.ts";
import {
  aMessage,
  answersStatus,
  apiKey,
  channelId,
  open,
  sendPath,
  startAccount,
} from "../../../test/support/wazzup24-account.ts";

describe("Telegram and MAX", () => {
  it.each([
    ["telegram", "tgapi"],
    ["max", "max"],
  ])("%s is written to by phone, without marks", async (chatType, transport) => {
    await using world = await startAccount();
    world.addChannel({ key: apiKey, channelId, transport });
    const outcome = await open(world).send({
      ...aMessage("*Бронь*"),
      target: { channelId, chatType },
    });
    expect(outcome.outcome).toBe("accepted");
    expect(world.sent).toMatchObject([{ chatId: "id-79001234567", text: "Бронь" }]);
  });
});

describe("send", () => {
  it("keeps WhatsApp's marks, and the chat as unanswered as it was", async () => {
    await using world = await startAccount();
    const message = aMessage("*Бронь*");
    await open(world).send(message);
    expect(world.sent).toMatchObject([
      { text: "*Бронь*", clearUnanswered: false, crmMessageId: message.id },
    ]);
  });

  it.each(["REPEATED_CRM_MESSAGE_ID", "repeatedCrmMessageId"] as const)(
    "takes %s for sent already",
    async (repeatedSpelling) => {
      await using world = await startAccount({ repeatedSpelling });
      const message = aMessage();
      await open(world).send(message);
      expect(await open(world).send(message)).toEqual({
        outcome: "accepted",
        value: { remoteId: `crm:${message.id}` },
      });
      expect(world.sent).toHaveLength(1);
    },
  );

  it.each(["phoneUnavailable", "qr"])("waits while the channel is %s", async (state) => {
    await using world = await startAccount();
    world.setState(channelId, state);
    expect((await open(world).send(aMessage())).outcome).toBe("unreachable");
  });

  it.each(["MESSAGES_CAN_NOT_ADD", "UNKNOWN_ERROR", "UNKNOWN_ERROR_WITH_TRACE_ID"])(
    "does not know what %s left behind",
    async (error) => {
      await using world = await startAccount();
      answersStatus(400, wazzupRefusal(error).body)({ simulator: world });
      expect((await open(world).send(aMessage())).outcome).toBe("uncertain");
    },
  );

  it("takes a page of refusal that is not Wazzup24's for a wrong address", async () => {
    await using world = await startAccount();
    answersStatus(404, "<html>nginx</html>")({ simulator: world });
    expect((await open(world).send(aMessage())).outcome).toBe("unreachable");
  });

  it("believes a refusal of any status in the vendor's own envelope", async () => {
    await using world = await startAccount();
    answersStatus(404, { error: "CHANNEL_NOT_FOUND" })({ simulator: world });
    expect(await open(world).send(aMessage())).toMatchObject({ because: "target" });
  });

  it("waits as long as the header says", async () => {
    await using world = await startAccount();
    const answer = { status: 429, headers: { "retry-after": "2" }, body: "" };
    world.faults.add(sendPath, { kind: "answer", answer });
    expect(await open(world).send(aMessage())).toMatchObject({ retryAfterMs: 2_000 });
  });

  it("refuses a guest without a phone before asking", async () => {
    await using world = await startAccount();
    const to = { kind: "user", id: "7654321" } as const;
    expect(await open(world).send({ ...aMessage(), to })).toMatchObject({ because: "recipient" });
    expect(world.journal).toEqual([]);
  });
});

describe("settle", () => {
  it.each([
    ["found under our own id when it had arrived", "reset-after-apply"],
    ["sent when it had not", "reset"],
  ] as const)("a doubtful message is %s", async (_, kind) => {
    await using world = await startAccount();
    const message = aMessage();
    world.faults.add(sendPath, { kind });
    const channel = open(world);
    expect((await channel.send(message)).outcome).toBe("uncertain");
    const settled = await channel.settle!(message);
    expect(world.sent).toHaveLength(1);
    const id = kind === "reset" ? world.sent[0]!.messageId : `crm:${message.id}`;
    expect(settled).toEqual({ found: "yes", remoteId: id });
  });

  it.each([
    [45_000, "yes", 1],
    [45_001, "unknown", 0],
    [-1, "unknown", 0],
  ] as const)("after %i ms: %s", async (age, found, calls) => {
    await using world = await startAccount();
    const message = aMessage();
    const now = () => message.triedAt + age;
    const settled = await open(world, { now }).settle!(message);
    expect(settled.found).toBe(found);
    expect(world.journal).toHaveLength(calls);
  });

  it("stays unknown when the repeat is refused or not answered", async () => {
    await using world = await startAccount();
    const channel = open(world);
    answersStatus(400, wazzupRefusal("CHANNEL_NO_MONEY").body)({ simulator: world });
    expect(await channel.settle!(aMessage())).toEqual({ found: "unknown" });
    world.faults.add(sendPath, { kind: "silence-after-apply" });
    expect(await channel.settle!(aMessage())).toEqual({ found: "unknown" });
  });
});
