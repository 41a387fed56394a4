import type { Language, Text } from "#domain/text.ts";
import type { Parameter } from "#domain/parameter.ts";

/** A hook's parameters as its page shows them: the very rows that stand there. */
export function parameterTable(parameters: readonly Parameter[], language: Language): string {
  const rows = parameters.map((one) => [
    nameOf(one),
    defaultOf(one)[language],
    rangeOf(one)[language] + (one.isSecret ? words.secret[language] : ""),
    one.meaning[language].replace(/\.$/, ""),
  ]);
  return [words.head[language], "|---|---|---|---|", ...rows.map(toRow)].join("\n");
}

const toRow = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;

const code = (text: string): string => `\`${text}\``;
const both = (text: string): Text => ({ ru: text, en: text });

const words = {
  head: {
    ru: "| Параметр | По умолчанию | Что можно написать | Что это |",
    en: "| Parameter | Default | What may be written | What it is |",
  },
  secret: { ru: ", секрет", en: ", secret" },
} as const;

function nameOf({ name, aliases = [] }: Parameter): string {
  const also = aliases.length > 0 ? ` (${aliases.map(code).join(", ")})` : "";
  return code(name) + also;
}

function defaultOf({ default: value, isRequired }: Parameter): Text {
  if (isRequired) return { ru: "**обязателен**", en: "**required**" };
  if (value === undefined) return both("—");
  return value === "" ? { ru: "пусто", en: "empty" } : both(code(value));
}

function rangeOf(parameter: Parameter): Text {
  const { options, kind, min, max } = parameter;
  if (options) return both(options.map(code).join(", "));
  switch (kind) {
    case "boolean":
      return both("`true`, `false`");
    case "integer":
      return { ru: `целое число от ${min} до ${max}`, en: `a whole number from ${min} to ${max}` };
    case "email":
      return { ru: "адрес почты", en: "an e-mail address" };
    case "phone":
      return { ru: "номер телефона", en: "a telephone number" };
    case "digits":
      return { ru: `цифры${sizeOf(parameter).ru}`, en: `digits${sizeOf(parameter).en}` };
    case "host":
      return { ru: "имя хоста", en: "a host name" };
    case "timezone":
      return { ru: "имя пояса IANA", en: "an IANA time zone" };
    case "locale":
      return { ru: "локаль, например `ru-RU`", en: "a locale such as `ru-RU`" };
    case "text":
      return { ru: `текст${sizeOf(parameter).ru}`, en: `text${sizeOf(parameter).en}` };
  }
}

function sizeOf({ min, max }: Parameter): Text {
  if (max === undefined) return both("");
  return min === undefined
    ? { ru: `, до ${max} знаков`, en: `, up to ${max} characters` }
    : { ru: `, от ${min} до ${max} знаков`, en: `, ${min} to ${max} characters` };
}
