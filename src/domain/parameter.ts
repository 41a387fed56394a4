import type { Text } from "./text.ts";

/** One parameter of a hook's URL, as a provider's manifest or a feature declares it. */
export interface Parameter {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly kind: ParameterKind;
  readonly meaning: Text;
  readonly isRequired?: boolean;
  /** Encrypted at rest, shown masked. */
  readonly isSecret?: boolean;
  /** As it would stand in a URL. */
  readonly default?: string;
  /** Bounds of an integer, or of the number of characters of anything else. */
  readonly min?: number;
  readonly max?: number;
  readonly options?: readonly string[];
}

/** `host` is a host name with an optional scheme; `locale`, `timezone` are checked against `Intl`. */
export type ParameterKind =
  | "text"
  | "integer"
  | "boolean"
  | "email"
  | "phone"
  | "digits"
  | "host"
  | "timezone"
  | "locale";

type ValueOf<P extends Parameter> = P["kind"] extends "integer"
  ? number
  : P["kind"] extends "boolean"
    ? boolean
    : string;

type Always<P extends Parameter> = P extends { isRequired: true } | { default: string } ? P : never;

/**
 * Values of declared parameters after parsing: trimmed keys, aliases resolved, defaults filled in. A required one that
 * is missing or unusable is reported as a finding, and the reading is then not used.
 */
export type ParameterValues<Ps extends readonly Parameter[]> = {
  readonly [P in Always<Ps[number]> as P["name"]]: ValueOf<P>;
} & {
  readonly [P in Exclude<Ps[number], Always<Ps[number]>> as P["name"]]?: ValueOf<P>;
};

/** What a check or a reading of parameters found. `wrong` and `error` fail a hook; `warning` does not. */
export interface Finding {
  /** `wrong`: a value is unusable. `error`: the vendor refused or did not answer. `warning`: works, but would bite later. */
  readonly kind: "wrong" | "error" | "warning";
  readonly parameter?: string;
  readonly text: Text;
}

/** Result of a live check at the vendor: it changes nothing and sends nothing. */
export interface CheckReport {
  readonly findings: readonly Finding[];
  /** What the vendor told about what the parameters name: bot, lock, profile, instance, channel. */
  readonly facts: readonly { readonly label: Text; readonly value: string }[];
}
