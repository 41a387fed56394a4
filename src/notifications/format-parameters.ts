import type { Parameter, ParameterValues } from "#domain/parameter.ts";

const maxTitleLength = 200;
const maxSignatureLength = 2000;

/** The formatting parameters that every message hook takes beside its channel's own. */
export const formatParameters = [
  {
    name: "resource_name",
    kind: "text",
    default: "Услуги/ресурсы",
    max: maxTitleLength,
    meaning: {
      ru: "Заголовок над списком услуг и ресурсов",
      en: "Title above the list of resources",
    },
  },
  {
    name: "detail_section_name",
    kind: "text",
    max: maxTitleLength,
    meaning: {
      ru: "Название раздела с деталями; без него: Детали заказа, Детали записи или Детали мероприятия",
      en: "Title of the details section; without it: details of the order, the booking or the event",
    },
  },
  {
    name: "case_type_name",
    kind: "text",
    max: maxTitleLength,
    meaning: {
      ru: "Слово перед номером; без него: заказ, запись или участие в мероприятии",
      en: "Word before the number; without it: order, booking or participation in the event",
    },
  },
  {
    name: "hide_detail_section",
    kind: "boolean",
    default: "false",
    meaning: {
      ru: "Скрыть раздел с деталями: его название, список ресурсов и стоимость",
      en: "Hide the details section: its title, the resources and the total",
    },
  },
  {
    name: "hide_resource_description",
    kind: "boolean",
    default: "false",
    meaning: { ru: "Скрыть описания ресурсов", en: "Hide the resources' descriptions" },
  },
  {
    name: "hide_order_duration",
    kind: "boolean",
    default: "false",
    meaning: { ru: "Скрыть продолжительность", en: "Hide the duration" },
  },
  {
    name: "hide_address",
    kind: "boolean",
    default: "false",
    meaning: { ru: "Скрыть адрес", en: "Hide the address" },
  },
  {
    name: "hide_service_name",
    kind: "boolean",
    default: "false",
    meaning: { ru: "Скрыть название услуги", en: "Hide the service's name" },
  },
  {
    name: "hide_order_description",
    kind: "boolean",
    default: "false",
    meaning: { ru: "Скрыть описание заказа", en: "Hide the order's description" },
  },
  {
    name: "hide_url",
    kind: "boolean",
    default: "false",
    meaning: {
      ru: "Скрыть ссылки на услугу и на заказ",
      en: "Hide the links to the service and to the order",
    },
  },
  {
    name: "hide_contact_info",
    kind: "boolean",
    default: "true",
    meaning: { ru: "Скрыть контактную информацию", en: "Hide the contact information" },
  },
  {
    name: "date_locales",
    kind: "locale",
    default: "ru-RU",
    meaning: {
      ru: "Формат даты, времени и цен и язык подписей: ru-RU или en-US",
      en: "Format of dates, times and prices, and the language of labels: ru-RU or en-US",
    },
  },
  {
    name: "timezone",
    aliases: ["time_zone"],
    kind: "timezone",
    default: "Europe/Moscow",
    meaning: { ru: "Часовой пояс, имя из базы IANA", en: "Time zone, a name of the IANA database" },
  },
  {
    name: "timezone_name",
    aliases: ["time_zone_name"],
    kind: "text",
    max: maxTitleLength,
    meaning: {
      ru: "Подпись пояса в скобках после времени; без неё: Мск для Москвы, для других поясов их краткое имя",
      en: "Zone label in brackets after the time; without it: Мск for Moscow, the short name of any other zone",
    },
  },
  {
    name: "sign_text",
    kind: "text",
    default: "",
    max: maxSignatureLength,
    meaning: { ru: "Подпись в конце сообщения", en: "Signature at the end of the message" },
  },
] as const satisfies readonly Parameter[];

export type FormatValues = ParameterValues<typeof formatParameters>;
