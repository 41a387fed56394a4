import type { Language, Text } from "#domain/text.ts";
import { toAnswer, type Check } from "./check.ts";
import { drawFindings } from "./check-page-findings.ts";
import { drawParameters } from "./check-page-parameters.ts";
import { drawPreview, formatMoment } from "./check-page-preview.ts";
import { html, type Html } from "./html.ts";
import { icon, type IconName } from "./page-icons.ts";
import { renderSides } from "./page-shell.ts";
import { count, faultForms, warningForms, words } from "./page-words.ts";
import type { Preview } from "./preview.ts";

/**
 * The check's answer as a page in both languages, the given one shown first. It needs no script, no network and no
 * images, and holds neither a secret nor the hook's key nor a link to itself. Pure.
 */
export function checkPage(check: Check, preview: Preview, language: Language): string {
  return renderSides({
    language,
    title: { ru: verdict(check, "ru"), en: verdict(check, "en") },
    side: (language) => drawSide({ check, preview, language }),
    foot: html`<h2>
        <span data-side="ru" lang="ru">${words.forPrograms.ru}</span
        ><span data-side="en" lang="en">${words.forPrograms.en}</span>
        <span class="quiet">JSON</span>
      </h2>
      <pre class="card" tabindex="0" aria-label="JSON">
${JSON.stringify(toAnswer(check), undefined, 2)}</pre>`,
  });
}

interface Side {
  readonly check: Check;
  readonly preview: Preview;
  readonly language: Language;
}

function drawSide(side: Side): Html {
  const { check, preview, language } = side;
  return html`${drawVerdict(side)} ${drawFindings(check, language)}
    <div class="columns">
      <div>${drawFacts(check, language)}${drawPreview(preview, language)}</div>
      <div>${drawParameters(check, language)}</div>
    </div>`;
}

function drawVerdict({ check, preview, language }: Side): Html {
  const { kind, mark, word, next } = standing(check);
  const at = formatMoment(preview.madeAt, preview, language);
  const done =
    language === "ru"
      ? `Проверено ${at} по адресу /webhook/${check.reading.kind}. Ничего не изменено и не отправлено.`
      : `Checked on ${at} at /webhook/${check.reading.kind}. Nothing was changed and nothing was sent.`;
  return html`<section class="verdict is-${kind}">
    <div class="state">${icon(mark)}${word[language]}</div>
    <h1>${verdict(check, language)}</h1>
    <p>${next.map((sentence) => sentence[language]).join(" ")}</p>
    <p class="quiet">${done}</p>
  </section>`;
}

interface Standing {
  readonly kind: string;
  readonly mark: IconName;
  readonly word: Text;
  readonly next: readonly Text[];
}

function standing(check: Check): Standing {
  switch (check.status) {
    case "Wrong parameters":
      return { kind: "wrong", mark: "error", word: words.wrong, next: [words.mend, words.later] };
    case "Error":
      return { kind: "error", mark: "error", word: words.error, next: [words.again, words.later] };
    case "Success": {
      const hasWarnings = check.findings.length > 0;
      return hasWarnings
        ? { kind: "warning", mark: "warning", word: words.withWarnings, next: [words.next] }
        : { kind: "good", mark: "good", word: words.success, next: [words.next] };
    }
  }
}

/** The first line: whether it works, in one sentence. */
function verdict(check: Check, language: Language): string {
  const isRussian = language === "ru";
  const faults = check.findings.filter((one) => one.kind === "wrong").length;
  const vendor = vendorOf(check);
  switch (check.status) {
    case "Wrong parameters": {
      const told = count(faults, language, faultForms);
      return isRussian
        ? `Вебхук не заработает: ${told} в параметрах`
        : `The hook will not work: ${told} in its parameters`;
    }
    case "Error":
      return isRussian
        ? `Вебхук сейчас не работает: проверка у ${vendor} не прошла`
        : `The hook does not work now: the check at ${vendor} failed`;
    case "Success": {
      if (check.findings.length === 0)
        return isRussian ? "Вебхук готов к работе" : "The hook is ready to work";
      const told = count(check.findings.length, language, warningForms);
      return isRussian ? `Вебхук готов к работе, есть ${told}` : `The hook is ready, with ${told}`;
    }
  }
}

function vendorOf({ reading }: Check): string {
  return [reading.lock, reading.channel]
    .flatMap((side) => (side ? [side.provider.manifest.name] : []))
    .join(", ");
}

function drawFacts(check: Check, language: Language): Html {
  if (check.facts.length === 0) return html``;
  const title =
    language === "ru" ? `Что ответил ${vendorOf(check)}` : `What ${vendorOf(check)} says`;
  return html`<h2>${title}</h2>
    <dl class="card">
      ${check.facts.map(
        ({ label, value }) =>
          html`<div>
            <dt>${label[language]}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>`;
}
