import { scopes } from "#domain/scope.ts";
import { makeId } from "#platform/uuid.ts";
import { createToken } from "#team/team.store.ts";
import { hashToken, makeToken, parseScopes } from "#team/token.ts";
import { exitCodes, textOf, UsageError, type Command } from "./command.ts";
import { openDesk } from "./desk.ts";

export const tokenCreate: Command = {
  usage: "--scope <scope>[,...] [--name N]",
  about: {
    en: `Makes a token for the API and prints it, alone and this once. Scopes: ${scopes.join(", ")}.`,
    ru: `Создаёт токен для API и печатает его — отдельной строкой и один раз. Права: ${scopes.join(", ")}.`,
  },
  options: { scope: { type: "string" }, name: { type: "string" } },
  run: async (call) => {
    const read = parseScopes(textOf(call, "scope") ?? "");
    if ("unknown" in read || read.scopes.length === 0)
      throw wrongScopes("unknown" in read ? read.unknown : []);
    await using desk = await openDesk(call);
    const token = makeToken();
    await createToken(desk.ground.database, {
      workspaceId: desk.workspaceId,
      id: makeId(),
      name: textOf(call, "name") ?? read.scopes.join(", "),
      scopes: read.scopes,
      createdAt: Date.now(),
      hash: hashToken(token),
    });
    call.terminal.print(token);
    return exitCodes.ok;
  },
};

function wrongScopes(unknown: readonly string[]): UsageError {
  const known = scopes.join(", ");
  return unknown.length === 0
    ? new UsageError({
        en: `Say what the token may do: --scope with one or more of ${known}, separated by commas.`,
        ru: `Укажите права токена: --scope и через запятую одно или несколько из ${known}.`,
      })
    : new UsageError({
        en: `There is no scope ${unknown.join(", ")}. Known ones: ${known}.`,
        ru: `Нет таких прав: ${unknown.join(", ")}. Есть такие: ${known}.`,
      });
}
