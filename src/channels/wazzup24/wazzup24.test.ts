import { describe, expect, it } from "vitest";
import { wazzupRefusal, type Wazzup24Simulator } from "../../../simulators/wazzup24.ts";
import {
  answersStatus,
  apiKey,
  channelId,
  guest,
  otherKey,
  sendPath,
  startAccount,
  target,
} from "../../../test/support/wazzup24-account.ts";
import { channelContract } from "../channel.contract.ts";
import { besideMessages, delivered } from "./fixtures/statuses.ts";
import { wazzup24 } from "./index.ts";

const remoteId = "be3dc577-0000-4fc8-83a5-8c3500000001";
const otherRemoteId = "be3dc577-0000-4fc8-83a5-8c3500000002";

const answers =
  (error: string) =>
  ({ simulator }: { simulator: Wazzup24Simulator }) =>
    simulator.faults.add(sendPath, { kind: "answer", answer: wazzupRefusal(error) });

const isIn =
  (state: string) =>
  ({ simulator }: { simulator: Wazzup24Simulator }) =>
    simulator.setState(channelId, state);

const refusedCodes = {
  target: ["CHANNEL_NOT_FOUND", "WRONG_TRANSPORT"],
  account: [
    "CHANNEL_BLOCKED",
    "CHANNEL_WAPI_REJECTED",
    "CHANNEL_NO_MONEY",
    "BALANCE_IS_EMPTY",
    "CHANNEL_LIMIT_EXCEEDED",
    "MESSAGES_NOT_TEXT_FIRST",
    "MESSAGES_IS_SPAM",
    "TEMPLATE_REJECTED",
  ],
  recipient: ["BAD_CONTACT", "badContact", "CHAT_NO_ACCESS", "MESSAGES_INVALID_CONTACT_TYPE"],
  message: [
    "MESSAGE_TEXT_TOO_LONG",
    "MESSAGES_TOO_LONG_WABA",
    "MESSAGE_NOTHING_TO_SEND",
    "MESSAGES_TEXT_CAN_NOT_BE_BLANK",
    "INVALID_MESSAGE_DATA",
    "VALIDATION_ERROR",
    "A_NEW_WORD",
    "constructor",
  ],
} as const;

channelContract<Wazzup24Simulator>({
  provider: wazzup24,
  start,
  secrets: [apiKey, otherKey, "canary"],
  sendPath,
  settlesBy: "repeating",
  serverError: "uncertain",
  rateLimit: {
    answer: { status: 429, body: "" },
    retryAfterMs: 5_000,
    holds: "integration",
  },
  refusals: [
    ...(["target", "account", "recipient", "message"] as const).flatMap((because) =>
      refusedCodes[because].map((code) => ({ name: code, arrange: answers(code), because })),
    ),
    { name: "the channel has no money", arrange: isIn("notEnoughMoney"), because: "account" },
    { name: "the channel is banned", arrange: isIn("blocked"), because: "account" },
    { name: "400 with nothing", arrange: answersStatus(400), because: "message" },
    { name: "403 with nothing", arrange: answersStatus(403), because: "sign-in" },
    { name: "401 with nothing", arrange: answersStatus(401), because: "sign-in" },
    {
      name: "the key was deleted",
      arrange: ({ simulator }) => simulator.revokeKey(apiKey),
      because: "sign-in",
    },
  ],
  receipts: [
    { name: "a delivery", body: delivered, gives: [{ remoteId, state: "delivered" }] },
    {
      name: "statuses beside messages, and what it knows among the rest",
      body: besideMessages,
      gives: [
        { remoteId, state: "sent" },
        { remoteId, state: "read" },
        { remoteId: otherRemoteId, state: "failed", detail: "BAD_CONTACT" },
        { remoteId: otherRemoteId, state: "failed", detail: "error" },
      ],
    },
    { name: "nothing out of the test post", body: { test: true }, gives: [] },
  ],
});

describe("reading the hook", () => {
  const read = (values: Record<string, string>) =>
    wazzup24.readHook({ key_api: apiKey, channel_id: channelId, chat_type: "whatsapp", ...values });

  it("takes key and channel", () => {
    const routes = [{ settings: { apiKey }, target }];
    expect(read({})).toEqual({ routes, findings: [] });
  });

  it.each(["vk", "whatsgroup", "constructor"])("knows no phones in %s", (chat_type) => {
    const expected = { routes: [], findings: [{ kind: "wrong", parameter: "chat_type" }] };
    expect(read({ chat_type })).toMatchObject(expected);
  });
});

async function start() {
  const simulator = await startAccount();
  const hook = (key_api: string) => ({ key_api, channel_id: channelId, chat_type: "whatsapp" });
  return {
    simulator,
    hook: hook(apiKey),
    wrongSignIn: hook(otherKey),
    address: { kind: "phone", phone: guest } as const,
    texts: () => simulator.sent.map(({ text }) => text),
  };
}
