import { z } from "zod";
import type { Receipt, ReceiptState } from "../channel.ts";

/** A MAX message's id counts within its chat only, so the chat belongs to it; WhatsApp's are unique. */
export function toRemoteId(chatId: string, idMessage: string): string {
  return chatId.includes("@") ? idMessage : `${chatId}/${idMessage}`;
}

/** The chat is absent for WhatsApp, where the guest's phone tells it. */
export function fromRemoteId(remoteId: string): {
  readonly chatId: string | undefined;
  readonly idMessage: string;
} {
  const [chatId, idMessage] = remoteId.split("/");
  return idMessage === undefined
    ? { chatId: undefined, idMessage: remoteId }
    : { chatId, idMessage };
}

const id = z.union([z.string().min(1), z.number()]).transform(String);

const sent = z.looseObject({ idMessage: id });
export const parseIdMessage = (body: unknown) => sent.safeParse(body).data?.idMessage;

const state = z.looseObject({ stateInstance: z.string().min(1) });
export const parseState = (body: unknown) => state.safeParse(body).data?.stateInstance;

const accountSettings = z.looseObject({ suspendedUntil: z.union([z.string(), z.number()]) });

/** Milliseconds since 1970. The vendor's form is not published: a date as text, or seconds. */
export function parseSuspendedUntil(body: unknown): number | undefined {
  const until = accountSettings.safeParse(body).data?.suspendedUntil;
  const instant = typeof until === "number" ? until * 1_000 : Date.parse(until ?? "");
  return Number.isFinite(instant) && instant > 0 ? instant : undefined;
}

const settings = z.looseObject({
  webhookUrl: z.string().catch(""),
  outgoingWebhook: z.string(),
  outgoingAPIMessageWebhook: z.string().catch("no"),
});

export type InstanceSettings = z.infer<typeof settings>;
export const parseSettings = (body: unknown) => settings.safeParse(body).data;

const account = z.union([
  z.looseObject({ exist: z.literal(true), chatId: id }),
  z.looseObject({ exist: z.literal(false) }).transform(() => ({ chatId: "" })),
  z.looseObject({ status: z.literal(false) }).transform(() => "signed-out" as const),
]);

/** An empty `chatId` says that nobody has this number in MAX. */
export const parseAccount = (body: unknown) => account.safeParse(body).data;

const journalMessage = z.looseObject({
  idMessage: id,
  chatId: z.string(),
  timestamp: z.number(),
  textMessage: z.string().optional().catch(undefined),
  extendedTextMessage: z.looseObject({ text: z.string() }).optional().catch(undefined),
});

/** One message that went out, times in milliseconds. */
export interface JournalMessage {
  readonly idMessage: string;
  readonly chatId: string;
  readonly at: number;
  readonly text: string | undefined;
}

export function parseJournal(body: unknown): readonly JournalMessage[] | undefined {
  return z
    .array(z.unknown())
    .safeParse(body)
    .data?.flatMap((one) => {
      const message = journalMessage.safeParse(one).data;
      if (!message) return [];
      const { idMessage, chatId, timestamp, textMessage, extendedTextMessage } = message;
      const text = textMessage ?? extendedTextMessage?.text;
      return [{ idMessage, chatId, at: timestamp * 1_000, text }];
    });
}

/** The vendor's products name the id differently. */
const queued = z.looseObject({
  idMessage: id.optional().catch(undefined),
  messageID: id.optional().catch(undefined),
  body: z.looseObject({ chatId: z.string(), message: z.string() }),
});

export interface QueuedMessage {
  readonly idMessage: string | undefined;
  readonly chatId: string;
  readonly text: string;
}

export function parseQueue(body: unknown): readonly QueuedMessage[] | undefined {
  return z
    .array(z.unknown())
    .safeParse(body)
    .data?.flatMap((one) => {
      const message = queued.safeParse(one).data;
      if (!message) return [];
      const { idMessage, messageID } = message;
      const { chatId, message: text } = message.body;
      return [{ idMessage: idMessage ?? messageID, chatId, text }];
    });
}

const journalStatus = z.looseObject({ statusMessage: z.string() });

export function parseStatus(body: unknown): ReceiptState | undefined {
  return toReceiptState(journalStatus.safeParse(body).data?.statusMessage ?? "");
}

const states: Readonly<Record<string, ReceiptState>> = {
  pending: "sent",
  sent: "sent",
  delivered: "delivered",
  read: "read",
  failed: "failed",
  noAccount: "failed",
  notInGroup: "failed",
  yellowCard: "failed",
};

function toReceiptState(word: string): ReceiptState | undefined {
  return Object.hasOwn(states, word) ? states[word] : undefined;
}

const news = z.looseObject({
  typeWebhook: z.literal("outgoingMessageStatus"),
  chatId: z.string().min(1),
  idMessage: id,
  status: z.string(),
});

/** One status per webhook. A failure's `description` is left out: it may name the guest. */
export function receiveReceipts(body: unknown): readonly Receipt[] {
  const known = news.safeParse(body).data;
  const state = known && toReceiptState(known.status);
  if (!known || !state) return [];
  const remoteId = toRemoteId(known.chatId, known.idMessage);
  return [state === "failed" ? { remoteId, state, detail: known.status } : { remoteId, state }];
}
