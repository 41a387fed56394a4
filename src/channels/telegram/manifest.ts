import type { ChannelManifest } from "../channel.ts";
import { errorEmail, message } from "../hook-parameters.ts";

export const parameters = [
  {
    name: "telegramToken",
    kind: "text",
    isRequired: true,
    isSecret: true,
    meaning: {
      ru: "Токен вашего бота, его выдаёт @BotFather. Сообщения уходят от имени этого бота.",
      en: "Token of your own bot, given by @BotFather. Messages are sent in this bot's name.",
    },
  },
  {
    name: "telegramFieldName",
    kind: "text",
    isRequired: true,
    meaning: {
      ru: "Поле контактной информации брони, в котором стоит id гостя в Telegram, например *TelegramId.",
      en: "The booking's contact field that holds the guest's Telegram id, for example *TelegramId.",
    },
  },
  errorEmail,
  message,
] as const;

export const manifest = {
  id: "telegram",
  name: "Telegram",
  icon: "brand-telegram",
  api: { baseUrl: "https://api.telegram.org", environmentName: "TELEGRAM" },
  environment: [],
  settings: [{ name: "token", label: { ru: "Токен бота", en: "Bot token" }, isSecret: true }],
  /** Of the whole bot. One chat takes about one message a second; more is answered 429. */
  limits: { callsPerSecond: 30 },
  hook: { kind: "telegram", parameters },
  markup: "telegram-html",
  maxTextLength: 4096,
  addresses: "user",
  receipts: "accepted",
} as const satisfies ChannelManifest<typeof parameters>;
