import type { Text } from "#domain/text.ts";
import type { ChannelManifest } from "../channel.ts";
import { errorEmail, messageOrPlain, phone } from "../hook-parameters.ts";

const hostMeaning = (of: string): Text => ({
  ru: `Адрес API инстанса ${of} из кабинета GREEN-API без https, например 1103.api.green-api.com.`,
  en: `API address of the ${of} instance from the GREEN-API console without https, for example 1103.api.green-api.com.`,
});
const idMeaning = (of: string): Text => ({
  ru: `Номер инстанса ${of} в кабинете GREEN-API.`,
  en: `Number of the ${of} instance in the GREEN-API console.`,
});
const tokenMeaning = (of: string): Text => ({
  ru: `Токен инстанса ${of} из кабинета GREEN-API.`,
  en: `Token of the ${of} instance from the GREEN-API console.`,
});

export const parameters = [
  { name: "apiUrl", kind: "host", meaning: hostMeaning("WhatsApp") },
  { name: "idInstance", kind: "digits", meaning: idMeaning("WhatsApp") },
  { name: "apiTokenInstance", kind: "text", isSecret: true, meaning: tokenMeaning("WhatsApp") },
  { name: "apiUrlMax", kind: "host", meaning: hostMeaning("MAX") },
  { name: "idInstanceMax", kind: "digits", meaning: idMeaning("MAX") },
  { name: "apiTokenInstanceMax", kind: "text", isSecret: true, meaning: tokenMeaning("MAX") },
  errorEmail,
  messageOrPlain,
  {
    name: "repeat",
    kind: "boolean",
    default: "false",
    meaning: {
      ru: "Отправить ещё раз, если за 10 секунд сообщение не доставлено на устройство.",
      en: "Send once more when the message has not reached the device within 10 seconds.",
    },
  },
  phone,
] as const;

export const manifest = {
  id: "green-api",
  name: "GREEN-API",
  icon: "brand-whatsapp",
  api: { baseUrl: "https://api.green-api.com", environmentName: "GREEN_API" },
  environment: [],
  settings: [
    { name: "platform", label: { ru: "Мессенджер", en: "Messenger" }, isSecret: false },
    { name: "apiUrl", label: { ru: "Адрес API", en: "API address" }, isSecret: false },
    { name: "idInstance", label: { ru: "Номер инстанса", en: "Instance number" }, isSecret: false },
    {
      name: "apiTokenInstance",
      label: { ru: "Токен инстанса", en: "Instance token" },
      isSecret: true,
    },
  ],
  /** 10 lookups of MAX numbers a second; the send itself may go 50 times. */
  limits: { callsPerSecond: 10 },
  hook: { kind: "green-api", parameters },
  /** MAX shows the marks as they are: there they are taken out on the way. */
  markup: "whatsapp",
  /** MAX takes the least; WhatsApp 20 000. */
  maxTextLength: 4000,
  addresses: "phone",
  receipts: "read",
} as const satisfies ChannelManifest<typeof parameters>;
