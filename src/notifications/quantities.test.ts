import { describe, expect, test } from "vitest";
import { formatValues } from "../../test/support/a-booking.ts";
import { formatFindings, type MessageLocale, readLocale } from "./locale.ts";
import { formatAmount, formatDuration, formatInstant, formatPrice } from "./quantities.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const ru = readLocale(formatValues());
const en = readLocale(formatValues({ date_locales: "en-US" }));
const inZone = (timezone: string, timezone_name?: string): MessageLocale =>
  readLocale(formatValues({ timezone, ...(timezone_name === undefined ? {} : { timezone_name }) }));

const from = Date.UTC(2026, 0, 15, 9);
const lasting = (ms: number, locale = ru) =>
  formatDuration({ startsAt: from, endsAt: from + ms }, locale);

describe("durations", () => {
  test.each([
    [30 * minute, "30 мин.", "30 min"],
    [hour, "1 час", "1 hour"],
    [1.5 * hour, "1 час 30 мин.", "1 hour 30 min"],
    [2 * hour, "2 часа", "2 hours"],
    [5 * hour, "5 часов", "5 hours"],
    [21 * hour, "21 час", "21 hours"],
    [day, "1 день", "1 day"],
    [2 * day + 3 * hour, "2 дня 3 часа", "2 days 3 hours"],
    [5 * day + minute, "5 дней 1 мин.", "5 days 1 min"],
    [21 * day, "21 день", "21 days"],
  ])("%i ms is %s, %s", (ms, russian, english) => {
    expect(lasting(ms)).toBe(russian);
    expect(lasting(ms, en)).toBe(english);
  });

  test.each([0, -hour, 59_000])("%i ms is nothing to tell", (ms) => {
    expect(lasting(ms)).toBeUndefined();
  });

  test("noon to noon is a day when clocks change in between, and an hour stays an hour", () => {
    const berlin = inZone("Europe/Berlin");
    const noon = Date.UTC(2026, 2, 28, 11);
    const shortDay = { startsAt: noon, endsAt: noon + 23 * hour };
    expect(formatDuration(shortDay, berlin)).toBe("1 день");
    expect(formatDuration(shortDay, ru)).toBe("23 часа");
    const change = Date.UTC(2026, 2, 29, 0, 30);
    expect(formatDuration({ startsAt: change, endsAt: change + hour }, berlin)).toBe("1 час");
  });
});

describe("instants", () => {
  test.each([
    ["Europe/Moscow", undefined, "15.01.2026 12:00 (Мск)"],
    ["Europe/Moscow", "MSK", "15.01.2026 12:00 (MSK)"],
    ["Asia/Vladivostok", undefined, "15.01.2026 19:00 (GMT+10)"],
    ["Asia/Kathmandu", undefined, "15.01.2026 14:45 (GMT+5:45)"],
    ["UTC", "", "15.01.2026 09:00 (UTC)"],
  ])("%s labelled %j", (timezone, label, expected) => {
    expect(formatInstant(from, inZone(timezone, label))).toBe(expected);
  });

  test("a zone's own name follows its summer time", () => {
    const newYork = readLocale(
      formatValues({ timezone: "America/New_York", date_locales: "en-US" }),
    );
    expect(formatInstant(from, newYork)).toBe("01/15/2026 04:00 AM (EST)");
    expect(formatInstant(Date.UTC(2026, 6, 15, 9), newYork)).toBe("07/15/2026 05:00 AM (EDT)");
  });

  test("every zone of the database can be written", () => {
    const written = Intl.supportedValuesOf("timeZone").map((zone) =>
      formatInstant(from, inZone(zone)),
    );
    const shape = /^1[456]\.01\.2026 \d\d:\d\d \(.+\)$/u;
    expect(written.filter((text) => !shape.test(text))).toEqual([]);
  });
});

describe("locales", () => {
  test("what nobody knows falls back to the defaults", () => {
    const locale = readLocale(
      formatValues({ date_locales: "not_a_locale", timezone: "Mars/Base" }),
    );
    expect(locale).toEqual({
      tag: "ru-RU",
      language: "ru",
      timeZone: "Europe/Moscow",
      zoneLabel: "Мск",
    });
  });

  test("another language writes its dates, with Russian labels and a warning", () => {
    const parameters = formatValues({ date_locales: "de-DE" });
    expect(readLocale(parameters)).toMatchObject({ tag: "de-DE", language: "ru" });
    expect(formatFindings(parameters)).toMatchObject([
      { kind: "warning", parameter: "date_locales" },
    ]);
    expect(formatFindings(formatValues({ date_locales: "en-GB" }))).toEqual([]);
    expect(formatFindings(formatValues())).toEqual([]);
  });
});

describe("prices and amounts", () => {
  test.each([
    [950, "RUB", "950 ₽", "RUB 950"],
    [1234.5, "RUB", "1 234,50 ₽", "RUB 1,234.50"],
    [20, "USD", "20 $", "$20"],
    [20, undefined, "20", "20"],
    [20, "баллов", "20 баллов", "20 баллов"],
  ])("%d %s", (amount, currency, ...expected) => {
    expect([ru, en].map((locale) => formatPrice({ amount, currency }, locale))).toEqual(expected);
  });

  test("a unit is named where its code is known", () => {
    expect(formatAmount(1.5, 356, ru)).toBe("1,5 ч");
    expect(formatAmount(2, 796, en)).toBe("2 pc.");
    expect(formatAmount(2, 1, ru)).toBe("2");
    expect(formatAmount(2, undefined, ru)).toBe("2");
  });
});
