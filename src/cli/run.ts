import { parseArgs } from "node:util";
import { readVersion } from "#platform/db/backup/manifest.ts";
import { exitCodes, UsageError, type Call, type Command, type ExitCode } from "./command.ts";
import { commands } from "./commands.ts";
import { failureText } from "./failure-text.ts";
import { showHelp } from "./help.ts";
import type { Terminal } from "./terminal.ts";

export interface Program {
  /** Without the runtime and the program itself. */
  readonly words: readonly string[];
  readonly environment: Call["environment"];
  readonly terminal: Terminal;
}

/** Reads the command line, runs what it names, and gives the exit code. Throws nothing. */
export async function run(program: Program): Promise<ExitCode> {
  try {
    return await dispatch(program);
  } catch (error) {
    program.terminal.note("bad", failureText(error));
    if (!(error instanceof UsageError)) return exitCodes.failed;
    return exitCodes.usage;
  }
}

async function dispatch(program: Program): Promise<ExitCode> {
  const { words, terminal } = program;
  const found = findCommand(words);
  if (words.includes("--version") && !found) {
    terminal.print(await readVersion());
    return exitCodes.ok;
  }
  if (wantsHelp(words)) {
    await showHelp(terminal, found?.name ?? "");
    return words.length === 0 ? exitCodes.usage : exitCodes.ok;
  }
  if (!found) throw unknownCommand(words);
  const command = await found.load();
  return await command.run(readCall(program, found, command));
}

function wantsHelp(words: readonly string[]): boolean {
  const asked = words.includes("--help") || words.includes("-h");
  return asked || words[0] === "help" || words.length === 0;
}

interface Found {
  readonly name: string;
  readonly load: () => Promise<Command>;
  readonly rest: readonly string[];
}

/** The longest name at the beginning: `hooks add`, `start`. */
function findCommand(words: readonly string[]): Found | undefined {
  for (const length of [2, 1]) {
    const name = words.slice(0, length).join(" ");
    const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (load) return { name, load, rest: words.slice(length) };
  }
  return undefined;
}

function readCall({ environment, terminal }: Program, found: Found, command: Command): Call {
  const { values, positionals } = parse(found, command);
  const wanted = command.words ?? 0;
  if (positionals.length !== wanted) throw wrongWords(found.name, command);
  return {
    terminal,
    environment,
    flags: values,
    words: positionals,
  };
}

function parse({ name, rest }: Found, command: Command) {
  try {
    return parseArgs({
      args: [...rest],
      options: { data: { type: "string" }, ...command.options },
      allowPositionals: true,
    });
  } catch (cause) {
    const why = cause instanceof Error ? (cause.message.split(". ")[0] ?? "") : "";
    throw new UsageError({
      en: `${why}. Usage: concierge ${name} ${command.usage}`,
      ru: `Командная строка не разобрана: ${why}. Правильно: concierge ${name} ${command.usage}`,
    });
  }
}

function wrongWords(name: string, command: Command): UsageError {
  const usage = `concierge ${name} ${command.usage}`.trim();
  return new UsageError({
    en: `Something is missing or too much. Usage: ${usage}`,
    ru: `Чего-то не хватает или что-то лишнее. Правильно: ${usage}`,
  });
}

function unknownCommand(words: readonly string[]): UsageError {
  const siblings = Object.keys(commands).filter((name) => name.startsWith(`${words[0]} `));
  const known = siblings.length > 0 ? siblings : Object.keys(commands);
  const given = words.slice(0, siblings.length > 0 ? 2 : 1).join(" ");
  return new UsageError({
    en: `There is no command "${given}". Known ones: ${known.join(", ")}. More: concierge --help`,
    ru: `Нет команды «${given}». Есть такие: ${known.join(", ")}. Подробнее: concierge --help`,
  });
}
