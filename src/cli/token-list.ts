import { listTokens } from "#team/team.store.ts";
import { exitCodes, type Command } from "./command.ts";
import { openDesk } from "./desk.ts";
import { instant } from "./instant.ts";

export const tokenList: Command = {
  usage: "",
  about: {
    en: "Lists the tokens of the API by id, name and scopes.",
    ru: "Показывает токены API: id, имя и права.",
  },
  run: async (call) => {
    await using desk = await openDesk(call);
    const tokens = await listTokens(desk.ground.database, desk.workspaceId);
    for (const { id, name, scopes, createdAt } of tokens)
      call.terminal.print(`${id}  ${instant(createdAt)}  ${scopes.join(",")}  ${name}`);
    if (tokens.length === 0) call.terminal.note("told", none);
    return exitCodes.ok;
  },
};

const none = {
  en: "There are no tokens. Make one: concierge token create --scope read",
  ru: "Токенов нет. Создать: concierge token create --scope read",
};
