import { describe } from "vitest";
import {
  apiToken,
  cascadeId,
  guest,
  otherToken,
  profileId,
} from "../../../test/support/wappi-cabinet.ts";
import {
  startWappiSimulator,
  type WappiPlatform,
  wappiRefusal,
  type WappiSimulator,
} from "../../../simulators/wappi.ts";
import { channelContract } from "../channel.contract.ts";
import { asObject, delivered, severalKinds } from "./fixtures/statuses.ts";
import { wappi } from "./index.ts";

const remoteId = "1a2b3c4d-5e6f/3EB0EXAMPLE000000001";

const common = {
  provider: wappi,
  secrets: [apiToken, otherToken, "canary"],
  serverError: "uncertain",
  rateLimit: {
    answer: { status: 429, headers: { "retry-after": "3" }, body: "" },
    retryAfterMs: 3_000,
    holds: "integration",
  },
  receipts: [
    { name: "an array", body: delivered, gives: [{ remoteId, state: "delivered" }] },
    { name: "an object", body: asObject, gives: [{ remoteId, state: "read" }] },
    {
      name: "what it knows among the rest",
      body: severalKinds,
      gives: [
        { remoteId: "1a2b3c4d-5e6f/2910", state: "read" },
        { remoteId, state: "failed", detail: "temporary ban" },
        { remoteId, state: "failed", detail: "undelivered" },
        { remoteId, state: "sent" },
      ],
    },
  ],
} as const;

const answers =
  (sendPath: RegExp, detail: string, status = 400) =>
  ({ simulator }: { simulator: WappiSimulator }) => {
    simulator.faults.add(sendPath, { kind: "answer", answer: wappiRefusal(detail, status) }, 2);
  };

describe.each(["wa", "tg", "max", "tgbot"] as const)("by profile", (platform) => {
  const sendPath = /\/message\/send$/;
  channelContract<WappiSimulator>({
    ...common,
    variant: platform,
    sendPath,
    start: () => start({ profileId }, platform),
    healthy: platform === "tgbot" ? "warned" : "clean",
    refusals: [
      {
        name: "the number has no account",
        arrange: ({ simulator }) => simulator.removeAccount(platform, guest.slice(1)),
        because: "recipient",
      },
      { name: "a 404", arrange: answers(sendPath, "because", 404), because: "recipient" },
      {
        name: "the profile is signed out",
        arrange: ({ simulator }) => {
          simulator.profile(profileId).authorized = false;
        },
        because: "account",
      },
      {
        name: "the profile is not paid for and says so",
        arrange: answers(sendPath, "Subscription expired"),
        because: "account",
      },
      {
        name: "the account is banned",
        arrange: answers(sendPath, "temporary ban"),
        because: "account",
      },
      {
        name: "a refusal under HTTP 200",
        arrange: answers(sendPath, "Text too long", 200),
        because: "message",
      },
      {
        name: "the profile is gone",
        arrange: answers(sendPath, "Profile not found"),
        because: "target",
      },
      {
        name: "the key is closed to this",
        arrange: answers(sendPath, "Forbidden", 403),
        because: "sign-in",
      },
    ],
  });
});

describe("by cascade", () => {
  const sendPath = /\/cascade\/send$/;
  channelContract<WappiSimulator>({
    ...common,
    variant: "cascade",
    sendPath,
    start: () => start({ cascadeId }, "wa"),
    refusals: [
      {
        name: "the cascade is gone",
        arrange: answers(sendPath, "Cascade not found"),
        because: "target",
      },
      {
        name: "a refusal under HTTP 200",
        arrange: answers(sendPath, "because", 200),
        because: "recipient",
      },
    ],
  });
});

async function start(target: Record<string, string>, platform: WappiPlatform) {
  const simulator = await startWappiSimulator();
  simulator.addProfile({ token: apiToken, id: profileId, platform, name: "Студия" });
  const order = [{ platform, profileId }, { platform: "sms" } as const];
  simulator.addCascade({ token: apiToken, id: cascadeId, name: "Все гости", order });
  return {
    simulator,
    hook: { apiToken, ...target },
    wrongSignIn: { apiToken: otherToken, ...target },
    address: { kind: "phone", phone: guest } as const,
    texts: () => simulator.sent.map(({ body }) => body),
  };
}
