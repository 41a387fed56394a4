import type { SimulatedAnswer } from "../simulator.ts";
import {
  type SentWazzupMessage,
  tellStatus,
  type WazzupChannel,
  type WazzupWorld,
} from "./world.ts";

type Body = Readonly<Record<string, unknown>>;

/** How long a `crmMessageId` is remembered. */
const repeatWindowMs = 60_000;

/** `POST /v3/message`: taken is 201; arrival is told by statuses. */
export async function send(world: WazzupWorld, key: string, body: Body): Promise<SimulatedAnswer> {
  const channel = world.channels.find(
    (one) => one.key === key && one.channelId === body["channelId"],
  );
  const refused = refuseBody(body) ?? refuseByChannel(channel, String(body["chatType"]));
  if (refused !== undefined || !channel) return wrong(refused ?? "CHANNEL_NOT_FOUND");
  if (isRepeated(world, key, body)) return wrong(world.repeatedSpelling);
  const message = take(world, channel, body);
  if (world.isStatusFirst) await tellStatus(world, message);
  return { status: 201, body: { messageId: message.messageId, chatId: message.chatId } };
}

/** The envelope of a refusal on the message route. */
export function wrong(error: string, fields: readonly string[] = []): SimulatedAnswer {
  const requestId = "7ca68797d127735e72b066b008000001";
  const description = "Message was not sent";
  return {
    status: 400,
    body: { status: 400, requestId, error, description, data: { fields } },
  };
}

function refuseBody(body: Body): string | undefined {
  const { text, contentUri } = body;
  if (text !== undefined && contentUri !== undefined) return "MESSAGE_ONLY_TEXT_OR_CONTENT";
  if (text === undefined && contentUri === undefined) return "MESSAGE_NOTHING_TO_SEND";
  if (typeof text !== "string") return "INVALID_MESSAGE_DATA";
  if (text.trim() === "") return "MESSAGES_TEXT_CAN_NOT_BE_BLANK";
  return typeof readAddress(body) === "string" ? undefined : "INVALID_MESSAGE_DATA";
}

/** `phone` instead of `chatId` is for Telegram and MAX. */
function readAddress({ chatType, chatId, phone }: Body): string | undefined {
  if (typeof chatId === "string" && phone === undefined)
    return /^\d+$/.test(chatId) ? chatId : undefined;
  const isByPhone = chatType === "telegram" || chatType === "max";
  return isByPhone && typeof phone === "string" && /^\d+$/.test(phone) ? `id-${phone}` : undefined;
}

const chatTypes: Readonly<Record<string, readonly string[]>> = {
  whatsapp: ["whatsapp", "whatsgroup"],
  wapi: ["whatsapp"],
  tgapi: ["telegram", "telegroup"],
  telegram: ["telegram", "telegroup"],
  max: ["max", "maxgroup"],
  maxbot: ["max", "maxgroup"],
};

const stateErrors: Readonly<Record<string, string>> = {
  phoneunavailable: "MESSAGE_CHANNEL_UNAVAILABLE",
  notenoughmoney: "CHANNEL_NO_MONEY",
  blocked: "CHANNEL_BLOCKED",
  rejected: "CHANNEL_WAPI_REJECTED",
};

function refuseByChannel(channel: WazzupChannel | undefined, chatType: string): string | undefined {
  if (!channel) return "CHANNEL_NOT_FOUND";
  const fitting = chatTypes[channel.transport] ?? [channel.transport];
  if (!fitting.includes(chatType)) return "WRONG_TRANSPORT";
  const state = channel.state.toLowerCase();
  return state === "active" ? undefined : (stateErrors[state] ?? "MESSAGE_CHANNEL_UNAVAILABLE");
}

function isRepeated(world: WazzupWorld, key: string, { crmMessageId }: Body): boolean {
  return world.sent.some(
    (message) =>
      message.key === key &&
      crmMessageId !== undefined &&
      message.crmMessageId === crmMessageId &&
      world.now() - message.at <= repeatWindowMs,
  );
}

function take(world: WazzupWorld, channel: WazzupChannel, body: Body): SentWazzupMessage {
  const crmMessageId = body["crmMessageId"];
  const message: SentWazzupMessage = {
    at: world.now(),
    key: channel.key,
    channelId: channel.channelId,
    chatType: String(body["chatType"]),
    chatId: readAddress(body) ?? "",
    text: String(body["text"]),
    crmMessageId: typeof crmMessageId === "string" ? crmMessageId : undefined,
    clearUnanswered: body["clearUnanswered"] !== false,
    messageId: crypto.randomUUID(),
    status: "sent",
  };
  world.sent.push(message);
  return message;
}
