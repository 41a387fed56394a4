import { parse, stringify, LosslessNumber } from "lossless-json";
import { makeSecretFinder, mark } from "./secret-pattern.ts";

/** The same text with every secret in it replaced by `***`. */
export type Mask = (text: string) => string;

/** How names of fields end whose value is a secret whatever it is. */
const secretNames =
  "token|tokenInstance|password|passwd|secret|pwds?|passcode|authorization|api[_-]?key|access[_-]?key|" +
  "secret[_-]?key|private[_-]?key|aes[_-]?key[_-]?str|lock[_-]?key|lock[_-]?data|cookie";

const secretName = new RegExp(`(?:${secretNames})$`, "i");

/**
 * Fields that hold what is told to guests, theirs and others': vendors rewrite it, so that it is not found by its text.
 * The same names hold the vendor's own words about a failure, which are needed: those are short and of one line.
 */
const messageNames = "text|message|textMessage|caption|body";
const messageName = new RegExp(`^(?:${messageNames})$`, "i");
const LONGEST_WORDS = 300;

const isMessage = (text: string): boolean => text.length > LONGEST_WORDS || /[\r\n]/.test(text);

/** Larger texts are masked as text: taking them apart would cost more than it shows. */
const structureLimit = 262_144;

/** JSON keeps its shape and its digits; what is not JSON is masked as text. */
export function makeMask(secrets: readonly string[]): Mask {
  const find = makeSecretFinder(secrets);
  const hide: Mask = (text) => {
    const pattern = find(text);
    return maskFields(pattern ? text.replace(pattern, mark) : text);
  };
  return (text) => {
    const parsed = text.length <= structureLimit ? parseJson(text) : undefined;
    return parsed === undefined ? hide(text) : (stringify(maskValue(parsed, hide)) ?? mark);
  };
}

/** Only objects and lists: a lone word or number is text. */
function parseJson(text: string): object | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    const parsed = parse(text);
    return typeof parsed === "object" && parsed !== null ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function maskValue(value: unknown, hide: Mask): unknown {
  if (typeof value === "string") return hide(value);
  if (value instanceof LosslessNumber) return maskNumber(value, hide);
  if (Array.isArray(value)) return value.map((item) => maskValue(item, hide));
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value).map(([name, held]) => [
    hide(name),
    isSecretField(name, held) ? mark : maskValue(held, hide),
  ]);
  return Object.fromEntries(fields);
}

function isSecretField(name: string, held: unknown): boolean {
  if (secretName.test(name.trim())) return held !== null && held !== "";
  return messageName.test(name) && typeof held === "string" && isMessage(held);
}

function maskNumber(number: LosslessNumber, hide: Mask): unknown {
  return hide(number.value) === number.value ? number : mark;
}

/**
 * `name=value` of queries and forms, `name: value` of headers, `"name":"value"` of JSON that did not parse or stands
 * inside another text. A quoted value ends at a quote that is as deeply escaped as the first, a bare one at `&` or a blank.
 */
const secretField = new RegExp(
  `((?:${secretNames})(?:\\\\*["']|%22)?\\s*(?:=|:|%3A|%3D)\\s*)` +
    `(?:(\\\\*")[^]*?(?:(?<!\\\\)\\2|$)|(?:Bearer|Basic)\\s+[^\\s"<>&]+|[^\\s&"<>]+)`,
  "gi",
);

/** The same in JSON that did not parse or stands inside another text, however deeply its quotes are escaped. */
const messageField = new RegExp(
  String.raw`("(?:${messageNames})(\\*)"\s*:\s*\2")([^]*?)((?<!\\)\2"|$)`,
  "gi",
);

function maskMessages(text: string): string {
  return text.replace(messageField, (...found: string[]) => {
    const [all = "", before = "", , held = "", after = ""] = found;
    return isMessage(held) || /\\[rn]/.test(held) ? before + mark + after : all;
  });
}

function maskFields(given: string): string {
  const text = maskMessages(given);
  return text.replace(/(:\/\/)[^/?#\s"'@]*@/g, `$1${mark}@`).replace(secretField, `$1$2${mark}$2`);
}
