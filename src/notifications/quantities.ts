import { Temporal } from "temporal-polyfill";
import { measures, units } from "./words.ts";
import { dateFormat, numberFormat, pluralRules } from "./intl.ts";
import type { MessageLocale } from "./locale.ts";

/** `16.06.2024 12:00 (Мск)`. */
export function formatInstant(instant: number, locale: MessageLocale): string {
  const { tag, timeZone } = locale;
  const date = { year: "numeric", month: "2-digit", day: "2-digit", timeZone } as const;
  const time = { hour: "2-digit", minute: "2-digit", timeZone } as const;
  const written = [date, time].map((part) => dateFormat(tag, part).format(instant));
  return plainBlanks(`${written.join(" ")} (${locale.zoneLabel ?? zoneName(instant, locale)})`);
}

/** The zone's own short name on that day, `EDT` or `GMT+5`. */
function zoneName(instant: number, { tag, timeZone }: MessageLocale): string {
  const parts = dateFormat(tag, { timeZone, timeZoneName: "short" }).formatToParts(instant);
  return parts.find((part) => part.type === "timeZoneName")?.value ?? timeZone;
}

/**
 * `1 час 30 мин.`; days are counted on the zone's own calendar, so that noon to noon is a day when clocks change too.
 * `undefined` when nothing lies between.
 */
export function formatDuration(
  { startsAt, endsAt }: { readonly startsAt: number; readonly endsAt: number },
  locale: MessageLocale,
): string | undefined {
  const [start, end] = [startsAt, endsAt].map((instant) =>
    Temporal.Instant.fromEpochMilliseconds(Math.trunc(instant)).toZonedDateTimeISO(locale.timeZone),
  );
  if (!start || !end || endsAt <= startsAt) return undefined;
  const { days, hours, minutes } = start.until(end, { largestUnit: "day", smallestUnit: "minute" });
  const parts = [
    counted(days, "day", locale),
    counted(hours, "hour", locale),
    counted(minutes, "minute", locale),
  ];
  return parts.filter((part) => part !== undefined).join(" ") || undefined;
}

function counted(
  count: number,
  unit: keyof typeof units,
  { tag, language }: MessageLocale,
): string | undefined {
  if (count === 0) return undefined;
  const plurals = units[unit][language];
  const word = plurals[pluralRules(language).select(count)] ?? plurals.other;
  return `${formatNumber(count, tag)} ${word}`;
}

/** `950 ₽`, `RUB 950`; an unknown currency stands after the number as it came. */
export function formatPrice(
  price: { readonly amount: number; readonly currency: string | undefined },
  { tag }: MessageLocale,
): string {
  const { amount, currency } = price;
  if (currency === undefined) return formatNumber(amount, tag);
  if (!/^[a-z]{3}$/iu.test(currency)) return `${formatNumber(amount, tag)} ${currency}`;
  const format = numberFormat(tag, {
    style: "currency",
    currency,
    trailingZeroDisplay: "stripIfInteger",
  });
  return plainBlanks(format.format(amount));
}

/** `2 шт`. */
export function formatAmount(
  amount: number,
  unitCode: number | undefined,
  { tag, language }: MessageLocale,
): string {
  const unit = unitCode === undefined ? undefined : measures[unitCode]?.[language];
  return unit ? `${formatNumber(amount, tag)} ${unit}` : formatNumber(amount, tag);
}

function formatNumber(number: number, tag: string): string {
  return plainBlanks(numberFormat(tag, {}).format(number));
}

/** `Intl` joins with several kinds of blanks, which differ from one version to the next. */
function plainBlanks(text: string): string {
  return text.replaceAll(/[\u00A0\u202F]/gu, " ");
}
