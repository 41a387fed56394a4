import { z } from "zod";
import type { Receipt, ReceiptState } from "../channel.ts";

const id = z.string().min(1);

const sent = z.looseObject({ messageId: id });
export const parseMessageId = (body: unknown) => sent.safeParse(body).data?.messageId;

const channel = z.looseObject({
  channelId: z.string(),
  transport: z.string(),
  plainId: z.string().catch(""),
  state: z.string().catch(""),
});

export type WazzupChannel = z.infer<typeof channel>;

export function parseChannels(body: unknown): readonly WazzupChannel[] | undefined {
  return z
    .array(z.unknown())
    .safeParse(body)
    .data?.flatMap((one) => channel.safeParse(one).data ?? []);
}

/** Booleans come as text. */
const flag = z.union([z.boolean(), z.string()]).transform((value) => String(value) === "true");
const webhooks = z.looseObject({
  webhooksUri: z
    .string()
    .nullish()
    .transform((uri) => uri ?? ""),
  subscriptions: z
    .looseObject({ messagesAndStatuses: flag.catch(false) })
    .catch({ messagesAndStatuses: false }),
});

export type Webhooks = z.infer<typeof webhooks>;
export const parseWebhooks = (body: unknown) => webhooks.safeParse(body).data;

const states: Readonly<Record<string, ReceiptState>> = {
  sent: "sent",
  delivered: "delivered",
  read: "read",
  error: "failed",
};

const news = z.looseObject({
  messageId: id,
  status: z.string(),
  error: z.looseObject({ error: z.string() }).optional().catch(undefined),
});

/** Statuses of one post, which may hold messages beside them. An error's description is left out: it may name the guest. */
export function receiveReceipts(body: unknown): readonly Receipt[] {
  const envelope = z.looseObject({ statuses: z.array(z.unknown()) }).safeParse(body).data;
  return envelope?.statuses.flatMap(toReceipt) ?? [];
}

function toReceipt(one: unknown): readonly Receipt[] {
  const known = news.safeParse(one).data;
  const state = known && Object.hasOwn(states, known.status) ? states[known.status] : undefined;
  if (!known || !state) return [];
  const remoteId = known.messageId;
  return [
    state === "failed"
      ? { remoteId, state, detail: known.error?.error ?? known.status }
      : { remoteId, state },
  ];
}
