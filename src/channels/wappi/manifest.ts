import type { ChannelManifest } from "../channel.ts";
import { errorEmail, messageOrPlain, phone } from "../hook-parameters.ts";

export const parameters = [
  {
    name: "apiToken",
    aliases: ["apiTokenInstance"],
    kind: "text",
    isRequired: true,
    isSecret: true,
    meaning: {
      ru: "Ключ доступа из личного кабинета Wappi. Он один на все профили и каскады кабинета.",
      en: "Access key from the Wappi cabinet. It serves all profiles and cascades of the cabinet.",
    },
  },
  {
    name: "cascadeId",
    kind: "text",
    meaning: {
      ru: "Каскад Wappi: мессенджеры перебираются по очереди. Нужен он или profileId.",
      en: "Wappi cascade: messengers are tried in turn. Either this or profileId is needed.",
    },
  },
  {
    name: "profileId",
    kind: "text",
    meaning: {
      ru: "Профиль Wappi: один мессенджер, со статусом доставки. Если задан и cascadeId, работает каскад.",
      en: "Wappi profile: one messenger, with delivery status. When cascadeId is given too, the cascade is used.",
    },
  },
  errorEmail,
  messageOrPlain,
  phone,
] as const;

export const manifest = {
  id: "wappi",
  name: "Wappi",
  icon: "messages",
  api: { baseUrl: "https://wappi.pro", environmentName: "WAPPI" },
  environment: [],
  settings: [
    {
      name: "apiToken",
      label: { ru: "Ключ доступа Wappi", en: "Wappi access key" },
      isSecret: true,
    },
  ],
  /** 20 messages a minute: faster sending gets personal accounts banned. */
  limits: { callsPerSecond: 1 / 3 },
  hook: { kind: "wappi", parameters },
  /** A cascade mixes messengers, and a Telegram or MAX account would show WhatsApp's asterisks as they are. */
  markup: "plain",
  /** MAX takes the least. */
  maxTextLength: 4000,
  addresses: "phone",
  receipts: "read",
} as const satisfies ChannelManifest<typeof parameters>;
