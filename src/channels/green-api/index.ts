import type { Tools } from "#domain/tools.ts";
import {
  type Channel,
  defineChannel,
  type OutgoingMessage,
  type ReceiptState,
  type SendOutcome,
  type Settlement,
} from "../channel.ts";
import { findChat } from "./chats.ts";
import { check } from "./check.ts";
import { type Api, openApi } from "./client.ts";
import { readHook, type Target } from "./hook.ts";
import { parseIdMessage, receiveReceipts, toRemoteId } from "./inbound.ts";
import { listen } from "./listen.ts";
import { manifest } from "./manifest.ts";
import { toSendMessage, toText, toWhatsAppChat } from "./outbound.ts";
import { refuse, toFailure } from "./outcomes.ts";
import type { Platform, Settings } from "./platforms.ts";
import { askReceipt, settle } from "./settle.ts";
import { findObstacle } from "./states.ts";
import { failureTexts } from "./texts.ts";

/** GREEN-API: a WhatsApp or MAX account of the business behind an instance. */
export const greenApi = defineChannel({ manifest, readHook, connect, receiveReceipts });

interface Needs {
  readonly api: Api;
  readonly tools: Tools;
  readonly platform: Platform;
}

function connect(settings: Settings, tools: Tools): Channel<Target> {
  const needs = { api: openApi(tools, settings), tools, platform: settings.platform };
  return {
    check: (targets) => check({ api: needs.api, settings }, targets.some(isRepeating)),
    send: (message) => send(needs, message),
    settle: (message) => settleOne(needs, message),
    receipt: (sent) => askOne(needs, sent),
    listen: (url) => listen(needs, url),
  };
}

const isRepeating = ({ repeat }: Target): boolean => repeat === "true";

async function send(needs: Needs, { to, text }: OutgoingMessage<Target>): Promise<SendOutcome> {
  const { api, platform } = needs;
  if (to.kind !== "phone") return refuse("recipient", failureTexts.notAPhone);
  const obstacle = await findObstacle(needs);
  if (obstacle) return obstacle;
  const chatId = await findChat(needs, to.phone);
  if (typeof chatId !== "string") return chatId;
  const answer = await api(toSendMessage(chatId, toText(text, platform)));
  if (answer.kind !== "done") return toFailure(answer, platform);
  const idMessage = parseIdMessage(answer.body);
  return idMessage === undefined
    ? { outcome: "uncertain", detail: failureTexts.uncertain }
    : { outcome: "accepted", value: { remoteId: toRemoteId(chatId, idMessage) } };
}

async function settleOne(needs: Needs, message: OutgoingMessage<Target>): Promise<Settlement> {
  const { to, triedAt } = message;
  const chatId = to.kind === "phone" ? await findChat(needs, to.phone) : undefined;
  if (typeof chatId !== "string") return { found: "unknown" };
  return settle(needs, { chatId, text: toText(message.text, needs.platform), triedAt });
}

async function askOne(
  { api }: Needs,
  sent: { readonly remoteId: string; readonly message: OutgoingMessage<Target> },
): Promise<ReceiptState | "unknown"> {
  const { to } = sent.message;
  const whatsAppChat = to.kind === "phone" ? toWhatsAppChat(to.phone) : "";
  return askReceipt(api, sent.remoteId, whatsAppChat);
}
