/**
 * A parsed JSON value as PostgreSQL can hold it: without NUL characters and lone surrogates, which JSON allows and
 * `jsonb` refuses. Everything else stays as it was; the raw body is kept beside it.
 */
export function toStorable(value: unknown): unknown {
  if (typeof value === "string") return storableText(value);
  if (Array.isArray(value)) return value.map(toStorable);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [storableText(name), toStorable(one)]));
}

export function storableText(text: string): string {
  return text.replaceAll("\0", "").toWellFormed();
}
