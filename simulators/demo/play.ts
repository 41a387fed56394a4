import { setTimeout as wait } from "node:timers/promises";
import type { Terminal } from "#cli/terminal.ts";
import type { Text } from "#domain/text.ts";
import { makeDemoApi } from "./api.ts";
import { playDoor, playGateway } from "./door-story.ts";
import { addHooks, type DemoHooks } from "./hooks.ts";
import { playMessengers, playRefused } from "./message-stories.ts";
import type { Pace } from "./pace.ts";
import { openStage, type Stage } from "./stage.ts";
import type { Studio } from "./studio.ts";

export interface Performance {
  readonly studio: Studio;
  readonly terminal: Terminal;
  readonly pace: Pace;
  /** The server's, without a trailing slash. */
  readonly url: string;
  readonly signal: AbortSignal;
}

const stories: readonly { title: Text; play: (stage: Stage) => Promise<void> }[] = [
  { title: { en: "A booking opens a door", ru: "Бронь открывает дверь" }, play: playDoor },
  { title: { en: "A gateway is offline", ru: "Шлюз не в сети" }, play: playGateway },
  { title: { en: "A booking tells the guest", ru: "Бронь пишет гостю" }, play: playMessengers },
  { title: { en: "A guest can't be reached", ru: "Гостю не написать" }, play: playRefused },
];

/** Plays every story once. Throws when something that is told of does not happen. */
export async function perform({ studio, terminal, pace, url, signal }: Performance): Promise<void> {
  const api = makeDemoApi(url);
  const hooks = await addHooks(api);
  showPlaces(terminal, url, hooks);
  if (pace.openPageMs > 0) showStart(terminal, pace.openPageMs / 1_000);
  await wait(pace.openPageMs, undefined, { signal });
  const stage = openStage({ studio, terminal, pace, signal, api, hooks });
  for (const [index, { title, play }] of stories.entries()) {
    terminal.print("");
    terminal.print(`${index + 1}. ${terminal.in(title)}`);
    await play(stage);
    await stage.pause();
  }
  terminal.print("");
  terminal.say("good", {
    en: "All four stories are played.",
    ru: "Все четыре истории сыграны.",
  });
}

function showPlaces(terminal: Terminal, url: string, hooks: DemoHooks): void {
  const places: readonly (readonly [Text, string])[] = [
    [{ en: "Bookings, live", ru: "Брони вживую" }, `${url}/`],
    [{ en: "Check of a lock's hook", ru: "Проверка вебхука замка" }, hooks.frontDoor],
    [{ en: "Check of a messenger's hook", ru: "Проверка вебхука чата" }, hooks.telegram],
    [{ en: "API reference", ru: "Описание API" }, `${url}/docs`],
  ];
  terminal.say("good", {
    en: "The demo runs. The server is the real one; the vendors are simulated, nothing leaves this machine.",
    ru: "Демонстрация запущена. Сервер настоящий, сервисы вокруг имитируются; наружу ничего не уходит.",
  });
  const width = Math.max(...places.map(([what]) => terminal.in(what).length));
  for (const [what, where] of places)
    terminal.print(`  ${terminal.in(what).padEnd(width)}  ${where}`);
}

function showStart(terminal: Terminal, seconds: number): void {
  terminal.say("told", {
    en: `Open the first one in a browser: in ${seconds} s the stories begin there and here.`,
    ru: `Откройте первую в браузере: через ${seconds} с истории начнутся и там, и здесь.`,
  });
}
