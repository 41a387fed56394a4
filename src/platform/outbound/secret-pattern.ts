import { createHash } from "node:crypto";

export const mark = "***";

/** Finds each secret in the spellings in which it travels; nothing when there is nothing to look for. */
export function makeSecretPattern(secrets: readonly string[]): RegExp | undefined {
  const spellings = new Set(secrets.filter((secret) => secret !== "").flatMap(spellingsOf));
  if (spellings.size === 0) return undefined;
  const longestFirst = [...spellings].sort((one, other) => other.length - one.length);
  return new RegExp(longestFirst.map(escape).join("|"), "gi");
}

/** Twice over, since JSON travels inside forms and URLs inside JSON. MD5: the TTLock API takes passwords so. */
function spellingsOf(secret: string): readonly string[] {
  const once = [secret, ...encodings.map((encode) => encode(secret))];
  const twice = once.flatMap((spelling) => encodings.map((encode) => encode(spelling)));
  return [...once, ...twice].filter((spelling) => spelling !== "");
}

const encodings: readonly ((text: string) => string)[] = [
  (text) => encodeURIComponent(text.toWellFormed()),
  (text) => encodeURIComponent(text.toWellFormed()).replace(/[!'()*]/g, toPercent),
  (text) => new URLSearchParams([["", text]]).toString().slice(1),
  (text) => JSON.stringify(text).slice(1, -1),
  (text) => JSON.stringify(text).slice(1, -1).replaceAll("/", "\\/"),
  (text) =>
    JSON.stringify(text)
      .slice(1, -1)
      .replace(/[^\0-\x7F]/g, toUnicodeEscape),
  (text) => Buffer.from(text).toString("base64").replace(/=+$/, ""),
  (text) => Buffer.from(text).toString("base64url"),
  (text) => createHash("md5").update(text).digest("hex"),
];

function escape(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}

function toPercent(character: string): string {
  return `%${character.charCodeAt(0).toString(16)}`;
}

function toUnicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
