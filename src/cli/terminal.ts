import { styleText } from "node:util";
import type { Language, Text } from "#domain/text.ts";

/** What a line says of its matter; `told` stands for a plain fact. */
export type Mark = "good" | "warning" | "bad" | "told";

/** Where a command speaks. What scripts read goes to standard output, everything else to standard error. */
export interface Terminal {
  readonly language: Language;
  in(text: Text): string;
  /** The answer itself: a line of standard output. */
  print(line: string): void;
  /** A marked line of standard output: the verdict, or one finding. */
  say(mark: Mark, text: Text): void;
  /** A marked line beside the answer, on standard error. */
  note(mark: Mark, text: Text): void;
  /** Shows what is being done when it takes more than a second. */
  during<Result>(doing: Text, work: () => Promise<Result>): Promise<Result>;
}

export interface Stream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

export interface TerminalOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly out: Stream;
  readonly err: Stream;
}

const marks = {
  good: { sign: "✓", colour: "green" },
  warning: { sign: "!", colour: "yellow" },
  bad: { sign: "✗", colour: "red" },
  told: { sign: "·", colour: "blue" },
} as const;

const quietMs = 1_000;

export function makeTerminal({ environment, out, err }: TerminalOptions): Terminal {
  const language = languageOf(environment);
  const line = (to: Stream, mark: Mark, text: Text): void => {
    const { sign, colour } = marks[mark];
    const shown = isColoured(to, environment)
      ? styleText(colour, sign, { validateStream: false })
      : sign;
    to.write(`${shown} ${text[language].replaceAll("\n", "\n  ")}\n`);
  };
  return {
    language,
    in: (text) => text[language],
    print: (text) => void out.write(`${text}\n`),
    say: (mark, text) => line(out, mark, text),
    note: (mark, text) => line(err, mark, text),
    during: (doing, work) => during(err, doing[language], work),
  };
}

/** `LC_ALL` wins over `LC_MESSAGES` and `LANG`, as in every program; whatever is not Russian is English. */
export function languageOf(environment: TerminalOptions["environment"]): Language {
  const locale = environment["LC_ALL"] || environment["LC_MESSAGES"] || environment["LANG"] || "";
  return /^ru\b|^ru_/i.test(locale) ? "ru" : "en";
}

/** https://no-color.org: set and not empty. */
function isColoured(to: Stream, environment: TerminalOptions["environment"]): boolean {
  return to.isTTY === true && !environment["NO_COLOR"] && environment["TERM"] !== "dumb";
}

const clearLine = "\r\u001b[K";

/** On a terminal one line that counts the seconds and goes away; elsewhere one line, once. */
async function during<Result>(
  err: Stream,
  doing: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const isTerminal = err.isTTY === true;
  let seconds = 0;
  const show = (): void => {
    seconds += 1;
    if (isTerminal) err.write(`${clearLine}${doing} ${seconds} s`);
    else if (seconds === 1) err.write(`${doing}\n`);
  };
  const timer = setInterval(show, quietMs);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    if (isTerminal && seconds > 0) err.write(clearLine);
  }
}
