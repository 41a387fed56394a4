import { listEvents, type IntakeState, type IntakeSummary } from "#intake/intake.store.ts";
import { exitCodes, textOf, UsageError, type Call, type Command } from "./command.ts";
import { openDesk } from "./desk.ts";
import { instant } from "./instant.ts";
import type { Terminal } from "./terminal.ts";

export const intakeList: Command = {
  usage: "[--state S] [--limit N]",
  about: {
    en: "Lists inbound events, newest first. States: received, done, superseded, repeated, quarantined.",
    ru: "Показывает входящие события, сначала новые. Состояния: received, done, superseded, repeated, quarantined.",
  },
  options: { state: { type: "string" }, limit: { type: "string" } },
  run: async (call) => {
    const page = { state: readState(call), most: readLimit(call) };
    await using desk = await openDesk(call);
    const events = await listEvents(desk.ground.database, desk.workspaceId, page);
    for (const event of events) call.terminal.print(line(call.terminal, event));
    if (events.length === 0) call.terminal.note("told", none);
    return exitCodes.ok;
  },
};

const states: readonly IntakeState[] = [
  "received",
  "done",
  "superseded",
  "repeated",
  "quarantined",
];

function readState(call: Call): IntakeState | undefined {
  const text = textOf(call, "state");
  const found = states.find((state) => state === text);
  if (text === undefined || found) return found;
  throw new UsageError({
    en: `There is no state "${text}". Known ones: ${states.join(", ")}.`,
    ru: `Нет состояния «${text}». Есть такие: ${states.join(", ")}.`,
  });
}

const defaultLimit = 20;
const mostLimit = 1_000;

function readLimit(call: Call): number {
  const text = textOf(call, "limit") ?? String(defaultLimit);
  const limit = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (limit >= 1 && limit <= mostLimit) return limit;
  throw new UsageError({
    en: `--limit wants a number from 1 to ${mostLimit}.`,
    ru: `Для --limit нужно число от 1 до ${mostLimit}.`,
  });
}

function line(
  terminal: Terminal,
  { id, receivedAt, source, state, reason }: IntakeSummary,
): string {
  const why = reason ? `  ${terminal.in(reason)}` : "";
  return `${id}  ${instant(receivedAt)}  ${source}  ${state}${why}`;
}

const none = { en: "There are no such events.", ru: "Таких событий нет." };
