import { createHash } from "node:crypto";

export const mark = "***";

/** What finds each secret that stands in a text, in the spellings in which it travels; nothing where none stands. */
export type FindSecrets = (text: string) => RegExp | undefined;

/**
 * Compiling one pattern of every spelling costs more than sending the message that it guards: spellings are looked for
 * one by one, the longer ones only in texts that could hold them, and a pattern is made of those that are there.
 */
export function makeSecretFinder(secrets: readonly string[]): FindSecrets {
  const spellings = [...new Set(secrets)].filter((secret) => secret !== "").map(spellingOf);
  return (text) => {
    const found = new Set<string>();
    const upper = text.toUpperCase();
    for (const spelling of spellings) collect(spelling, { upper, found, deeper: DEEPEST });
    if (found.size === 0) return undefined;
    const longestFirst = [...found].sort((one, other) => other.length - one.length);
    return new RegExp(longestFirst.map(escape).join("|"), "gi");
  };
}

/** Twice over, since JSON travels inside forms and URLs inside JSON. */
const DEEPEST = 2;

/** One way to write a secret. What it becomes when it is encoded once more is worked out when it is needed. */
interface Spelling {
  readonly text: string;
  readonly upper: string;
  encoded?: readonly Spelling[];
  hashed?: Spelling;
}

interface Search {
  /** In capitals, as the pattern passes over the difference: this maps each character by itself. */
  readonly upper: string;
  readonly found: Set<string>;
  readonly deeper: number;
}

function collect(spelling: Spelling, search: Search): void {
  const { upper, found, deeper } = search;
  if (upper.includes(spelling.upper)) found.add(spelling.text);
  for (const one of encodedOf(spelling, search)) collect(one, { ...search, deeper: deeper - 1 });
}

/** Those that the text has room for. No encoding but the hash makes a text shorter. */
function encodedOf(spelling: Spelling, { upper, deeper }: Search): readonly Spelling[] {
  if (deeper === 0) return [];
  const hasRoom = upper.length >= spelling.text.length;
  const hasRoomForHash = upper.length >= HASH_LENGTH;
  const isWorth = hasRoom || (hasRoomForHash && deeper > 1);
  const encoded = isWorth ? (spelling.encoded ??= encode(spelling.text)) : [];
  if (!hasRoomForHash) return encoded;
  spelling.hashed ??= toSpelling(hash(spelling.text));
  return [...encoded, spelling.hashed];
}

/** Tokens and addresses come again with the next message; texts do not. */
const known = new Map<string, Spelling>();
const MOST_KNOWN = 100;
const LONGEST_KNOWN = 64;

function spellingOf(secret: string): Spelling {
  const spelling = known.get(secret) ?? toSpelling(secret);
  if (secret.length > LONGEST_KNOWN || known.has(secret)) return spelling;
  const oldest = known.keys().next().value;
  if (known.size >= MOST_KNOWN && oldest !== undefined) known.delete(oldest);
  known.set(secret, spelling);
  return spelling;
}

function toSpelling(text: string): Spelling {
  return { text, upper: text.toUpperCase() };
}

function encode(text: string): readonly Spelling[] {
  const others = new Set(encodings.map((encoding) => encoding(text)));
  others.delete(text);
  others.delete("");
  return [...others].map(toSpelling);
}

/** The TTLock API takes passwords so. */
function hash(text: string): string {
  return createHash("md5").update(text).digest("hex");
}

const HASH_LENGTH = 32;

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
