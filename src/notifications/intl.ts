/** How many of one kind are kept; a server has few languages, zones and currencies. */
const MOST_KEPT = 200;

/** A number's format, made once: making one takes far longer than what it then does. */
export const numberFormat = once(
  (tag: string, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(tag, options),
);

export const dateFormat = once(
  (tag: string, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(tag, options),
);

export const pluralRules = once((tag: string) => new Intl.PluralRules(tag));

/** Keeps what `make` gave for its arguments, which are plain data. What throws is not kept. */
export function once<Arguments extends readonly unknown[], Made>(
  make: (...given: Arguments) => Made,
): (...given: Arguments) => Made {
  const kept = new Map<string, Made>();
  return (...given) => {
    const key = JSON.stringify(given);
    const known = kept.get(key);
    if (known !== undefined) return known;
    if (kept.size >= MOST_KEPT) kept.clear();
    const made = make(...given);
    kept.set(key, made);
    return made;
  };
}
