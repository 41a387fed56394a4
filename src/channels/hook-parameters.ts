import type { Parameter } from "#domain/parameter.ts";

/** Parameters that mean the same in the hooks of several messengers. */

export const errorEmail = {
  name: "errorEmail",
  kind: "email",
  meaning: {
    ru: "Куда писать, если сообщение не удалось отправить.",
    en: "Where to write when a message could not be sent.",
  },
} as const satisfies Parameter;

export const message = {
  name: "message",
  kind: "text",
  meaning: {
    ru: "Текст перед сведениями о брони.",
    en: "Text in front of the booking's details.",
  },
} as const satisfies Parameter;

/** `message` of a hook that also knows `phone`. */
export const messageOrPlain = {
  ...message,
  meaning: {
    ru: "Текст перед сведениями о брони. Если задан phone, уходит только этот текст.",
    en: "Text in front of the booking's details. With phone set, this text alone is sent.",
  },
} as const satisfies Parameter;

export const phone = {
  name: "phone",
  kind: "phone",
  meaning: {
    ru: "Постоянный номер: на него уходит message вместо сообщения гостю.",
    en: "A fixed number: message goes there instead of a message to the guest.",
  },
} as const satisfies Parameter;
