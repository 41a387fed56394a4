import type { ShownParameter } from "#hooks/parameters.ts";
import { findStoredHook } from "#hooks/hooks.store.ts";
import { exitCodes, type Command } from "./command.ts";
import { openDesk } from "./desk.ts";
import { markOf } from "./hooks-add.ts";
import { instant } from "./instant.ts";
import { missing } from "./missing.ts";
import type { Terminal } from "./terminal.ts";

export const hooksShow: Command = {
  usage: "<id>",
  about: {
    en: "Shows a kept hook with its parameters; secrets are masked.",
    ru: "Показывает сохранённый вебхук и его параметры; секреты скрыты.",
  },
  words: 1,
  run: async (call) => {
    const [id = ""] = call.words;
    await using desk = await openDesk(call);
    const row = await findStoredHook(desk.ground.database, id);
    const hook = row && (await desk.book.open(id));
    if (!hook) throw missing("hook", id);
    const { terminal } = call;
    terminal.print(`${hook.kind}  ${instant(hook.createdAt)}  ${desk.baseUrl}/webhook/h/${id}`);
    for (const shown of hook.reading.shown) showParameter(terminal, shown);
    for (const finding of hook.reading.findings) terminal.say(markOf(finding), finding.text);
    return exitCodes.ok;
  },
};

function showParameter(terminal: Terminal, { parameter, value, isDefault }: ShownParameter): void {
  if (value === undefined) return;
  const from = isDefault ? `  (${terminal.in(byDefault)})` : "";
  terminal.print(`  ${parameter.name} = ${value}${from}`);
}

const byDefault = { en: "default", ru: "по умолчанию" };
