import type { Finding } from "#domain/parameter.ts";
import type { Language, Text } from "#domain/text.ts";
import type { Check } from "./check.ts";
import type { HookReading } from "./hook-reading.ts";
import { html, type Html } from "./html.ts";
import { icon } from "./page-icons.ts";
import { words } from "./page-words.ts";

const marks = {
  wrong: words.markWrong,
  error: words.markError,
  warning: words.markWarning,
} as const satisfies Record<Finding["kind"], Text>;

/** What is wrong and what to mind, each with what to do about it. */
export function drawFindings({ findings, reading }: Check, language: Language): Html {
  const faults = [
    ...findings.filter((finding) => finding.kind === "wrong"),
    ...findings.filter((finding) => finding.kind === "error"),
  ];
  const warnings = findings.filter((finding) => finding.kind === "warning");
  const section = (title: Text, list: readonly Finding[]) =>
    list.length === 0
      ? html``
      : html`<h2>${title[language]}</h2>
          <ul class="card findings">
            ${list.map((finding) => drawFinding(finding, reading, language))}
          </ul>`;
  return html`${section(words.toMend, faults)}${section(words.toMind, warnings)}`;
}

function drawFinding(finding: Finding, reading: HookReading, language: Language): Html {
  const { kind, text } = finding;
  const advice = adviceFor(finding, reading)?.[language];
  return html`<li>
    <span class="mark ${kind}">${icon(kind)}${marks[kind][language]}</span>
    <div>
      <p>${text[language]}</p>
      ${advice === undefined ? html`` : html`<p class="advice">${advice}</p>`}
    </div>
  </li>`;
}

/** For what our own reading found: what the vendors say tells what to do by itself. */
function adviceFor(finding: Finding, reading: HookReading): Text | undefined {
  if (finding.parameter === undefined) return undefined;
  const known = reading.shown.find(({ parameter }) => parameter.name === finding.parameter);
  if (!known)
    return finding.kind === "warning" ? adviseName(finding.parameter, reading) : undefined;
  const { meaning, name } = known.parameter;
  if (finding.kind !== "wrong" || Object.hasOwn(reading.values, name)) return undefined;
  if (known.value !== undefined) return meaning;
  return {
    ru: `Добавьте в адрес ${name}=… ${meaning.ru}`,
    en: `Add ${name}=… to the address. ${meaning.en}`,
  };
}

function adviseName(written: string, { shown }: HookReading): Text {
  const alike = shown.find(({ parameter }) => bare(parameter.name) === bare(written));
  if (alike)
    return {
      ru: `Возможно, это ${alike.parameter.name}: исправьте написание.`,
      en: `Perhaps it is ${alike.parameter.name}: mend the spelling.`,
    };
  return {
    ru: "Проверьте написание или уберите его: известные параметры перечислены ниже.",
    en: "Check the spelling or take it out: the known parameters are listed below.",
  };
}

function bare(name: string): string {
  return name.replaceAll(/[\s_-]/g, "").toLowerCase();
}
