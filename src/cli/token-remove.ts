import { removeToken } from "#team/team.store.ts";
import { exitCodes, type Command } from "./command.ts";
import { openDesk } from "./desk.ts";
import { isUuid, missing } from "./missing.ts";

export const tokenRemove: Command = {
  usage: "<id>",
  about: {
    en: "Removes a token: it lets nobody in from then on.",
    ru: "Удаляет токен: по нему больше никто не войдёт.",
  },
  words: 1,
  run: async (call) => {
    const [id = ""] = call.words;
    await using desk = await openDesk(call);
    const { ground, workspaceId } = desk;
    const wasThere = isUuid(id) && (await removeToken(ground.database, { workspaceId, id }));
    if (!wasThere) throw missing("token", id);
    call.terminal.say("good", { en: `Token ${id} is removed.`, ru: `Токен ${id} удалён.` });
    return exitCodes.ok;
  },
};
