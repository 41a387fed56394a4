import type { ParseArgsOptionsConfig } from "node:util";
import type { Text } from "#domain/text.ts";
import type { Terminal } from "./terminal.ts";

export const exitCodes = { ok: 0, failed: 1, usage: 2 } as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** One thing that the program does. */
export interface Command {
  /** What stands behind the command's name: `<id>`, `[--to FILE]`. */
  readonly usage: string;
  readonly about: Text;
  /** Beside `--data`, which every command takes. */
  readonly options?: ParseArgsOptionsConfig;
  /** How many words without dashes it wants. */
  readonly words?: number;
  /** Gives how it ended; what it throws is told in one line and ends with 1. */
  run(call: Call): Promise<ExitCode>;
}

/** A command line, read. */
export interface Call {
  readonly terminal: Terminal;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly flags: Readonly<Record<string, string | boolean | undefined>>;
  readonly words: readonly string[];
}

/** A flag's text, when it was given. */
export function textOf({ flags }: Call, name: string): string | undefined {
  const value = flags[name];
  return typeof value === "string" ? value : undefined;
}

/** The command line was wrong: one line says how, and the program ends with 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  readonly text: Text;

  constructor(text: Text) {
    super(text.en);
    this.text = text;
  }
}

/** What was asked could not be done: one line says why and what to do, and the program ends with 1. */
export class CommandFailed extends Error {
  override readonly name = "CommandFailed";
  readonly text: Text;

  constructor(text: Text, options?: ErrorOptions) {
    super(text.en, options);
    this.text = text;
  }
}
