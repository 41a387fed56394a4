import { ensureHookKey, keyOverlapMs, rotateHookKey } from "#hooks/hook-keys.store.ts";
import { exitCodes, type Command } from "./command.ts";
import { openDesk } from "./desk.ts";

export const hooksKey: Command = {
  usage: "[--rotate]",
  about: {
    en: "Prints the key that hooks' URLs carry (key=...), alone on a line. --rotate makes a new one.",
    ru: "Печатает ключ для адресов вебхуков (key=...) отдельной строкой. --rotate заменяет его новым.",
  },
  options: { rotate: { type: "boolean" } },
  run: async (call) => {
    await using desk = await openDesk(call);
    const { hookKeys, workspaceId } = desk;
    const isRotating = call.flags["rotate"] === true;
    const change = isRotating ? rotateHookKey : ensureHookKey;
    call.terminal.print(await change(hookKeys, workspaceId));
    if (isRotating) call.terminal.note("warning", rotated);
    return exitCodes.ok;
  },
};

const hours = keyOverlapMs / 3_600_000;

const rotated = {
  en: `The old key works for ${hours} hours more. Put the new one into every hook's URL until then.`,
  ru: `Прежний ключ действует ещё ${hours} ч. До этого времени замените его в адресах всех вебхуков.`,
};
