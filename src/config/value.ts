import { isIP } from "node:net";
import ipaddr from "ipaddr.js";
import { isSupportedCountry } from "libphonenumber-js";
import type { Text } from "#domain/text.ts";
import { parseKeyRing, type KeyRing } from "#platform/secrets/key-ring.ts";

/** How one variable is read. `undefined` from `parse`: the text is unusable, and `wanted` says what to write. */
export interface Kind<Value> {
  readonly parse: (text: string) => Value | undefined;
  readonly wanted: Text;
}

export const anyText: Kind<string> = {
  parse: (text) => text,
  wanted: { en: "Any text will do.", ru: "Подойдёт любой текст." },
};

export const integer = (min: number, max: number): Kind<number> => ({
  parse: (text) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    return value >= min && value <= max ? value : undefined;
  },
  wanted: {
    en: `Write a whole number from ${min} to ${max}.`,
    ru: `Нужно целое число от ${min} до ${max}.`,
  },
});

export const flag: Kind<boolean> = {
  parse: (text) =>
    /^(1|true|yes)$/i.test(text) ? true : /^(0|false|no)$/i.test(text) ? false : undefined,
  wanted: { en: "Write 1 or 0.", ru: "Нужно 1 или 0." },
};

export const country: Kind<string> = {
  parse: (text) => (isSupportedCountry(text.toUpperCase()) ? text.toUpperCase() : undefined),
  wanted: {
    en: "Write a country's two letters, such as RU or KZ.",
    ru: "Нужны две буквы страны, например RU или KZ.",
  },
};

export const oneOf = <const Value extends string>(...values: readonly Value[]): Kind<Value> => ({
  parse: (text) => values.find((value) => value === text.toLowerCase()),
  wanted: { en: `Write one of: ${values.join(", ")}.`, ru: `Нужно одно из: ${values.join(", ")}.` },
});

export const list = <Value>(kind: Kind<Value>): Kind<readonly Value[]> => ({
  parse: (text) => {
    const items = text.split(",").map((item) => item.trim());
    const values = items.filter((item) => item !== "").map((item) => kind.parse(item));
    return values.every((value) => value !== undefined) ? values : undefined;
  },
  wanted: {
    en: `${kind.wanted.en} Several are separated by commas.`,
    ru: `${kind.wanted.ru} Несколько значений разделяются запятыми.`,
  },
});

const units = { ms: 1, s: 1_000, m: 60_000, min: 60_000, h: 3_600_000, d: 86_400_000 };
const longestMs = 30 * units.d;

/** In milliseconds; a unit is required, since a bare number could be either seconds or milliseconds. */
export const duration: Kind<number> = {
  parse: (text) => {
    const found = /^(\d{1,9}(?:\.\d{1,3})?)\s*(ms|s|m|min|h|d)$/.exec(text);
    const value = Math.round(Number(found?.[1]) * units[found?.[2] as keyof typeof units]);
    return value > 0 && value <= longestMs ? value : undefined;
  },
  wanted: {
    en: "Write a duration such as 500ms, 5s, 2min or 1h, at most 30d.",
    ru: "Нужна длительность, например 500ms, 5s, 2min или 1h, не больше 30d.",
  },
};

const kilo = 1_024;
const sizes = { b: 1, kb: kilo, mb: kilo * kilo };
const largestMb = 64;

/** In bytes; a kilobyte is 1024 of them. */
export const size: Kind<number> = {
  parse: (text) => {
    const found = /^(\d{1,9})\s*(b|kb|mb)?$/.exec(text.toLowerCase());
    const value = Number(found?.[1]) * sizes[(found?.[2] ?? "b") as keyof typeof sizes];
    return value >= kilo && value <= largestMb * sizes.mb ? value : undefined;
  },
  wanted: {
    en: `Write a size such as 512KB or 1MB, from 1KB to ${largestMb}MB.`,
    ru: `Нужен размер, например 512KB или 1MB, от 1KB до ${largestMb}MB.`,
  },
};

/** An address of one of these schemes, as it was written. */
export const urlOf = (...schemes: readonly string[]): Kind<string> => ({
  parse: (text) => {
    const scheme = URL.canParse(text) ? new URL(text).protocol.slice(0, -1) : "";
    return schemes.includes(scheme) ? text : undefined;
  },
  wanted: {
    en: `Write a URL that begins with ${schemes.map((scheme) => `${scheme}:`).join(" or ")}`,
    ru: `Нужен URL, который начинается с ${schemes.map((scheme) => `${scheme}:`).join(" или ")}`,
  },
});

/** A base that paths are appended to: no query, no trailing slash. */
export const baseUrl: Kind<string> = {
  parse: (text) => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    const isBase = url && /^https?:$/.test(url.protocol) && !/[?#]/.test(text);
    return isBase ? text.replace(/\/+$/, "") : undefined;
  },
  wanted: {
    en: "Write a URL such as https://example.com, without a query.",
    ru: "Нужен URL вида https://example.com, без параметров.",
  },
};

/** `a@b`, or `Name <a@b>`. */
export const email: Kind<string> = {
  parse: (text) => (/^([^<>]*<)?[^\s<>@]+@[^\s<>@]+>?$/.test(text) ? text : undefined),
  wanted: { en: "Write an e-mail address.", ru: "Нужен адрес электронной почты." },
};

export const proxy: Kind<string> = {
  parse: (text) => {
    const isNamed = ["loopback", "linklocal", "uniquelocal"].includes(text);
    return isNamed || isIP(text) !== 0 || ipaddr.isValidCIDR(text) ? text : undefined;
  },
  wanted: {
    en: "Write an IP address, a network such as 10.0.0.0/8, or loopback.",
    ru: "Нужен IP-адрес, сеть вида 10.0.0.0/8 или loopback.",
  },
};

export const keyRing: Kind<KeyRing> = {
  parse: parseKeyRing,
  wanted: {
    en: "Write 32 bytes in base64, such as `openssl rand -base64 32` prints; older keys follow after a comma.",
    ru: "Нужны 32 байта в base64, например из `openssl rand -base64 32`; прежние ключи — следом через запятую.",
  },
};
