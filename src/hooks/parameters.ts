import type { Finding, Parameter } from "#domain/parameter.ts";
import { storableText } from "#domain/storable.ts";
import type { Text } from "#domain/text.ts";
import { readValue, type Value } from "./parameter-value.ts";

/** One `name=value` of a query, as it stood there after decoding. */
export interface QueryItem {
  readonly name: string;
  readonly value: string;
}

/** The parameters of one hook after reading: what a check shows and a provider is handed. */
export interface ReadParameters {
  readonly values: Readonly<Record<string, Value>>;
  readonly shown: readonly ShownParameter[];
  readonly findings: readonly Finding[];
}

export interface ShownParameter {
  readonly parameter: Parameter;
  /** Absent when it was not given and has no default. Secrets are masked. */
  readonly value: string | undefined;
  readonly isDefault: boolean;
}

/** Reads a query by the declared parameters: aliases, defaults, ranges. Every fault is named, all at once. Pure. */
export function readParameters(
  parameters: readonly Parameter[],
  query: readonly QueryItem[],
): ReadParameters {
  const given = collect(parameters, query);
  const values: Record<string, Value> = {};
  const findings: Finding[] = [...given.findings];
  const shown: ShownParameter[] = [];
  for (const parameter of parameters) {
    const text = given.values.get(parameter.name) || undefined;
    const read = readOne(parameter, text);
    if (read.finding) findings.push(read.finding);
    if (read.value !== undefined) values[parameter.name] = read.value;
    shown.push({ parameter, value: show(parameter, text), isDefault: text === undefined });
  }
  return { values, shown, findings };
}

/** The same parameters give the same text, in whatever order and under whatever alias they were written. */
export function canonicalQuery(
  parameters: readonly Parameter[],
  query: readonly QueryItem[],
): readonly QueryItem[] {
  const { values } = collect(parameters, query);
  return [...values]
    .filter(([, value]) => value !== "")
    .map(([name, value]) => ({ name, value }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

interface Collected {
  readonly values: ReadonlyMap<string, string>;
  readonly findings: readonly Finding[];
}

function collect(parameters: readonly Parameter[], query: readonly QueryItem[]): Collected {
  const names = new Map(
    parameters.flatMap((one) => [one.name, ...(one.aliases ?? [])].map((name) => [name, one.name])),
  );
  const values = new Map<string, string>();
  const findings: Finding[] = [];
  for (const item of query) {
    const written = storableText(item.name).trim();
    const name = names.get(written);
    if (name === undefined)
      findings.push({ kind: "warning", parameter: written, text: unknown(written) });
    else if (values.has(name))
      findings.push({ kind: "warning", parameter: name, text: repeated(name) });
    else values.set(name, storableText(item.value));
  }
  return { values, findings };
}

function readOne(
  parameter: Parameter,
  text: string | undefined,
): { readonly value?: Value; readonly finding?: Finding } {
  const used = text ?? parameter.default;
  if (used === undefined)
    return parameter.isRequired
      ? { finding: { kind: "wrong", parameter: parameter.name, text: missing(parameter.name) } }
      : {};
  const read = readValue(parameter, used);
  return "fault" in read
    ? { finding: { kind: "wrong", parameter: parameter.name, text: read.fault } }
    : { value: read.value };
}

function show(parameter: Parameter, text: string | undefined): string | undefined {
  if (text === undefined) return parameter.default;
  return parameter.isSecret ? mask(text) : text;
}

/** Keeps nothing of a short secret, and of a long one just what tells two apart. */
function mask(secret: string): string {
  return secret.length < 12 ? "•••••" : `•••••${secret.slice(-2)}`;
}

const missing = (name: string): Text => ({
  en: `Parameter <${name}> is required and is missing.`,
  ru: `Не указан обязательный параметр <${name}>.`,
});

const unknown = (name: string): Text => ({
  en: `Parameter <${name}> is unknown and is not used.`,
  ru: `Параметр <${name}> неизвестен и не используется.`,
});

const repeated = (name: string): Text => ({
  en: `Parameter <${name}> is given more than once; the first value is used.`,
  ru: `Параметр <${name}> указан несколько раз, использовано первое значение.`,
});
