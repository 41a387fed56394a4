import { describe, expect, it } from "vitest";
import {
  type GreenApiKind,
  type GreenApiSimulator,
  type GreenApiState,
  quotaExceeded,
} from "../../../simulators/green-api.ts";
import {
  guest,
  ids,
  otherToken,
  startInstances,
  token,
} from "../../../test/support/green-api-instances.ts";
import { channelContract } from "../channel.contract.ts";
import { delivered, failures, incoming, readInMax, withoutAccount } from "./fixtures/statuses.ts";
import { greenApi } from "./index.ts";

const sendPath = /\/sendMessage\//;
const page = "<html><title>nginx</title></html>";

const common = {
  provider: greenApi,
  secrets: [token, otherToken, "canary"],
  sendPath,
  serverError: "uncertain",
  rateLimit: {
    answer: { status: 429, headers: { "retry-after": "3" }, body: "" },
    retryAfterMs: 3_000,
    holds: "integration",
  },
} as const;

const answers =
  (status: number, body: unknown = "") =>
  ({ simulator }: { simulator: GreenApiSimulator }) =>
    simulator.faults.add(sendPath, { kind: "answer", answer: { status, body } });

const isIn =
  (kind: GreenApiKind, state: GreenApiState) =>
  ({ simulator }: { simulator: GreenApiSimulator }) =>
    simulator.setState(ids[kind], state);

const statusRefusals = [
  { name: "401 with nothing", arrange: answers(401), because: "sign-in" },
  { name: "403 with a page", arrange: answers(403, page), because: "target" },
  { name: "404 with a page", arrange: answers(404, page), because: "target" },
  { name: "402 in new words", arrange: answers(402, "because"), because: "message" },
  { name: "400 in new words", arrange: answers(400, "because"), because: "message" },
  { name: "400 with nothing", arrange: answers(400), because: "message" },
  {
    name: "the text is too long",
    arrange: answers(400, "bad request data: 'message' length must be less"),
    because: "message",
  },
  {
    name: "the chat id is not taken",
    arrange: answers(400, { statusCode: 400, message: "Bad request data: 'chatId' is invalid" }),
    because: "recipient",
  },
  {
    name: "the sign-out is wrapped in JSON",
    arrange: answers(400, { statusCode: 400, message: "instance account not authorized" }),
    because: "account",
  },
  {
    name: "the plan's calls are used up",
    arrange: answers(466, quotaExceeded("calls").body),
    because: "account",
  },
  {
    name: "the plan's chats are used up",
    arrange: answers(466, quotaExceeded("chats").body),
    because: "account",
  },
  { name: "466 with nothing", arrange: answers(466), because: "account" },
] as const;

describe("WhatsApp", () => {
  channelContract<GreenApiSimulator>({
    ...common,
    variant: "whatsapp",
    start: () => start("whatsapp"),
    refusals: [
      ...statusRefusals,
      ...(["notAuthorized", "blocked"] as const).map((state) => ({
        name: `the instance is ${state}`,
        arrange: isIn("whatsapp", state),
        because: "account" as const,
      })),
    ],
    receipts: [
      {
        name: "a delivery",
        body: delivered,
        gives: [{ remoteId: "3EB0EXAMPLE00000001", state: "delivered" }],
      },
      {
        name: "a number without an account, and not the number",
        body: withoutAccount,
        gives: [{ remoteId: "3EB0EXAMPLE00000001", state: "failed", detail: "noAccount" }],
      },
      { name: "no receipt out of an incoming message", body: incoming, gives: [] },
      {
        name: "no receipt out of a new status",
        body: { ...delivered, status: "toString" },
        gives: [],
      },
    ],
  });
});

describe("MAX", () => {
  const remoteId = "10000000/1763115112345";
  channelContract<GreenApiSimulator>({
    ...common,
    variant: "max",
    start: () => start("max"),
    refusals: [
      ...statusRefusals,
      {
        name: "the number has no account",
        arrange: ({ simulator }) => simulator.removeAccount("max", guest.slice(1)),
        because: "recipient",
      },
      ...(["notAuthorized", "blocked", "pendingPassword"] as const).map((state) => ({
        name: `the instance is ${state}`,
        arrange: isIn("max", state),
        because: "account" as const,
      })),
    ],
    receipts: [
      { name: "a reading", body: readInMax, gives: [{ remoteId, state: "read" }] },
      ...failures.map((body) => ({
        name: body.status,
        body,
        gives: [{ remoteId, state: "failed" as const, detail: body.status }],
      })),
    ],
  });
});

describe("reading the hook", () => {
  const read = (values: Record<string, string | boolean>) =>
    greenApi.readHook({ repeat: false, ...values } as never);
  const whatsApp = { apiUrl: "1103.api.green-api.com", idInstance: "1", apiTokenInstance: "t" };
  const max = {
    apiUrlMax: "https://3100.api.green-api.com/",
    idInstanceMax: "3100000001",
    apiTokenInstanceMax: "m",
  };

  it("takes either set or both", () => {
    expect(read(whatsApp).routes).toEqual([
      { settings: { platform: "whatsapp", ...whatsApp }, target: { repeat: "false" } },
    ]);
    expect(read({ ...max, repeat: true }).routes).toEqual([
      {
        settings: {
          platform: "max",
          apiUrl: "3100.api.green-api.com",
          idInstance: "3100000001",
          apiTokenInstance: "m",
        },
        target: { repeat: "true" },
      },
    ]);
    expect(
      read({ ...whatsApp, ...max }).routes.map(({ settings }) => settings["platform"]),
    ).toEqual(["whatsapp", "max"]);
  });

  it.each([
    ["nothing", {}, ["idInstance"]],
    ["a part of a set", { idInstance: "1" }, ["apiUrl", "apiTokenInstance"]],
    [
      "a whole set and a part",
      { ...whatsApp, apiUrlMax: "h" },
      ["idInstanceMax", "apiTokenInstanceMax"],
    ],
    ["a blank token", { ...whatsApp, apiTokenInstance: " " }, ["apiTokenInstance"]],
    ["a number without its text", { ...whatsApp, phone: "+79001234567" }, ["message"]],
  ])("does not take %s and names what is wrong", (_, values, parameters) => {
    const { routes, findings } = read(values);
    expect(routes).toEqual([]);
    expect(findings.map(({ kind }) => kind)).toEqual(parameters.map(() => "wrong"));
    expect(findings.map(({ parameter }) => parameter)).toEqual(parameters);
  });
});

async function start(kind: GreenApiKind) {
  const simulator = await startInstances();
  const hook = (apiToken: string) =>
    kind === "max"
      ? { apiUrlMax: "max.example", idInstanceMax: ids.max, apiTokenInstanceMax: apiToken }
      : { apiUrl: "wa.example", idInstance: ids.whatsapp, apiTokenInstance: apiToken };
  return {
    simulator,
    hook: hook(token),
    wrongSignIn: hook(otherToken),
    address: { kind: "phone", phone: guest } as const,
    texts: () => simulator.sent.map(({ message }) => message),
  };
}
