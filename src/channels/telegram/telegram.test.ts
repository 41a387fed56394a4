import { expect, it } from "vitest";
import { refusal, startTelegramSimulator, tooManyRequests } from "../../../simulators/telegram.ts";
import type { TelegramSimulator } from "../../../simulators/telegram.ts";
import { makeTools } from "../../../test/support/tools.ts";
import { channelContract } from "../channel.contract.ts";
import { telegram } from "./index.ts";
import { toPlainText } from "./outbound.ts";

const token = "123456:AAE-canary-of-a-good-token_000000000";
const unknownToken = "123456:AAE-canary-of-a-bad-token_0000000000";
const guest = "7654321";

async function start() {
  const simulator = await startTelegramSimulator();
  simulator.addBot(token, { name: "Студия", username: "studio_bot" });
  return {
    simulator,
    hook: { telegramToken: token, telegramFieldName: "*TelegramId" },
    wrongSignIn: { telegramToken: unknownToken, telegramFieldName: "*TelegramId" },
    address: { kind: "user", id: guest } as const,
    texts: () => simulator.sent.map(({ text }) => text),
  };
}

const answers =
  (code: number, description: string) =>
  ({ simulator }: { simulator: TelegramSimulator }) => {
    const answer = refusal(code, description);
    simulator.faults.add(/sendMessage$/, { kind: "answer", answer });
  };

channelContract<TelegramSimulator>({
  provider: telegram,
  start,
  secrets: [token, unknownToken, "canary"],
  sendPath: /\/sendMessage$/,
  serverError: "uncertain",
  rateLimit: { answer: tooManyRequests(14), retryAfterMs: 14_000, holds: "integration" },
  refusals: [
    {
      name: "the guest has blocked the bot",
      arrange: ({ simulator }) => simulator.block(guest),
      because: "recipient",
    },
    {
      name: "the guest has deleted the account",
      arrange: ({ simulator }) => simulator.deactivate(guest),
      because: "recipient",
    },
    {
      name: "the guest has never started the bot",
      arrange: ({ simulator }) => simulator.forget(guest),
      because: "recipient",
    },
    {
      name: "the group has moved",
      arrange: ({ simulator }) => simulator.migrate(guest, "-1001234567890"),
      because: "recipient",
    },
    {
      name: "the bot cannot begin",
      arrange: answers(403, "Forbidden: bot can't initiate conversation with a user"),
      because: "recipient",
    },
    {
      name: "a 403 in new words",
      arrange: answers(403, "Forbidden: because"),
      because: "recipient",
    },
    {
      name: "the text is too long",
      arrange: answers(400, "Bad Request: message is too long"),
      because: "message",
    },
    {
      name: "the text is empty",
      arrange: answers(400, "Bad Request: message text is empty"),
      because: "message",
    },
    {
      name: "a 400 in new words",
      arrange: answers(400, "Bad Request: because"),
      because: "message",
    },
    { name: "413", arrange: answers(413, "Request Entity Too Large"), because: "message" },
    {
      name: "the token was revoked",
      arrange: ({ simulator }) => simulator.revokeBot(token),
      because: "sign-in",
    },
    { name: "404", arrange: answers(404, "Not Found"), because: "sign-in" },
  ],
});

it("tells the bot's name", async () => {
  await using world = (await start()).simulator;
  expect((await open(world).check([{}])).facts).toEqual([
    { label: { ru: "Бот", en: "Bot" }, value: "Студия, @studio_bot" },
  ]);
});

it("sends the guest's words as words and the markup as markup", async () => {
  await using world = (await start()).simulator;
  await open(world).send(aMessage("<b>Бронь</b> &lt;№5&gt; &amp; <i>сауна</i>"));
  expect(world.sent).toMatchObject([{ text: "Бронь <№5> & сауна", tags: ["b", "i"] }]);
});

it("brings a text whose markup is broken without the markup, once", async () => {
  await using world = (await start()).simulator;
  const outcome = await open(world).send(aMessage("<b>Бронь</i> a < b &amp; c"));
  expect(outcome.outcome).toBe("accepted");
  expect(world.sent).toMatchObject([{ text: "Бронь a < b & c", tags: [] }]);
});

it.each(["@ann", "+79001234567", "", "12 34", "0x1F"])(
  "refuses the address %j without asking Telegram",
  async (id) => {
    await using world = (await start()).simulator;
    const outcome = await open(world).send({ ...aMessage("x"), to: { kind: "user", id } });
    expect(outcome).toMatchObject({ outcome: "refused", because: "recipient" });
    expect(world.journal).toEqual([]);
  },
);

it("takes a page of refusal that is not Telegram's for a wrong address, not for a wrong token", async () => {
  await using world = (await start()).simulator;
  const answer = { status: 404, body: "<html>nginx</html>" };
  world.faults.add(/./, { kind: "answer", answer });
  expect((await open(world).send(aMessage("x"))).outcome).toBe("unreachable");
});

it("reads the wait from the header when the body is not Telegram's", async () => {
  await using world = (await start()).simulator;
  const answer = { status: 429, headers: { "retry-after": "7" }, body: "slow down" };
  world.faults.add(/./, { kind: "answer", answer });
  expect(await open(world).send(aMessage("x"))).toMatchObject({ retryAfterMs: 7_000 });
});

it("waits without a time when none is given", async () => {
  await using world = (await start()).simulator;
  world.faults.add(/./, { kind: "answer", answer: { status: 429, body: "slow down" } });
  expect(await open(world).send(aMessage("x"))).not.toHaveProperty("retryAfterMs");
});

it.each(["TorrowServiceBot", "torrowchatbot", " TorrowChatBot "])(
  "asks for a bot of one's own instead of %j",
  (telegramToken) => {
    const reading = telegram.readHook({ telegramToken, telegramFieldName: "id" });
    expect(reading.routes).toEqual([]);
    expect(reading.findings).toMatchObject([{ kind: "wrong", parameter: "telegramToken" }]);
    expect(reading.findings[0]?.text.en).toContain("@BotFather");
  },
);

it.each(["", "12345", "bot123:abc", "123:ab c", "123:абв"])(
  "does not take %j for a token",
  (telegramToken) => {
    const reading = telegram.readHook({ telegramToken, telegramFieldName: "id" });
    expect(reading).toMatchObject({ routes: [], findings: [{ kind: "wrong" }] });
  },
);

it.each([
  ['<a href="https://a.example/1">Заказ</a>', "Заказ (https://a.example/1)"],
  ['<a href="https://a.example">https://a.example</a>', "https://a.example"],
  ["2 < 3 > 1 <foo> &lt;b&gt; &unknown;", "2 < 3 > 1 <foo> <b> &unknown;"],
])("reads %s as plain text", (html, plain) => {
  expect(toPlainText(html)).toBe(plain);
});

function open(simulator: TelegramSimulator) {
  return telegram.connect({ token }, makeTools(simulator.url, { timeoutCapMs: 5_000 }));
}

function aMessage(text: string) {
  const to = { kind: "user", id: guest } as const;
  return { id: crypto.randomUUID(), to, target: {}, text, triedAt: Date.now() };
}
