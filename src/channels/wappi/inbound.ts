import { z } from "zod";
import type { Receipt, ReceiptState } from "../channel.ts";

/** Ids of Telegram and MAX messages are short numbers of one account, so the profile belongs to the id. */
export function toRemoteId(profileId: string, messageId: string): string {
  return `${profileId}/${messageId}`;
}

export function fromRemoteId(remoteId: string): string {
  return remoteId.slice(remoteId.indexOf("/") + 1);
}

/** Instants come as seconds, milliseconds or RFC 3339, and change places between the platforms. */
const instant = z.union([z.number(), z.string()]).transform(toMilliseconds);
const id = z.union([z.string().min(1), z.number()]).transform(String);

const profileStatus = z.looseObject({
  uuid: z.string(),
  name: z.string().catch(""),
  platform: z.string().optional().catch(undefined),
  authorized: z.boolean(),
  app_status: z.string().optional().catch(undefined),
  payment_expired_at: instant.optional().catch(undefined),
  webhook_url: z.string().catch(""),
  webhook_types: z.array(z.string()).catch([]),
});

export type ProfileStatus = z.infer<typeof profileStatus>;

export function parseProfileStatus(body: unknown): ProfileStatus | undefined {
  return profileStatus.safeParse(body).data;
}

const cascade = z.looseObject({
  cascade: z.looseObject({
    name: z.string().catch(""),
    order: z.array(
      z.looseObject({ platform: z.string(), profile_uuid: z.string().optional().catch(undefined) }),
    ),
  }),
});

export function parseCascade(body: unknown) {
  return cascade.safeParse(body).data?.cascade;
}

const sent = z.looseObject({ message_id: id });
const task = z.looseObject({ task_id: id });
const contact = z.looseObject({ chat_id: id });

export const parseMessageId = (body: unknown) => sent.safeParse(body).data?.message_id;
export const parseTaskId = (body: unknown) => task.safeParse(body).data?.task_id;
export const parseChatId = (body: unknown) => contact.safeParse(body).data?.chat_id;

const historyMessage = z.looseObject({
  id,
  chatId: id.optional().catch(undefined),
  body: z.string().catch(""),
  fromMe: z.boolean().catch(false),
  time: instant.optional().catch(undefined),
  timestamp: instant.optional().catch(undefined),
  delivery_status: z.string().catch(""),
});

export type HistoryMessage = z.infer<typeof historyMessage>;

export function parseHistory(body: unknown): readonly HistoryMessage[] | undefined {
  return z.looseObject({ messages: z.array(historyMessage) }).safeParse(body).data?.messages;
}

export function parseOneMessage(body: unknown): HistoryMessage | undefined {
  return z.looseObject({ message: historyMessage }).safeParse(body).data?.message;
}

/** Wappi's words for a status; `undefined` for those that say nothing about arrival. */
export function toReceiptState(word: string): ReceiptState | undefined {
  return states[word.toLowerCase()];
}

const states: Readonly<Record<string, ReceiptState>> = {
  pending: "sent",
  sent: "sent",
  server: "sent",
  delivered: "delivered",
  device: "delivered",
  read: "read",
  played: "read",
  undelivered: "failed",
  error: "failed",
  failed: "failed",
  "temporary ban": "failed",
};

const news = z.looseObject({
  wh_type: z.enum(["delivery_status", "messages_status"]),
  profile_id: z.string().min(1),
  id,
  status: z.string(),
});

/** The documentation shows `messages` as an object, production sends an array: both are read. */
export function receiveReceipts(body: unknown): readonly Receipt[] {
  const envelope = z.looseObject({ messages: z.unknown() }).safeParse(body).data;
  if (envelope === undefined) return [];
  const { messages } = envelope;
  return (Array.isArray(messages) ? messages : [messages]).flatMap(toReceipt);
}

function toReceipt(message: unknown): readonly Receipt[] {
  const known = news.safeParse(message).data;
  const state = known && toReceiptState(known.status);
  if (!known || !state) return [];
  const remoteId = toRemoteId(known.profile_id, known.id);
  return [state === "failed" ? { remoteId, state, detail: known.status } : { remoteId, state }];
}

const firstMillisecondStamp = 100_000_000_000;

function toMilliseconds(value: number | string): number | undefined {
  const number = typeof value === "number" ? value : Date.parse(value);
  if (!Number.isFinite(number)) return undefined;
  return typeof value === "number" && value < firstMillisecondStamp ? value * 1_000 : number;
}
