import { getLanguage } from "./words.js";

const formats = new Map();

function format(name, options) {
  const key = `${getLanguage()} ${name}`;
  if (!formats.has(key)) {
    const tag = getLanguage() === "ru" ? "ru-RU" : "en-GB";
    formats.set(key, new Intl.DateTimeFormat(tag, options));
  }
  return formats.get(key);
}

const isSameDay = (a, b) => new Date(a).toDateString() === new Date(b).toDateString();

/** With date, seconds and zone: what stands behind every short time. */
export const absolute = (at) =>
  format("absolute", { dateStyle: "long", timeStyle: "long" }).format(at);

export const clock = (at) => format("clock", { hour: "2-digit", minute: "2-digit" }).format(at);

const seconds = (at) =>
  format("seconds", { hour: "2-digit", minute: "2-digit", second: "2-digit" }).format(at);

const day = (at) => format("day", { weekday: "short", day: "numeric", month: "short" }).format(at);

/** Today the time alone, else with its day. */
export const moment = (at) => (isSameDay(at, Date.now()) ? clock(at) : `${day(at)}, ${clock(at)}`);

export const exact = (at) =>
  isSameDay(at, Date.now()) ? seconds(at) : `${day(at)}, ${seconds(at)}`;

/** `сб, 21 нояб., 10:00–11:30`. */
export function span(from, to) {
  if (to === null) return `${day(from)}, ${clock(from)}`;
  const end = isSameDay(from, to) ? `–${clock(to)}` : ` – ${day(to)}, ${clock(to)}`;
  return `${day(from)}, ${clock(from)}${end}`;
}

/** `3 мин.`; from a second up. */
export function age(ms) {
  const [value, unit] =
    ms < 60_000
      ? [Math.max(1, Math.round(ms / 1000)), "second"]
      : ms < 3_600_000
        ? [Math.round(ms / 60_000), "minute"]
        : [Math.round(ms / 3_600_000), "hour"];
  return new Intl.NumberFormat(getLanguage(), {
    style: "unit",
    unit,
    unitDisplay: "short",
  }).format(value);
}

export function took(ms) {
  const style = { style: "unit", unitDisplay: "short", maximumFractionDigits: 1 };
  return ms < 1000
    ? new Intl.NumberFormat(getLanguage(), { ...style, unit: "millisecond" }).format(Math.round(ms))
    : new Intl.NumberFormat(getLanguage(), { ...style, unit: "second" }).format(ms / 1000);
}

/** `482 913`: easier to read out and to type. */
export function grouped(digits) {
  const size = digits.length % 3 === 0 || digits.length > 8 ? 3 : Math.ceil(digits.length / 2);
  return digits.match(new RegExp(`.{1,${size}}`, "g"))?.join(" ") ?? digits;
}
