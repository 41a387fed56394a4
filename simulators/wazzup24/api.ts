import type { SimulatedAnswer, SimulatedCall } from "../simulator.ts";
import { send, wrong } from "./send.ts";
import { post, type WazzupAccount, type WazzupWorld } from "./world.ts";

const windowMs = 5_000;
const callsPerWindow = 500;
const longestUri = 200;

/** Text lengths by transport; the vendor's pages contradict each other, these are the smaller numbers. */
const longestText: Readonly<Record<string, readonly [number, string]>> = {
  whatsapp: [10_000, "MESSAGE_TEXT_TOO_LONG"],
  wapi: [1_024, "MESSAGES_TOO_LONG_WABA"],
  tgapi: [4_096, "MESSAGES_TOO_LONG_TELEGRAM"],
  telegram: [4_096, "MESSAGES_TOO_LONG_TELEGRAM"],
  max: [4_096, "MESSAGE_TEXT_TOO_LONG"],
  maxbot: [4_096, "MESSAGE_TEXT_TOO_LONG"],
  viber: [6_999, "MESSAGES_TOO_LONG_VIBER"],
  vk: [1_000, "MESSAGES_TOO_LONG_VK"],
  avito: [1_000, "MESSAGES_TOO_LONG_AVITO"],
  instagram: [1_000, "MESSAGES_TOO_LONG_INSTAGRAM"],
};

/** Answers one call of the user API v3: the key first, then the rate, then the route. */
export async function answer(world: WazzupWorld, call: SimulatedCall): Promise<SimulatedAnswer> {
  const [, key = ""] = /^Bearer (.+)$/.exec(call.headers["authorization"] ?? "") ?? [];
  const account = world.accounts.get(key);
  if (!account) return { status: 401, body: { error: "INVALID_API_KEY", description: "" } };
  return isTooMany(world, account)
    ? { status: 429, body: "" }
    : route(world, { call, key, account });
}

interface Known {
  readonly call: SimulatedCall;
  readonly key: string;
  readonly account: WazzupAccount;
}

async function route(world: WazzupWorld, { call, key, account }: Known): Promise<SimulatedAnswer> {
  const body = readBody(call);
  switch (`${call.method} ${call.path}`) {
    case "GET /v3/channels":
      return { status: 200, body: listChannels(world, key) };
    case "POST /v3/message":
      return refuseLength(world, body) ?? send(world, key, body);
    case "GET /v3/webhooks":
      return { status: 200, body: toWire(account) };
    case "PATCH /v3/webhooks":
      return setWebhooks(world, account, body);
    default:
      return { status: 404, body: "" };
  }
}

function isTooMany(world: WazzupWorld, account: WazzupAccount): boolean {
  const at = world.now();
  const isOpen = at - account.window.startedAt < windowMs;
  const calls = isOpen ? account.window.calls + 1 : 1;
  Object.assign(account, { window: { startedAt: isOpen ? account.window.startedAt : at, calls } });
  return calls > callsPerWindow;
}

function listChannels(world: WazzupWorld, key: string): readonly object[] {
  return world.channels
    .filter((channel) => channel.key === key)
    .map(({ channelId, transport, plainId, state }) => ({ channelId, transport, plainId, state }));
}

function refuseLength(
  world: WazzupWorld,
  { channelId, text }: Readonly<Record<string, unknown>>,
): SimulatedAnswer | undefined {
  const channel = world.channels.find((one) => one.channelId === channelId);
  const [longest, error] = longestText[channel?.transport ?? ""] ?? [Infinity, ""];
  return typeof text === "string" && text.length > longest ? wrong(error) : undefined;
}

/** The booleans are shown as text. */
function toWire({ webhooksUri, subscriptions }: WazzupAccount): object {
  const words = Object.entries(subscriptions).map(([name, value]) => [name, String(value)]);
  return { webhooksUri, subscriptions: Object.fromEntries(words) };
}

/** The new URL is tried before the answer, and nothing changes unless it answers 200. */
async function setWebhooks(
  world: WazzupWorld,
  account: WazzupAccount,
  body: Readonly<Record<string, unknown>>,
): Promise<SimulatedAnswer> {
  const { webhooksUri = account.webhooksUri, subscriptions = {} } = body;
  if (typeof webhooksUri !== "string" || !isUri(webhooksUri)) return refuse("uriNotValid");
  if (webhooksUri !== "") {
    const test = { body: { test: true }, timeoutMs: world.receiverTimeoutMs };
    if ((await post(webhooksUri, test)) !== 200) return refuse("testPostNotPassed");
  }
  Object.assign(account, {
    webhooksUri,
    subscriptions: { ...account.subscriptions, ...(subscriptions as Record<string, boolean>) },
  });
  return { status: 200, body: { ok: true } };
}

function isUri(uri: string): boolean {
  return uri === "" || (uri.length <= longestUri && URL.canParse(uri));
}

function refuse(error: string): SimulatedAnswer {
  const description = "URI does not return 200 OK on test request";
  return { status: 400, body: { error, description, data: {} } };
}

function readBody(call: SimulatedCall): Readonly<Record<string, unknown>> {
  try {
    const body: unknown = JSON.parse(call.body);
    return typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
