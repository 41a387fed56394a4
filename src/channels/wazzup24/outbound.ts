import type { Phone } from "#domain/phone.ts";
import { toPlainText } from "../whatsapp-marks.ts";
import { type ChatType, chatTypes } from "./chat-types.ts";
import type { ApiCall } from "./client.ts";

interface Sending {
  readonly id: string;
  readonly phone: Phone;
  readonly text: string;
  readonly channelId: string;
  readonly chatType: ChatType;
}

/** The same message makes the same body, and our id makes a repeat within a minute harmless. */
export function toSendMessage({ id, phone, text, channelId, chatType }: Sending): ApiCall {
  return {
    method: "POST",
    path: "message",
    body: {
      channelId,
      chatType,
      [chatTypes[chatType].addressField]: phone.replaceAll(/\D/g, ""),
      text: chatType === "whatsapp" || chatType === "viber" ? text : toPlainText(text),
      crmMessageId: id,
      // Else a chat in which a guest waits for a person would look answered.
      clearUnanswered: false,
    },
  };
}
