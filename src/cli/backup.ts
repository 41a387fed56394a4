import { existsSync } from "node:fs";
import { mkdir, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { keyFileOf } from "#ground.ts";
import { backup } from "#platform/db/backup.ts";
import { exitCodes, textOf, type Command } from "./command.ts";
import { openDesk, type Desk } from "./desk.ts";
import { instant } from "./instant.ts";

export const backupCommand: Command = {
  usage: "[--to FILE]",
  about: {
    en: "Writes all data as they are at one moment into one file, while the server goes on. The secret key is not in it.",
    ru: "Записывает все данные на один момент времени в один файл, не останавливая сервер. Секретного ключа в нём нет.",
  },
  options: { to: { type: "string" } },
  run: async (call) => {
    await using desk = await openDesk(call);
    const { dataDir, database } = desk.ground;
    const to = resolve(textOf(call, "to") ?? join(dataDir, "backups", fileName()));
    await mkdir(dirname(to), { recursive: true, mode: 0o700 });
    const filesDir = join(dataDir, "files");
    await call.terminal.during(writing, () =>
      backup(database, { to, ...(existsSync(filesDir) ? { filesDir } : {}) }),
    );
    call.terminal.say("good", done(to, (await stat(to)).size));
    call.terminal.say("warning", whereKeyIs(desk));
    return exitCodes.ok;
  },
};

const fileName = (): string =>
  `${instant(Date.now()).replace(" ", "_").replaceAll(":", "-")}.backup`;

function whereKeyIs({ secrets, ground }: Desk) {
  return secrets.keys === undefined ? keyInFile(keyFileOf(ground.dataDir)) : keyInEnvironment;
}

const writing = { en: "Writing the backup...", ru: "Записываем копию..." };

const done = (to: string, bytes: number) => {
  const size = `${Math.ceil(bytes / 1024)}`;
  return {
    en: `The backup is in ${to} (${size} KB).`,
    ru: `Резервная копия: ${to} (${size} КБ).`,
  };
};

const keyInFile = (path: string) => ({
  en: `The secret key is not in the backup, and without it passwords and codes can't be read. Keep a copy of ${path} in another place.`,
  ru: `Секретного ключа в копии нет, а без него пароли и коды не прочитать. Сохраните файл ${path} отдельно.`,
});

const keyInEnvironment = {
  en: "The secret key is not in the backup, and without it passwords and codes can't be read. Keep the value of CONCIERGE_SECRET_KEY in another place.",
  ru: "Секретного ключа в копии нет, а без него пароли и коды не прочитать. Сохраните значение CONCIERGE_SECRET_KEY отдельно.",
};
