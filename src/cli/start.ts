import { resolve } from "node:path";
import { openGround, type Ground } from "#ground.ts";
import { createHub, type Hub } from "#hub.ts";
import { systemClock } from "#platform/clock/clock.ts";
import { makeLog, type Log } from "#platform/log/log.ts";
import { tellRunning } from "#running.ts";
import { exitCodes, type Command } from "./command.ts";
import { readSettings, type Settings } from "./desk.ts";
import { closeWithin, stopSignal } from "./stop.ts";
import type { Terminal } from "./terminal.ts";
import { unknownNames } from "./unknown-names.ts";

export const start: Command = {
  usage: "[--port N] [--data DIR] [--role web|worker|all]",
  about: {
    en: "Runs the server until it is told to stop (Ctrl+C, SIGTERM).",
    ru: "Запускает сервер; остановка — Ctrl+C или SIGTERM.",
  },
  options: { port: { type: "string" }, role: { type: "string" } },
  run: async (call) => {
    const settings = readSettings(call);
    for (const text of unknownNames(settings)) call.terminal.note("warning", text);
    const log = makeLog({ level: settings.config.logLevel });
    const stopped = stopSignal(log);
    await using ground = await call.terminal.during(opening, () =>
      openGround({ ...settings, log }),
    );
    await serve(call.terminal, { settings, log, ground, stopped });
    return exitCodes.ok;
  },
};

async function serve(
  terminal: Terminal,
  running: {
    readonly settings: Settings;
    readonly log: Log;
    readonly ground: Ground;
    readonly stopped: Promise<void>;
  },
): Promise<void> {
  const { settings, ground, log, stopped } = running;
  const isFirst = await isNew(ground);
  const hub = await createHub({ ...settings, ground, log, clock: systemClock });
  try {
    await using telling = await tellRunning(ground.dataDir, {
      url: hub.web?.url,
      keyId: ground.vault.keyId,
      pid: process.pid,
    });
    void telling;
    tellReady(terminal, { settings, ground, hub, isFirst });
    await stopped;
  } finally {
    await closeWithin(hub, finishWithinMs);
  }
}

/** What runs when we are told to stop has so long to end. */
const finishWithinMs = 30_000;

async function isNew({ database }: Ground): Promise<boolean> {
  return (await database.query("select 1 from workspace limit 1")).length === 0;
}

function tellReady(
  terminal: Terminal,
  at: {
    readonly settings: Settings;
    readonly ground: Ground;
    readonly hub: Hub;
    readonly isFirst: boolean;
  },
): void {
  const { config } = at.settings;
  const url = at.hub.web?.url;
  terminal.print(terminal.in(url === undefined ? workerReady : ready(url)));
  const wanted = config.dataDir === undefined ? undefined : resolve(config.dataDir);
  if (at.ground.dataDir !== (wanted ?? resolve(import.meta.dirname, "../../data")))
    terminal.say("told", dataElsewhere(at.ground.dataDir));
  if (at.isFirst) for (const text of nextSteps) terminal.say("told", text);
}

const opening = { en: "Starting the database...", ru: "Запускаем базу данных..." };

const ready = (url: string) => ({
  en: `Concierge is ready at ${url}`,
  ru: `Concierge готов к работе: ${url}`,
});

const workerReady = {
  en: "Concierge is ready (role worker: it answers no HTTP)",
  ru: "Concierge готов к работе (роль worker: на HTTP не отвечает)",
};

const dataElsewhere = (dataDir: string) => ({
  en: `The data lie in ${dataDir}: PostgreSQL does not run as root, and no other user can enter the folder that was meant.`,
  ru: `Данные лежат в ${dataDir}: PostgreSQL не запускается от root, а в указанную папку другой пользователь войти не может.`,
});

const nextSteps = [
  {
    en: "This is the first start. The key for your booking hooks: concierge hooks key",
    ru: "Это первый запуск. Ключ для вебхуков броней покажет команда: concierge hooks key",
  },
  {
    en: "Keep a short URL for a hook: concierge hooks add '<url>'. See whether all is well: concierge doctor",
    ru: "Сохранить вебхук под коротким адресом: concierge hooks add '<url>'. Проверить, всё ли в порядке: concierge doctor",
  },
];
