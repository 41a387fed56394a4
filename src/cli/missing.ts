import { CommandFailed } from "./command.ts";

const words = {
  hook: {
    en: "There is no kept hook",
    ru: "Нет сохранённого вебхука",
    list: "concierge hooks list",
  },
  token: { en: "There is no token", ru: "Нет токена", list: "concierge token list" },
  event: {
    en: "There is no inbound event",
    ru: "Нет входящего события",
    list: "concierge intake list",
  },
} as const;

export function missing(what: keyof typeof words, id: string): CommandFailed {
  const { en, ru, list } = words[what];
  return new CommandFailed({
    en: `${en} ${id}. See which there are: ${list}`,
    ru: `${ru} ${id}. Посмотреть, какие есть: ${list}`,
  });
}

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** PostgreSQL would refuse the query, not miss the row. */
export const isUuid = (id: string): boolean => uuid.test(id);
