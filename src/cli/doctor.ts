import { findDataDir } from "#ground.ts";
import { exitCodes, type Call, type Command } from "./command.ts";
import { readSettings } from "./desk.ts";
import { checkDatabase } from "./doctor/check-database.ts";
import { checkDataDir } from "./doctor/check-data-dir.ts";
import { checkMail } from "./doctor/check-mail.ts";
import { checkPublicUrl } from "./doctor/check-public-url.ts";
import { checkVendors } from "./doctor/check-vendors.ts";
import { warning, type Finding } from "./doctor/finding.ts";
import { unknownNames } from "./unknown-names.ts";

export const doctor: Command = {
  usage: "",
  about: {
    en: "Checks everything that the server depends on, and says what to do. Warnings alone end with 0.",
    ru: "Проверяет всё, от чего зависит сервер, и говорит, что сделать. Одни предупреждения — код 0.",
  },
  run: async (call) => {
    const findings = await call.terminal.during(checking, () => examine(call));
    const worst = findings.filter(({ mark }) => mark === "bad").length;
    const warnings = findings.filter(({ mark }) => mark === "warning").length;
    call.terminal.say(
      worst > 0 ? "bad" : warnings > 0 ? "warning" : "good",
      verdict(worst, warnings),
    );
    for (const { mark, text } of findings) call.terminal.say(mark, text);
    return worst > 0 ? exitCodes.failed : exitCodes.ok;
  },
};

async function examine(call: Call): Promise<readonly Finding[]> {
  const settings = readSettings(call);
  const dataDir = await findDataDir(settings.config);
  const place = { settings, dataDir };
  const database = await checkDatabase(place);
  const rest = await Promise.all([
    checkDataDir(place),
    checkMail(settings),
    checkPublicUrl(settings.config.publicUrl),
    checkVendors(settings.config, database.usedProviders),
  ]);
  const names = unknownNames(settings).map(({ en, ru }) => warning(en, ru));
  return [...database.findings, ...rest.flat(), ...names];
}

const checking = { en: "Checking...", ru: "Проверяем..." };

function verdict(worst: number, warnings: number) {
  if (worst > 0)
    return {
      en: `To be mended: ${worst}, warnings: ${warnings}.`,
      ru: `Нужно исправить: ${worst}, предупреждений: ${warnings}.`,
    };
  if (warnings > 0)
    return { en: `It works. Warnings: ${warnings}.`, ru: `Работает. Предупреждений: ${warnings}.` };
  return { en: "All is well.", ru: "Всё в порядке." };
}
