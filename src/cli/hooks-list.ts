import { listStoredHooks } from "#hooks/hooks.store.ts";
import { exitCodes, type Command } from "./command.ts";
import { openDesk } from "./desk.ts";
import { instant } from "./instant.ts";

export const hooksList: Command = {
  usage: "",
  about: { en: "Lists the hooks that are kept.", ru: "Показывает сохранённые вебхуки." },
  run: async (call) => {
    await using desk = await openDesk(call);
    const rows = await listStoredHooks(desk.ground.database, desk.workspaceId);
    for (const row of rows)
      call.terminal.print(
        `${row.id}  ${row.kind.padEnd(10)}  ${instant(row.created_at)}  ${desk.baseUrl}/webhook/h/${row.id}`,
      );
    if (rows.length === 0) call.terminal.note("told", none);
    return exitCodes.ok;
  },
};

const none = {
  en: "No hooks are kept. Keep one: concierge hooks add '<url>'",
  ru: "Сохранённых вебхуков нет. Сохранить: concierge hooks add '<url>'",
};
