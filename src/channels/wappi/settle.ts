import type { Phone } from "#domain/phone.ts";
import type { ReceiptState, Settlement } from "../channel.ts";
import type { Api } from "./client.ts";
import {
  fromRemoteId,
  type HistoryMessage,
  parseChatId,
  parseHistory,
  parseOneMessage,
  toReceiptState,
  toRemoteId,
} from "./inbound.ts";
import { oneByOne } from "./one-by-one.ts";
import { toDigits } from "./outbound.ts";
import { type Platform, platforms } from "./platforms.ts";

export interface Reading {
  readonly api: Api;
  readonly profile: { readonly id: string; readonly platform: Platform };
}

export interface Search {
  readonly phone: Phone;
  readonly text: string;
  readonly triedAt: number;
  readonly now: number;
}

/** Newest messages of a chat that are looked through. */
const historyLength = 100;
/** Wappi's clock and ours may differ so much, and its stamps are whole seconds. */
const clockSlackMs = 10_000;
/** A message that is not in the history after so long was not taken. */
const settledAfterMs = 2 * 60_000;

/** Looks for a doubtful message in the guest's chat. Telegram tells no chat by phone: there it stays unknown. */
export async function settle(reading: Reading, search: Search): Promise<Settlement> {
  const chatId = await findChat(reading, search.phone);
  if (chatId === undefined) return { found: "unknown" };
  const messages = await readHistory(reading, chatId);
  return messages
    ? toSettlement({ ...search, chatId, profileId: reading.profile.id }, messages)
    : { found: "unknown" };
}

export async function askReceipt(
  { api, profile }: Reading,
  remoteId: string,
): Promise<ReceiptState | "unknown"> {
  const messageId = fromRemoteId(remoteId);
  const answer = await read({ api, profile }, "messages/id/get", { message_id: messageId });
  const message = answer.kind === "done" ? parseOneMessage(answer.body) : undefined;
  if (message?.id !== messageId) return "unknown";
  return toReceiptState(message.delivery_status) ?? "unknown";
}

async function findChat(reading: Reading, phone: Phone): Promise<string | undefined> {
  const digits = toDigits(phone);
  if (reading.profile.platform === "wa") return `${digits}@c.us`;
  if (reading.profile.platform !== "max") return undefined;
  const answer = await read(reading, "contact/check", { phone: digits });
  return answer.kind === "done" ? parseChatId(answer.body) : undefined;
}

async function readHistory(
  reading: Reading,
  chatId: string,
): Promise<readonly HistoryMessage[] | undefined> {
  const query = { chat_id: chatId, limit: String(historyLength), order: "desc" };
  const answer = await read(reading, "messages/get", query);
  return answer.kind === "done" ? parseHistory(answer.body) : undefined;
}

function read({ api, profile }: Reading, name: string, query: Readonly<Record<string, string>>) {
  const path = `${platforms[profile.platform].sync}/${name}`;
  return oneByOne(profile.id, () =>
    api({ method: "GET", path, query: { profile_id: profile.id, ...query } }),
  );
}

interface Wanted extends Search {
  readonly chatId: string;
  readonly profileId: string;
}

/** Says "no" only when the whole time since the first attempt was seen, in the right chat, and is long over. */
export function toSettlement(wanted: Wanted, messages: readonly HistoryMessage[]): Settlement {
  if (messages.some(({ chatId }) => chatId !== undefined && chatId !== wanted.chatId))
    return { found: "unknown" };
  const since = wanted.triedAt - clockSlackMs;
  const found = messages.find(
    (message) =>
      message.fromMe &&
      message.body.trim() === wanted.text.trim() &&
      (timeOf(message) ?? 0) >= since,
  );
  if (found) return { found: "yes", remoteId: toRemoteId(wanted.profileId, found.id) };
  const isCovered =
    messages.length < historyLength ||
    messages.some((message) => (timeOf(message) ?? since) < since);
  const isOver = wanted.now - wanted.triedAt >= settledAfterMs;
  return { found: isCovered && isOver ? "no" : "unknown" };
}

function timeOf({ time, timestamp }: HistoryMessage): number | undefined {
  return time ?? timestamp;
}
