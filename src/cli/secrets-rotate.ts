import { readFile } from "node:fs/promises";
import { findDataDir, keyFileOf, openGround } from "#ground.ts";
import { openDatabase } from "#platform/db/database.ts";
import { findHolder } from "#platform/db/embedded/hold.ts";
import type { Resealed } from "#platform/secrets/reseal.ts";
import { rotateKeyFile } from "#platform/secrets/key-file.ts";
import { sealAnew } from "#seal-anew.ts";
import { CommandFailed, exitCodes, type Call, type Command, type ExitCode } from "./command.ts";
import { commandLog, readSettings, type Settings } from "./desk.ts";

export const secretsRotate: Command = {
  usage: "",
  about: {
    en: "Adds a fresh secret key and seals everything that is kept with it. A server that runs does so when it is restarted.",
    ru: "Добавляет новый секретный ключ и перешифровывает им всё сохранённое. Запущенный сервер сделает это при перезапуске.",
  },
  run: async (call) => {
    const settings = readSettings(call);
    const dataDir = await findDataDir(settings.config);
    if (settings.secrets.keys) return await sealByEnvironment(call, settings, dataDir);
    const path = keyFileOf(dataDir);
    // A key is never made for a folder that was meant to be another one.
    if (!(await isThere(path))) throw noKeyFile(path);
    await rotateKeyFile(path);
    call.terminal.say("good", rotated(path));
    if (await isServerRunning(settings, dataDir)) call.terminal.say("warning", restartServer);
    else await seal(call, settings);
    return exitCodes.ok;
  },
};

async function sealByEnvironment(
  call: Call,
  settings: Settings,
  dataDir: string,
): Promise<ExitCode> {
  if (await isServerRunning(settings, dataDir)) throw environmentHowTo;
  const { rows } = await seal(call, settings);
  if (rows === 0) throw environmentHowTo;
  return exitCodes.ok;
}

async function seal(call: Call, settings: Settings): Promise<Resealed> {
  const { secrets, config } = settings;
  await using ground = await openGround({
    ...settings,
    log: commandLog(call, config),
    isSealedLater: true,
  });
  const done = await call.terminal.during(sealing, () =>
    sealAnew({ ...ground, databaseUrl: secrets.databaseUrl }),
  );
  call.terminal.say("good", sealed(done.rows));
  if (done.damaged > 0) call.terminal.say("warning", damaged(done.damaged));
  return done;
}

const isThere = (path: string): Promise<boolean> =>
  readFile(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return false;
      throw error;
    },
  );

/** The embedded database is held by the server; one that nodes share knows who is connected. */
async function isServerRunning({ secrets }: Settings, dataDir: string): Promise<boolean> {
  if (secrets.databaseUrl === undefined)
    return (await findHolder(dataDir).catch(() => undefined)) !== undefined;
  await using database = await openDatabase({ url: secrets.databaseUrl }, { maxConnections: 1 });
  const others = await database.query(
    `select 1 from pg_stat_activity where application_name = 'concierge'
      and datname = current_database() and pid <> pg_backend_pid() limit 1`,
  );
  return others.length > 0;
}

const sealing = {
  en: "Sealing what is kept with the new key...",
  ru: "Перешифровываем сохранённое новым ключом...",
};

const rotated = (path: string) => ({
  en: `A fresh key stands first in ${path}. The older ones stay there: earlier backups need them. Keep a copy of this file.`,
  ru: `В начало файла ${path} добавлен новый ключ. Прежние остаются: они нужны для более ранних копий. Сохраните копию файла.`,
});

const restartServer = {
  en: "Restart the server: it learns the new key only at its start, and seals everything with it then. Several nodes: give all of them this key file first.",
  ru: "Перезапустите сервер: новый ключ он узнаёт только при запуске и тогда же всё перешифрует. Если узлов несколько, сначала раздайте всем этот файл ключа.",
};

const sealed = (rows: number) => ({
  en: `Sealed anew: ${rows} rows. Nothing depends on older keys any more.`,
  ru: `Перешифровано строк: ${rows}. От прежних ключей больше ничего не зависит.`,
});

const damaged = (rows: number) => ({
  en: `${rows} rows are damaged and open with no key; they were left as they are.`,
  ru: `Повреждено строк: ${rows}. Они не открываются ни одним ключом и оставлены как есть.`,
});

const noKeyFile = (path: string) =>
  new CommandFailed({
    en: `There is no key file ${path}. Name the data directory of your server with --data.`,
    ru: `Файла ключа ${path} нет. Укажите папку данных вашего сервера: --data ПАПКА.`,
  });

const environmentHowTo = new CommandFailed({
  en: `The key is set in CONCIERGE_SECRET_KEY, so it is changed there:
1. Make a key: openssl rand -base64 32
2. Set CONCIERGE_SECRET_KEY=<new>,<current> (newest first) and restart the server: it seals everything anew.
   Several nodes: set <current>,<new> on all of them first, so that each can read what another seals.
3. Take the old key away once no backup needs it.`,
  ru: `Ключ задан в CONCIERGE_SECRET_KEY, поэтому меняется там:
1. Создайте ключ: openssl rand -base64 32
2. Задайте CONCIERGE_SECRET_KEY=<новый>,<прежний> (новый первым) и перезапустите сервер: он всё перешифрует.
   Если узлов несколько, сначала задайте на всех <прежний>,<новый>, чтобы каждый мог прочитать записанное другим.
3. Уберите прежний ключ, когда он не нужен ни одной резервной копии.`,
});
