import type { Phone } from "#domain/phone.ts";
import { toPlainText } from "../whatsapp-marks.ts";
import type { ApiCall } from "./client.ts";
import type { Platform } from "./platforms.ts";

export function toWhatsAppChat(phone: Phone): string {
  return `${toDigits(phone)}@c.us`;
}

/** MAX wants the phone as a number; 15 digits, the most that a phone has, fit exactly. */
export function toAccountCheck(phone: Phone): ApiCall {
  return { method: "checkAccount", body: { phoneNumber: Number(toDigits(phone)) } };
}

/** The text as this messenger shows it right. */
export function toText(text: string, platform: Platform): string {
  return platform === "max" ? toPlainText(text) : text;
}

export function toSendMessage(chatId: string, message: string): ApiCall {
  return { method: "sendMessage", body: { chatId, message } };
}

function toDigits(phone: Phone): string {
  return phone.replaceAll(/\D/g, "");
}
