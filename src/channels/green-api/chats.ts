import type { Phone } from "#domain/phone.ts";
import type { Tools } from "#domain/tools.ts";
import type { Api } from "./client.ts";
import { parseAccount } from "./inbound.ts";
import { recall, remember } from "./memory.ts";
import { toAccountCheck, toWhatsAppChat } from "./outbound.ts";
import {
  checksPauseMs,
  type Failure,
  refuse,
  toChecksPaused,
  toFailureBefore,
} from "./outcomes.ts";
import type { Platform } from "./platforms.ts";
import { failureTexts } from "./texts.ts";

interface Needs {
  readonly api: Api;
  readonly tools: Pick<Tools, "memory" | "now">;
  readonly platform: Platform;
}

/** Repeated lookups of a number that has no account are punished, so the answer counts for a day. */
const absenceHoldsMs = 24 * 60 * 60_000;

/**
 * The chat with a guest. WhatsApp names it by the phone; MAX has to be asked, which is counted and paid for, so chats
 * are kept. (MAX takes the phone form too, but answers and statuses then come under another id.)
 */
export async function findChat(needs: Needs, phone: Phone): Promise<string | Failure> {
  if (needs.platform === "whatsapp") return toWhatsAppChat(phone);
  const { chats, checksPausedUntil = 0 } = await recall(needs.tools);
  const now = needs.tools.now();
  const known = chats.findLast((chat) => chat.phone === phone);
  if (known && known.chatId !== "") return known.chatId;
  if (known && now - known.at < absenceHoldsMs) return refuse("recipient", failureTexts.noAccount);
  return checksPausedUntil > now ? toChecksPaused(checksPausedUntil - now) : lookUp(needs, phone);
}

async function lookUp({ api, tools, platform }: Needs, phone: Phone): Promise<string | Failure> {
  const answer = await api(toAccountCheck(phone));
  const at = tools.now();
  if (answer.kind !== "done") {
    if (answer.kind === "refused" && answer.status === 469)
      await remember(tools, () => ({ checksPausedUntil: at + checksPauseMs }));
    return toFailureBefore(answer, platform);
  }
  const account = parseAccount(answer.body);
  if (account === undefined) return { outcome: "unreachable", detail: failureTexts.silent };
  if (account === "signed-out") return refuse("account", failureTexts.signedOut);
  const { chatId } = account;
  await remember(tools, ({ chats }) => ({
    chats: [...chats.filter((chat) => chat.phone !== phone), { phone, chatId, at }],
  }));
  return chatId === "" ? refuse("recipient", failureTexts.noAccount) : chatId;
}
