import type { BookingKind } from "#domain/booking.ts";
import type { Language, Text } from "#domain/text.ts";

/** The fixed words of a message to a guest. */
export const words = {
  hello: { ru: "Здравствуйте!", en: "Hello!" },
  time: { ru: "Время", en: "Time" },
  duration: { ru: "Продолжительность", en: "Duration" },
  address: { ru: "Адрес", en: "Address" },
  service: { ru: "Услуга", en: "Service" },
  description: { ru: "Описание", en: "Description" },
  resources: { ru: "Услуги/ресурсы", en: "Services/resources" },
  total: { ru: "Полная стоимость", en: "Total" },
  contact: { ru: "Контактная информация", en: "Contact information" },
  comment: { ru: "Комментарий", en: "Comment" },
  more: { ru: "Подробнее", en: "More" },
} as const satisfies Record<string, Text>;

interface KindWords {
  readonly name: Text;
  readonly time: Text;
  readonly details: Text;
}

export const kindWords: Readonly<Record<BookingKind, KindWords>> = {
  order: {
    name: { ru: "заказ", en: "order" },
    time: { ru: "Время заказа", en: "Order time" },
    details: { ru: "Детали заказа", en: "Order details" },
  },
  appointment: {
    name: { ru: "запись", en: "booking" },
    time: { ru: "Время записи", en: "Booking time" },
    details: { ru: "Детали записи", en: "Booking details" },
  },
  event: {
    name: { ru: "участие в мероприятии", en: "participation in the event" },
    time: { ru: "Время мероприятия", en: "Event time" },
    details: { ru: "Детали мероприятия", en: "Event details" },
  },
};

type Plurals = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string };

export const units: Readonly<
  Record<"day" | "hour" | "minute", Readonly<Record<Language, Plurals>>>
> = {
  day: { ru: { one: "день", few: "дня", other: "дней" }, en: { one: "day", other: "days" } },
  hour: { ru: { one: "час", few: "часа", other: "часов" }, en: { one: "hour", other: "hours" } },
  minute: { ru: { other: "мин." }, en: { other: "min" } },
};

/** Units of measure by their OKEI code. */
export const measures: Readonly<Record<number, Text>> = {
  6: { ru: "м", en: "m" },
  55: { ru: "м²", en: "m²" },
  112: { ru: "л", en: "l" },
  163: { ru: "г", en: "g" },
  166: { ru: "кг", en: "kg" },
  354: { ru: "сек.", en: "sec" },
  355: { ru: "мин.", en: "min" },
  356: { ru: "ч", en: "h" },
  359: { ru: "сут.", en: "d" },
  360: { ru: "нед.", en: "wk" },
  362: { ru: "мес.", en: "mo" },
  366: { ru: "г.", en: "y" },
  642: { ru: "ед.", en: "unit" },
  715: { ru: "пар", en: "pair" },
  778: { ru: "упак.", en: "pack" },
  792: { ru: "чел.", en: "pers." },
  796: { ru: "шт", en: "pc." },
  839: { ru: "компл.", en: "set" },
};

const greeting =
  /^[^\p{L}]*(?:здравствуй|добр(?:ый|ое|ого|ая)\s|доброго\s|привет|уважаем|hello|hi(?!\p{L})|dear\s|good\s(?:morning|day|afternoon|evening))/iu;

/** Whether a text of the business greets the guest by itself. */
export function isGreeting(text: string): boolean {
  return greeting.test(text);
}
