/** Nothing that we read lies deeper; JSON may nest as deep as its sender likes, and a call stack is only so long. */
const DEEPEST = 100;

/**
 * A parsed JSON value as PostgreSQL can hold it: without NUL characters and lone surrogates, which JSON allows and
 * `jsonb` refuses, and without what is nested more than a hundred deep. Everything else stays as it was; the raw body is
 * kept beside it.
 */
export function toStorable(value: unknown): unknown {
  return storable(value, 0);
}

function storable(value: unknown, depth: number): unknown {
  if (typeof value === "string") return storableText(value);
  if (value === null || typeof value !== "object") return value;
  if (depth === DEEPEST) return null;
  if (Array.isArray(value)) return value.map((one) => storable(one, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [storableText(name), storable(one, depth + 1)]),
  );
}

export function storableText(text: string): string {
  return text.replaceAll("\0", "").toWellFormed();
}
