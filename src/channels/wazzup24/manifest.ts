import type { ChannelManifest } from "../channel.ts";
import { errorEmail, message } from "../hook-parameters.ts";
import { chatTypeNames } from "./chat-types.ts";

export const parameters = [
  {
    name: "key_api",
    kind: "text",
    isRequired: true,
    isSecret: true,
    meaning: {
      ru: "Ключ API из личного кабинета Wazzup24 (Интеграция с CRM, API). Он один на все каналы.",
      en: "API key from the Wazzup24 account (CRM integration, API). It serves all channels.",
    },
  },
  {
    name: "channel_id",
    kind: "text",
    isRequired: true,
    meaning: {
      ru: "Канал Wazzup24, через который уходят сообщения: его GUID.",
      en: "The Wazzup24 channel that messages go through: its GUID.",
    },
  },
  {
    name: "chat_type",
    kind: "text",
    default: "whatsapp",
    options: chatTypeNames,
    meaning: {
      ru: "Мессенджер канала. По номеру телефона можно писать в whatsapp, telegram, max и viber.",
      en: "The channel's messenger. Phone numbers can be written to in whatsapp, telegram, max and viber.",
    },
  },
  errorEmail,
  message,
] as const;

export const manifest = {
  id: "wazzup24",
  name: "Wazzup24",
  icon: "message-2",
  api: { baseUrl: "https://api.wazzup24.com", environmentName: "WAZZUP24" },
  environment: [],
  settings: [
    { name: "apiKey", label: { ru: "Ключ API Wazzup24", en: "Wazzup24 API key" }, isSecret: true },
  ],
  /** 500 in 5 seconds for the whole key. */
  limits: { callsPerSecond: 100 },
  hook: { kind: "wazzup24", parameters },
  /** Telegram and MAX accounts show the marks as they are: there they are taken out on the way. */
  markup: "whatsapp",
  /** Telegram and MAX take the least, but for WhatsApp Business (1024): its longer texts are refused. */
  maxTextLength: 4096,
  addresses: "phone",
  receipts: "read",
} as const satisfies ChannelManifest<typeof parameters>;
