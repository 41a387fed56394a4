import { parsePhoneNumberFromString } from "libphonenumber-js";
import { z } from "zod";
import type { Parameter, ParameterKind } from "#domain/parameter.ts";
import type { Text } from "#domain/text.ts";

export type Value = string | number | boolean;

export type ReadValue = { readonly value: Value } | { readonly fault: Text };

/** Reads one value as its kind says. A fault names the value where it is no secret, and what would be right. Pure. */
export function readValue(parameter: Parameter, text: string): ReadValue {
  if (parameter.options && !parameter.options.includes(text))
    return oneOf(parameter, text, parameter.options);
  return readers[parameter.kind](parameter, text);
}

type Reader = (parameter: Parameter, text: string) => ReadValue;

const readText: Reader = (parameter, text) => {
  const { min = 0, max = 20_000 } = parameter;
  if (text.length >= min && text.length <= max) return { value: text };
  return wrong(parameter, text, {
    en: `must have ${min} to ${max} characters`,
    ru: `должно быть от ${min} до ${max} символов`,
  });
};

const readInteger: Reader = (parameter, text) => {
  const { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = parameter;
  const value = Number(text.trim());
  if (/^[+-]?\d{1,15}$/.test(text.trim()) && value >= min && value <= max) return { value };
  return wrong(parameter, text, {
    en: `must be a whole number from ${min} to ${max}`,
    ru: `нужно целое число от ${min} до ${max}`,
  });
};

const readBoolean: Reader = (parameter, text) => {
  const word = text.trim().toLowerCase();
  if (word === "true" || word === "false") return { value: word === "true" };
  return oneOf(parameter, text, ["true", "false"]);
};

const readEmail: Reader = (parameter, text) =>
  z.email().safeParse(text.trim()).success
    ? { value: text.trim() }
    : wrong(parameter, text, {
        en: "must be an e-mail address",
        ru: "нужен адрес электронной почты",
      });

const readPhone: Reader = (parameter, text) => {
  const phone =
    parsePhoneNumberFromString(text.trim(), "RU") ?? parsePhoneNumberFromString(`+${text.trim()}`);
  const full = phone?.isValid()
    ? phone
    : parsePhoneNumberFromString(`+${text.replaceAll(/\D/g, "")}`);
  if (full?.isValid()) return { value: full.number };
  return wrong(parameter, text, {
    en: "must be a telephone number with its country code, for example 79001234567",
    ru: "нужен номер телефона с кодом страны, например 79001234567",
  });
};

const readDigits: Reader = (parameter, text) =>
  /^\d+$/.test(text.trim())
    ? readText(parameter, text.trim())
    : wrong(parameter, text, { en: "must consist of digits", ru: "допустимы только цифры" });

const readHost: Reader = (parameter, text) => {
  const host = text
    .trim()
    .replace(/^https:\/\//i, "")
    .replace(/\/+$/, "");
  if (/^[a-z0-9.-]+(:\d{1,5})?$/i.test(host) && URL.canParse(`https://${host}`))
    return { value: host };
  return wrong(parameter, text, {
    en: "must be a host name such as 1103.api.green-api.com",
    ru: "нужно имя хоста, например 1103.api.green-api.com",
  });
};

const readTimezone: Reader = (parameter, text) => {
  try {
    return {
      value:
        new Intl.DateTimeFormat("en", { timeZone: text.trim() }).resolvedOptions().timeZone &&
        text.trim(),
    };
  } catch {
    return wrong(parameter, text, {
      en: "must be the name of a time zone such as Europe/Moscow",
      ru: "нужно имя часового пояса, например Europe/Moscow",
    });
  }
};

const readLocale: Reader = (parameter, text) => {
  try {
    return { value: Intl.getCanonicalLocales(text.trim())[0] ?? text.trim() };
  } catch {
    return oneOf(parameter, text, ["ru-RU", "en-US"]);
  }
};

const readers: Record<ParameterKind, Reader> = {
  text: readText,
  integer: readInteger,
  boolean: readBoolean,
  email: readEmail,
  phone: readPhone,
  digits: readDigits,
  host: readHost,
  timezone: readTimezone,
  locale: readLocale,
};

function oneOf(parameter: Parameter, text: string, options: readonly string[]): ReadValue {
  return wrong(parameter, text, {
    en: `must be one of: ${options.join(", ")}`,
    ru: `допустимые значения: ${options.join(", ")}`,
  });
}

/** The longest part of a value that a sentence repeats. */
const SHOWN_LENGTH = 80;

function wrong(parameter: Parameter, text: string, rule: Text): ReadValue {
  const shown = parameter.isSecret ? "" : ` <${text.slice(0, SHOWN_LENGTH)}>`;
  return {
    fault: {
      en: `Value${shown} of parameter <${parameter.name}> ${rule.en}.`,
      ru: `Параметр <${parameter.name}>, значение${shown}: ${rule.ru}.`,
    },
  };
}
