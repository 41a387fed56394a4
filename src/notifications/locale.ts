import type { Finding } from "#domain/parameter.ts";
import type { Language } from "#domain/text.ts";
import type { FormatValues } from "./format-parameters.ts";
import { once } from "./intl.ts";

/** How one message writes dates, numbers and words. */
export interface MessageLocale {
  /** Of dates, times and numbers. */
  readonly tag: string;
  /** Of labels. */
  readonly language: Language;
  readonly timeZone: string;
  /** Absent: the zone's own short name at that moment. */
  readonly zoneLabel: string | undefined;
}

const fallbackLocale = "ru-RU";
const fallbackZone = "Europe/Moscow";
const fallbackZoneLabel = "Мск";

/** Never throws: what `Intl` doesn't know falls back to what the parameters default to. */
export function readLocale(parameters: FormatValues): MessageLocale {
  const tag = isLocale(parameters.date_locales) ? parameters.date_locales : fallbackLocale;
  const timeZone = isTimeZone(parameters.timezone) ? parameters.timezone : fallbackZone;
  const ownLabel = parameters.timezone_name?.trim() || undefined;
  return {
    tag,
    language: languageOf(tag) === "en" ? "en" : "ru",
    timeZone,
    zoneLabel: ownLabel ?? (timeZone === fallbackZone ? fallbackZoneLabel : undefined),
  };
}

/** What a check warns of: labels exist in two languages, dates in any. */
export function formatFindings(parameters: FormatValues): readonly Finding[] {
  const tag = parameters.date_locales;
  if (isLocale(tag) && ["ru", "en"].includes(languageOf(tag))) return [];
  return [
    {
      kind: "warning",
      parameter: "date_locales",
      text: {
        ru: `Подписи есть на русском и английском. Для <${tag}> они будут на русском: укажите ru-RU или en-US.`,
        en: `Labels exist in Russian and English. For <${tag}> they will be Russian: use ru-RU or en-US.`,
      },
    },
  ];
}

function languageOf(tag: string): string {
  return new Intl.Locale(tag).language;
}

function isLocale(tag: string): boolean {
  return isKnown(() => Intl.DateTimeFormat.supportedLocalesOf(tag).length > 0);
}

const isTimeZone = once((name: string) =>
  isKnown(() => new Intl.DateTimeFormat("en-US", { timeZone: name }).format(0) !== ""),
);

/** `Intl` answers a malformed name with a `RangeError`. */
function isKnown(ask: () => boolean): boolean {
  try {
    return ask();
  } catch {
    return false;
  }
}
