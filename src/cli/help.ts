import { commands } from "./commands.ts";
import type { Terminal } from "./terminal.ts";

/** What the program can do, or those commands alone whose name begins so. */
export async function showHelp(terminal: Terminal, name: string): Promise<void> {
  const names = Object.keys(commands).filter((one) => one.startsWith(name));
  const loaded = await Promise.all(
    names.map(async (one) => ({ name: one, command: await commands[one]?.() })),
  );
  if (name === "") terminal.print(`${terminal.in(intro)}\n`);
  for (const { name, command } of loaded) {
    if (!command) continue;
    terminal.print(`  concierge ${`${name} ${command.usage}`.trim()}`);
    terminal.print(`      ${terminal.in(command.about)}`);
  }
  terminal.print(`\n${terminal.in(footer)}`);
}

const intro = {
  en: "Concierge: a booking opens the door and tells the guest.",
  ru: "Concierge: бронь открывает дверь и предупреждает гостя.",
};

const footer = {
  en: "Every command takes --data DIR (or CONCIERGE_DATA_DIR). Exit codes: 0 done, 1 failed, 2 wrong usage.",
  ru: "Любая команда принимает --data ПАПКА (или CONCIERGE_DATA_DIR). Коды завершения: 0 сделано, 1 не удалось, 2 неверный вызов.",
};
