import {
  startSimulator,
  type SimulatedAnswer,
  type SimulatedCall,
  type Simulator,
} from "./simulator.ts";
import { parseTelegramHtml } from "./telegram/html.ts";

/** The Bot API at `/bot<token>/<method>`: `getMe` and `sendMessage` so far. Everybody has started every bot. */
export interface TelegramSimulator extends Simulator {
  addBot(token: string, bot?: { readonly name?: string; readonly username?: string }): void;
  /** As BotFather's revoke: the token answers 401 from now on. */
  revokeBot(token: string): void;
  /** The user blocks every bot: 403. */
  block(userId: string): void;
  /** The user takes every block and every other refusal back. */
  unblock(userId: string): void;
  /** The user has deleted the account: 403. */
  deactivate(userId: string): void;
  /** The user never wrote to a bot: 400. */
  forget(userId: string): void;
  /** A group that has become a supergroup: 400 with `migrate_to_chat_id`. */
  migrate(chatId: string, newChatId: string): void;
  /** Every message taken, oldest first. */
  readonly sent: readonly SentTelegramMessage[];
}

export interface SentTelegramMessage {
  readonly at: number;
  readonly token: string;
  readonly chatId: string;
  readonly messageId: number;
  /** As the guest reads it: markup taken out. */
  readonly text: string;
  /** Names of the tags that the text carried. */
  readonly tags: readonly string[];
}

type Parameters = Readonly<Record<string, string>>;

interface World {
  readonly bots: Map<string, { id: number; name: string; username: string }>;
  readonly refusals: Map<string, SimulatedAnswer>;
  readonly sent: SentTelegramMessage[];
}

/** Text of one message after entities are parsed, UTF-16 units. */
const longestText = 4096;

export async function startTelegramSimulator(
  options: { readonly port?: number } = {},
): Promise<TelegramSimulator> {
  const world: World = { bots: new Map(), refusals: new Map(), sent: [] };
  const simulator = await startSimulator((call) => handle(world, call), options);
  const refuse = (chatId: string, answer: SimulatedAnswer): void =>
    void world.refusals.set(chatId, answer);
  return {
    ...simulator,
    sent: world.sent,
    addBot: (token, { name = "Office", username = "office_bot" } = {}) =>
      void world.bots.set(token, { id: Number(token.split(":")[0]), name, username }),
    revokeBot: (token) => void world.bots.delete(token),
    block: (id) => refuse(id, refusal(403, "Forbidden: bot was blocked by the user")),
    deactivate: (id) => refuse(id, refusal(403, "Forbidden: user is deactivated")),
    forget: (id) => refuse(id, refusal(400, "Bad Request: chat not found")),
    unblock: (id) => void world.refusals.delete(id),
    migrate: (id, newId) =>
      refuse(
        id,
        refusal(400, "Bad Request: group chat was upgraded to a supergroup chat", {
          migrate_to_chat_id: Number(newId),
        }),
      ),
  };
}

/** The answer to too many calls: the wait stands in the body and in the header. */
export function tooManyRequests(seconds: number): SimulatedAnswer {
  const answer = refusal(429, `Too Many Requests: retry after ${seconds}`, {
    retry_after: seconds,
  });
  return { ...answer, headers: { "retry-after": String(seconds) } };
}

/** The Bot API's envelope of a refusal. */
export function refusal(code: number, description: string, parameters?: object): SimulatedAnswer {
  const body = { ok: false, error_code: code, description, ...(parameters && { parameters }) };
  return { status: code, body };
}

function handle(world: World, call: SimulatedCall): SimulatedAnswer {
  const [, token, method] = /^\/bot(\d+:[\w-]+)\/(\w+)$/.exec(call.path) ?? [];
  if (token === undefined || method === undefined) return refusal(404, "Not Found");
  const bot = world.bots.get(token);
  if (!bot) return refusal(401, "Unauthorized");
  const parameters = readParameters(call);
  if (!parameters) return refusal(400, "Bad Request: can't parse JSON object");
  switch (method.toLowerCase()) {
    case "getme":
      return done({ id: bot.id, is_bot: true, first_name: bot.name, username: bot.username });
    case "sendmessage":
      return sendMessage(world, { token, parameters, at: call.at });
    default:
      return refusal(404, "Not Found: method not found");
  }
}

function sendMessage(
  world: World,
  call: { token: string; parameters: Parameters; at: number },
): SimulatedAnswer {
  const chatId = call.parameters["chat_id"] ?? "";
  if (chatId === "") return refusal(400, "Bad Request: chat_id is empty");
  if (!/^-?\d+$/.test(chatId)) return refusal(400, "Bad Request: chat not found");
  const refused = world.refusals.get(chatId);
  if (refused) return refused;
  const parsed = parseText(call.parameters);
  if ("status" in parsed) return parsed;
  const messageId = 1_000 + world.sent.length;
  world.sent.push({ at: call.at, token: call.token, chatId, messageId, ...parsed });
  return done({
    message_id: messageId,
    date: Math.floor(call.at / 1_000),
    chat: { id: Number(chatId), type: chatId.startsWith("-") ? "group" : "private" },
    text: parsed.text,
  });
}

function parseText(
  parameters: Parameters,
): { text: string; tags: readonly string[] } | SimulatedAnswer {
  const written = parameters["text"] ?? "";
  const mode = (parameters["parse_mode"] ?? "").toLowerCase();
  if (mode !== "" && mode !== "html") return refusal(400, "Bad Request: unsupported parse_mode");
  const parsed = mode === "html" ? parseTelegramHtml(written) : { text: written, tags: [] };
  if ("fault" in parsed) return refusal(400, `Bad Request: can't parse entities: ${parsed.fault}`);
  const text = parsed.text.trim();
  if (text === "") return refusal(400, "Bad Request: message text is empty");
  if (text.length > longestText) return refusal(400, "Bad Request: message is too long");
  return { text, tags: parsed.tags };
}

/** Query, form or JSON, as the Bot API takes them; `undefined` when the body cannot be read. */
function readParameters(call: SimulatedCall): Parameters | undefined {
  const query = Object.fromEntries(call.query);
  if (call.body === "") return query;
  if (!call.headers["content-type"]?.includes("json"))
    return { ...query, ...Object.fromEntries(new URLSearchParams(call.body)) };
  try {
    const body: unknown = JSON.parse(call.body);
    return typeof body === "object" && body !== null ? { ...query, ...toTexts(body) } : undefined;
  } catch {
    return undefined;
  }
}

function toTexts(body: object): Parameters {
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(body))
    texts[name] = typeof value === "string" ? value : JSON.stringify(value);
  return texts;
}

function done(result: unknown): SimulatedAnswer {
  return { status: 200, body: { ok: true, result } };
}
