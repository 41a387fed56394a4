import { storableText } from "#domain/storable.ts";
import { LosslessNumber } from "lossless-json";

/** Readers of a body whose shape nobody promises: what is absent, null or of another kind is `undefined`. None throws. */

/** The member at a path; a one-element list stands for its element, `StartDate` is also found as `startDate`. */
export function member(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((inside, name) => ownMember(listOf(inside)[0], name), value);
}

function ownMember(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  const spelled = [name, name.charAt(0).toLowerCase() + name.slice(1)];
  const found = spelled.find((key) => Object.hasOwn(value, key));
  return found === undefined ? undefined : (value as Record<string, unknown>)[found];
}

/** A list as it is, anything else that is there as a list of one: lists of one arrive collapsed. */
export function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === null || value === undefined ? [] : [value];
}

/** The objects among the elements. */
export function objectsOf(value: unknown): readonly unknown[] {
  return listOf(value).filter((one) => typeof one === "object" && one !== null);
}

/** Trimmed and not empty; a number as its digits, so that big ids stay whole. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (value instanceof LosslessNumber) return value.toString();
  if (typeof value !== "string") return undefined;
  return storableText(value).trim() || undefined;
}

/** A whole number that a `bigint` column and a JSON number both hold. */
export function wholeOf(value: unknown): number | undefined {
  const number = numberOf(value);
  return Number.isSafeInteger(number) ? number : undefined;
}

/** A number, also out of a text that a person could have typed: `1 200,50`, `950 ₽`. */
export function numberOf(value: unknown): number | undefined {
  const digits = textOf(value)?.replaceAll(/[^\d.,eE+-]/gu, "") ?? "";
  const decimalMark = Math.max(digits.lastIndexOf("."), digits.lastIndexOf(","));
  const isGrouped = digits.includes(".") && digits.includes(",");
  const plain = isGrouped
    ? `${digits.slice(0, decimalMark).replaceAll(/[.,]/gu, "")}.${digits.slice(decimalMark + 1)}`
    : digits.replace(",", ".");
  const number = plain === "" ? Number.NaN : Number(plain);
  return Number.isFinite(number) ? number : undefined;
}

const isoInstant = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/u;

/** Milliseconds since 1970. Without a zone it is UTC; the year 1 is the source's "never". */
export function instantOf(value: unknown): number | undefined {
  const text = textOf(value);
  const found = text === undefined ? null : isoInstant.exec(text);
  if (text === undefined || found === null || text.startsWith("0001-")) return undefined;
  const isZoned = found[1] !== undefined || !text.includes("T");
  const instant = Date.parse(isZoned ? text : `${text}Z`);
  return Number.isNaN(instant) ? undefined : instant;
}

/** A member of an enumeration: webhooks send its number, REST its name. */
export function wordOf<Word>(
  value: unknown,
  words: Readonly<Record<string, Word>>,
): Word | undefined {
  const key = textOf(value);
  return key !== undefined && Object.hasOwn(words, key) ? words[key] : undefined;
}

const lineBreaks = /<br\s*\/?>|<\/(?:p|div|li|h[1-6])>/giu;
const tags = /<\/?[a-z][^<>]*>|<!--[^<>]*-->/giu;
const entities: Readonly<Record<string, string>> = {
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  "#39": "'",
  amp: "&",
};

/** The plain text of a field that people write as HTML. */
export function plainTextOf(value: unknown): string | undefined {
  const plain = textOf(value)
    ?.replaceAll(lineBreaks, "\n")
    .replaceAll(tags, "")
    .replaceAll(
      /&(lt|gt|quot|apos|nbsp|amp|#39);/gu,
      (whole, name: string) => entities[name] ?? whole,
    )
    .replaceAll(/[\u2061-\u2064]/gu, "")
    .split("\n")
    .map((line) => line.trim())
    .join("\n")
    .replaceAll(/\n{3,}/gu, "\n\n")
    .trim();
  return plain === "" ? undefined : plain;
}
