/** The messengers that can be written to by phone number, and the channels at Wazzup24 that carry them. */
export const chatTypes = {
  whatsapp: { name: "WhatsApp", transports: ["whatsapp", "wapi"], addressField: "chatId" },
  telegram: { name: "Telegram", transports: ["tgapi", "telegram"], addressField: "phone" },
  max: { name: "MAX", transports: ["max", "maxbot"], addressField: "phone" },
  viber: { name: "Viber", transports: ["viber"], addressField: "chatId" },
} as const;

export type ChatType = keyof typeof chatTypes;

export const chatTypeNames = [
  "whatsapp",
  "telegram",
  "max",
  "viber",
] as const satisfies readonly ChatType[];
