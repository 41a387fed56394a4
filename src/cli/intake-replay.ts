import { laneOfKept } from "#hooks/event-intake.ts";
import { findEvent } from "#intake/intake.store.ts";
import { replayEvent } from "#intake/replay.store.ts";
import { CommandFailed, exitCodes, type Command } from "./command.ts";
import { openDesk } from "./desk.ts";
import { isUuid, missing } from "./missing.ts";

export const intakeReplay: Command = {
  usage: "<id>",
  about: {
    en: "Has an inbound event worked on again, after a fix say; messages may go out a second time.",
    ru: "Повторяет работу по входящему событию, например после исправления; сообщения могут уйти второй раз.",
  },
  words: 1,
  run: async (call) => {
    const [id = ""] = call.words;
    await using desk = await openDesk(call);
    const { ground, workspaceId, source } = desk;
    const wasPlanned = await ground.database.transact(async (tx) => {
      const event = isUuid(id) ? await findEvent(tx, workspaceId, id) : undefined;
      if (!event) throw missing("event", id);
      return await replayEvent(tx, event, { lane: laneOfKept(source, event), now: Date.now() });
    });
    if (!wasPlanned) throw waits;
    call.terminal.say("good", planned(id));
    return exitCodes.ok;
  },
};

const waits = new CommandFailed({
  en: "This event waits for its work already; a running server takes it up by itself.",
  ru: "Это событие и так ждёт обработки; запущенный сервер возьмёт его сам.",
});

const planned = (id: string) => ({
  en: `It will be worked on again, within a second while the server runs. What becomes of it: concierge intake show ${id}`,
  ru: `Событие будет обработано снова — в течение секунды, если сервер запущен. Что с ним станет: concierge intake show ${id}`,
});
