export type Random = () => number;

export function pick<Value>(random: Random, values: readonly Value[]): Value {
  return values[Math.floor(random() * values.length)] as Value;
}

/** Values that nobody sends on purpose. */
const STRANGE: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  2 ** 53 + 2,
  "",
  " ",
  "0",
  "1e309",
  "NaN",
  "nul\0nul",
  "\ud800lone",
  "lone\udfff",
  "😀".repeat(200),
  "x".repeat(5_000),
  "ﷺ\u202e\u0000",
  "2026-13-45T99:99:99Z",
  "+275760-09-13T00:00:00Z",
  "-271821-04-20T00:00:00Z",
  "0001-01-01T00:00:00",
  [],
  {},
  [[[[]]]],
  [null, "1", 1, {}],
  { __proto__: null, constructor: 1, toString: "x" },
];

/** Changes so many places of a JSON value; the value itself stays as it was. */
export function mutateJson(random: Random, value: unknown, times: number): unknown {
  const copy: unknown = structuredClone(value);
  const root = { value: copy };
  for (let count = 0; count < times; count += 1) mutateOnce(random, root);
  return root.value;
}

function mutateOnce(random: Random, root: { value: unknown }): void {
  let holder: Record<string, unknown> = root;
  let name = "value";
  while (random() < 0.85) {
    const inside = holder[name];
    const names = typeof inside === "object" && inside !== null ? Object.keys(inside) : [];
    if (names.length === 0) break;
    holder = inside as Record<string, unknown>;
    name = pick(random, names);
  }
  holder[name] = replaced(random, holder[name]);
}

function replaced(random: Random, value: unknown): unknown {
  const way = random();
  if (way < 0.1) return undefined;
  if (way < 0.2) return [value, value];
  if (way < 0.3) return Array.isArray(value) ? value[0] : { value };
  if (way < 0.45) return typeof value === "number" ? String(value) : Math.floor(random() * 1e6);
  if (way < 0.55 && typeof value === "string")
    return `${value}${pick(random, ["\0", "\ud83d", "'", "\n"])}`;
  return structuredClone(pick(random, STRANGE));
}

/** Text for a query, already as it goes over the wire; Latin-1 characters stand for raw bytes. */
const WIRE: readonly string[] = [
  "",
  "%00",
  "a%00b",
  "%ED%A0%80",
  "%FF%FE",
  "%C3%28",
  "%",
  "%2",
  "%zz%%%",
  "%u0041",
  "%F0%9F%98%80",
  "+",
  "%20%20",
  "a%26b%3Dc",
  "1e309",
  "-99999999999999999999",
  "0x10",
  "9".repeat(400),
  "x".repeat(6_000),
  "%27%22%3Cscript%3E",
  "..%2F..%2Fetc",
  "[]",
  "true",
  "null",
  "http://169.254.169.254/",
  "%E2%80%AE",
];

const NAMES: readonly string[] = [
  "",
  "unknown",
  "a[]",
  "__proto__",
  "constructor",
  "%00",
  "%ED%A0%80",
  "key",
  "lang",
  "deliverVia",
  "x".repeat(300),
  "%20username%20",
];

/** Spoils a query of `name=value` pieces: values, names, repeats, what is missing and what is too much. */
export function mutateQuery(random: Random, pieces: readonly string[], times: number): string {
  const spoiled = [...pieces];
  for (let count = 0; count < times; count += 1) {
    const place = Math.floor(random() * spoiled.length);
    const [name = ""] = (spoiled[place] ?? "").split("=");
    const way = random();
    if (way < 0.5) spoiled[place] = `${name}=${pick(random, WIRE)}`;
    else if (way < 0.65) spoiled.push(`${pick(random, NAMES)}=${pick(random, WIRE)}`);
    else if (way < 0.75) spoiled.push(`${name}=${pick(random, WIRE)}`);
    else if (way < 0.85) spoiled.splice(place, 1);
    else if (way < 0.95) spoiled[place] = pick(random, ["=", "&", "==", name, `=${name}`]);
    else spoiled[place] = `${name};${name}?x#y=${pick(random, WIRE)}`;
  }
  return spoiled.join("&");
}
