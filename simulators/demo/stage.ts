import { setTimeout as wait } from "node:timers/promises";
import type { Mark, Terminal } from "#cli/terminal.ts";
import type { Text } from "#domain/text.ts";
import type { SimulatedOrder } from "../torrow.ts";
import { seek, type BookingDetails, type DemoApi } from "./api.ts";
import type { DemoHooks } from "./hooks.ts";
import type { Pace } from "./pace.ts";
import type { Studio } from "./studio.ts";

/** What a story is played with. */
export interface Stage {
  readonly studio: Studio;
  readonly hooks: DemoHooks;
  readonly api: DemoApi;
  tell(mark: Mark, text: Text): void;
  pause(): Promise<void>;
  /** Waits until the server shows a booking so; throws `StoryStuck` when it does not. */
  sees(
    order: SimulatedOrder,
    awaited: { readonly what: Text; readonly isSo: (details: BookingDetails) => boolean },
  ): Promise<BookingDetails>;
  /** The same for anything else. */
  awaits<Found>(what: Text, look: () => Promise<Found | undefined>): Promise<Found>;
}

/** Something that the story told of did not happen: a fault of ours. */
export class StoryStuck extends Error {
  override readonly name = "StoryStuck";
  readonly text: Text;

  constructor(what: Text) {
    const text = {
      en: `The demo is stuck: it waited in vain until ${what.en}. This is a fault of the program.`,
      ru: `Демонстрация остановилась: не дождались, когда ${what.ru}. Это ошибка программы.`,
    };
    super(text.en);
    this.text = text;
  }
}

const patienceMs = 30_000;

export function openStage(
  given: Pick<Stage, "studio" | "hooks" | "api"> & {
    readonly terminal: Terminal;
    readonly pace: Pace;
    readonly signal: AbortSignal;
  },
): Stage {
  const { terminal, pace, signal, api, studio, hooks } = given;
  const awaits: Stage["awaits"] = async (what, look) => {
    const waiting = { en: `waiting until ${what.en},`, ru: `ждём, когда ${what.ru},` };
    const found = await terminal.during(waiting, () =>
      seek(look, { withinMs: patienceMs, signal }),
    );
    if (found === undefined) throw new StoryStuck(what);
    return found;
  };
  return {
    studio,
    hooks,
    api,
    tell: (mark, text) => terminal.say(mark, text),
    pause: () => wait(pace.pauseMs, undefined, { signal }),
    sees: (order, { what, isSo }) =>
      awaits(what, async () => {
        const details = await api.findBooking(order.number);
        return details && isSo(details) ? details : undefined;
      }),
    awaits,
  };
}
