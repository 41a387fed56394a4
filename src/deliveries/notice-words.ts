import type { Language } from "#domain/text.ts";

interface NoticeWords {
  readonly attention: string;
  readonly hookAlone: (kind: string) => string;
  readonly booking: (number: string) => string;
  readonly two: (first: string, second: string) => string;
  readonly andMore: (first: string, more: number) => string;
  readonly andOthers: (first: string) => string;
  readonly times: Partial<Record<Intl.LDMLPluralRule, string>>;
  readonly happened: (times: string) => string;
  readonly shown: (lines: number) => string;
  readonly hook: (kind: string, id: string) => string;
  readonly seldom: string;
  readonly time: Intl.DateTimeFormat;
  readonly zone: string;
}

/** The server knows no zone of the business; the booking service's is Moscow's. */
const timeZone = "Europe/Moscow";
const style = {
  timeZone,
  day: "2-digit",
  month: "2-digit",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
} as const;

/** The words around a trouble's own text. */
export const noticeWords: Readonly<Record<Language, NoticeWords>> = {
  ru: {
    attention: "Нужно ваше внимание",
    hookAlone: (kind) => `Вебхук ${kind}`,
    booking: (number) => `Бронь ${number}`,
    two: (first, second) => `Брони ${first} и ${second}`,
    andMore: (first, more) => `Бронь ${first} и ещё ${more}`,
    andOthers: (first) => `Бронь ${first} и другие`,
    times: { one: "раз", few: "раза", many: "раз" },
    happened: (times) => `Случилось ${times}.`,
    shown: (lines) => `Здесь перечислены первые ${lines}.`,
    hook: (kind, id) =>
      `Вебхук: /webhook/${kind}, номер ${id}. Его параметры показывает команда: concierge hooks show ${id}`,
    seldom: "О той же причине мы напишем не раньше чем через десять минут.",
    time: new Intl.DateTimeFormat("ru-RU", style),
    zone: "Мск",
  },
  en: {
    attention: "Your attention is needed",
    hookAlone: (kind) => `Hook ${kind}`,
    booking: (number) => `Booking ${number}`,
    two: (first, second) => `Bookings ${first} and ${second}`,
    andMore: (first, more) => `Booking ${first} and ${more} more`,
    andOthers: (first) => `Booking ${first} and others`,
    times: { one: "time", other: "times" },
    happened: (times) => `It happened ${times}.`,
    shown: (lines) => `The first ${lines} are listed here.`,
    hook: (kind, id) =>
      `Hook: /webhook/${kind}, id ${id}. Its parameters are shown by: concierge hooks show ${id}`,
    seldom: "We write about the same cause again in ten minutes at the earliest.",
    time: new Intl.DateTimeFormat("en-GB", style),
    zone: "Moscow time",
  },
};

/** A number with its word. */
export function count(number: number, forms: NoticeWords["times"], language: Language): string {
  return `${number} ${forms[new Intl.PluralRules(language).select(number)] ?? forms.other ?? ""}`;
}
