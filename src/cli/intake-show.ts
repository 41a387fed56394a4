import { findEvent } from "#intake/intake.store.ts";
import { readEventTimeline, type Mark } from "#platform/live/live.store.ts";
import { exitCodes, type Command } from "./command.ts";
import { openDesk } from "./desk.ts";
import { instant } from "./instant.ts";
import { isUuid, missing } from "./missing.ts";
import type * as terminal from "./terminal.ts";

export const intakeShow: Command = {
  usage: "<id>",
  about: {
    en: "Shows what became of an inbound event, step by step; not its body, which holds the guest's contacts.",
    ru: "Показывает по шагам, что стало с входящим событием; само событие не показывает: в нём контакты гостя.",
  },
  words: 1,
  run: async (call) => {
    const [id = ""] = call.words;
    await using desk = await openDesk(call);
    const { ground, workspaceId } = desk;
    const event = isUuid(id) ? await findEvent(ground.database, workspaceId, id) : undefined;
    if (!event) throw missing("event", id);
    const { terminal } = call;
    const place = event.bookingId === undefined ? "" : `  booking ${event.bookingId}`;
    terminal.print(
      `${event.state}  ${event.source}  ${instant(event.receivedAt)}  ${event.body.length} B${place}`,
    );
    if (event.reason) terminal.say("warning", event.reason);
    for (const { at, mark, text } of await readEventTimeline(ground.database, workspaceId, id))
      terminal.say(marks[mark], {
        en: `${instant(at)}  ${text.en}`,
        ru: `${instant(at)}  ${text.ru}`,
      });
    return exitCodes.ok;
  },
};

const marks: Readonly<Record<Mark, terminal.Mark>> = {
  fact: "told",
  waiting: "told",
  done: "good",
  trouble: "warning",
  failed: "bad",
  uncertain: "warning",
};
