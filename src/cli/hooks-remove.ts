import { removeHook } from "#hooks/hooks.store.ts";
import { exitCodes, type Command } from "./command.ts";
import { openDesk } from "./desk.ts";
import { missing } from "./missing.ts";

export const hooksRemove: Command = {
  usage: "<id>",
  about: {
    en: "Removes a kept hook: its short URL stops answering. Codes and messages that it began are carried on.",
    ru: "Убирает сохранённый вебхук: короткий адрес перестаёт отвечать. Начатые коды и сообщения доводятся до конца.",
  },
  words: 1,
  run: async (call) => {
    const [id = ""] = call.words;
    await using desk = await openDesk(call);
    const { ground, workspaceId } = desk;
    if (!(await removeHook(ground.database, { workspaceId, id, now: Date.now() })))
      throw missing("hook", id);
    call.terminal.say("good", {
      en: `Hook ${id} is removed.`,
      ru: `Вебхук ${id} убран.`,
    });
    return exitCodes.ok;
  },
};
