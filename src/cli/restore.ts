import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { findDataDir, keyFileOf } from "#ground.ts";
import { restore } from "#platform/db/backup.ts";
import { openDatabase } from "#platform/db/database.ts";
import { migrate } from "#platform/db/migrate.ts";
import { makeJobStore } from "#platform/jobs/jobs.store.ts";
import { forgetSealing } from "#seal-anew.ts";
import {
  CommandFailed,
  exitCodes,
  textOf,
  UsageError,
  type Call,
  type Command,
} from "./command.ts";
import { commandLog, readSettings, type Settings } from "./desk.ts";

export const restoreCommand: Command = {
  usage: "--from FILE",
  about: {
    en: "Fills a new data directory, or an empty database of DATABASE_URL, from a backup: all of it, or nothing.",
    ru: "Заполняет новую папку данных или пустую базу из DATABASE_URL из резервной копии: целиком или никак.",
  },
  options: { from: { type: "string" } },
  run: async (call) => {
    const from = readFrom(call);
    const settings = readSettings(call);
    const dataDir = await findDataDir(settings.config);
    await call.terminal.during(restoring, () => fill(call, { settings, dataDir, from }));
    await forgetSealing(dataDir);
    call.terminal.say("good", done(dataDir, settings.secrets.databaseUrl !== undefined));
    call.terminal.say("warning", oneServer);
    const keyFile = keyFileOf(dataDir);
    if (settings.secrets.keys === undefined && !existsSync(keyFile))
      call.terminal.say("warning", keyIsMissing(keyFile));
    return exitCodes.ok;
  },
};

function readFrom(call: Call): string {
  const from = textOf(call, "from");
  if (from === undefined) throw noFrom;
  const path = resolve(from);
  if (!existsSync(path)) throw noFile(path);
  return path;
}

async function fill(
  call: Call,
  { settings, dataDir, from }: { settings: Settings; dataDir: string; from: string },
): Promise<void> {
  const { config, secrets } = settings;
  if (secrets.databaseUrl !== undefined) await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const where =
    secrets.databaseUrl === undefined ? { embedded: { dataDir } } : { url: secrets.databaseUrl };
  await using database = await openDatabase(where, { log: commandLog(call, config) });
  await restore(database, { from, filesDir: join(dataDir, "files") });
  await makeJobStore(database).releaseAll();
  await migrate(database);
}

const restoring = { en: "Restoring...", ru: "Восстанавливаем..." };

const noFrom = new UsageError({
  en: "Name the backup: concierge restore --from FILE",
  ru: "Укажите файл копии: concierge restore --from ФАЙЛ",
});

const noFile = (path: string) =>
  new CommandFailed({ en: `There is no file ${path}.`, ru: `Файла ${path} нет.` });

const done = (dataDir: string, isServer: boolean) => ({
  en: `The backup is restored into ${isServer ? "the database of DATABASE_URL" : dataDir}.`,
  ru: `Копия восстановлена: ${isServer ? "база из DATABASE_URL" : dataDir}.`,
});

const oneServer = {
  en: "Stop the server that the backup came from before you start this one: both would send the same messages.",
  ru: "Прежде чем запускать этот сервер, остановите тот, с которого снята копия: иначе одни и те же сообщения отправят оба.",
};

const keyIsMissing = (path: string) => ({
  en: `The backup holds no secret key. Before the first start copy the old server's key file to ${path}.`,
  ru: `Секретного ключа в копии нет. До первого запуска скопируйте файл ключа прежнего сервера в ${path}.`,
});
