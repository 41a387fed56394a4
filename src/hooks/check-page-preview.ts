import type { Language, Text } from "#domain/text.ts";
import { formatInstant } from "#notifications/index.ts";
import { html, type Html } from "./html.ts";
import { drawMessage } from "./message-html.ts";
import { count, partForms, previewWords, words } from "./page-words.ts";
import type { CodePreview, MessagePreview, Preview } from "./preview.ts";

type Zone = Pick<Preview, "timeZone" | "zoneLabel">;

/** `20.11.2026 14:05 (Мск)`, in the hook's zone. */
export function formatMoment(
  at: number,
  { timeZone, zoneLabel }: Zone,
  language: Language,
): string {
  const tag = language === "ru" ? "ru-RU" : "en-GB";
  return formatInstant(at, { tag, language, timeZone, zoneLabel });
}

/** What the guest would read, and when the code would work. */
export function drawPreview(preview: Preview, language: Language): Html {
  const { waitsFor, code, message } = preview;
  return html`<h2>${words.sample[language]}</h2>
    ${waitsFor.length > 0 ? drawWaiting(waitsFor, language) : drawSample(preview, language)}
    ${code ? drawCode(code, preview, language) : html``}
    ${message ? drawMessages(message, language) : html``}`;
}

function drawWaiting(names: readonly string[], language: Language): Html {
  const text: Text = {
    ru: `Пример появится, когда будут исправлены параметры: ${names.join(", ")}.`,
    en: `The example appears when these parameters are right: ${names.join(", ")}.`,
  };
  return html`<p class="quiet">${text[language]}</p>`;
}

function drawSample(preview: Preview, language: Language): Html {
  const { startsAt, endsAt, number } = preview.booking;
  const said = [startsAt, endsAt].map((at) =>
    at === undefined ? "—" : formatMoment(at, preview, language),
  );
  const text: Text = {
    ru: `Бронь ${number ?? ""} придумана для примера: с ${said[0]} до ${said[1]}.`,
    en: `Booking ${number ?? ""} is made up for the example: from ${said[0]} to ${said[1]}.`,
  };
  return html`<p class="hint">${text[language]}</p>`;
}

function drawCode(code: CodePreview, zone: Zone, language: Language): Html {
  if (code.plan !== "issue") {
    const why = code.plan === "impossible" ? code.why : previewWords.noCode;
    return html`<p>${why[language]}</p>`;
  }
  const locks = code.lockIds.join(", ");
  const rows: readonly (readonly [Text, Html])[] = [
    [
      previewWords.code,
      html`<span class="digits">${grouped(code.digits)}</span><br /><span class="quiet"
          >${previewWords.example[language]}</span
        >`,
    ],
    [previewWords.from, html`${formatMoment(code.validity.validFrom, zone, language)}`],
    [previewWords.to, html`${formatMoment(code.validity.validTo, zone, language)}`],
    [
      previewWords.locks,
      code.areLocksFromBooking
        ? html`${previewWords.fromBooking[language]} ${locks}`
        : html`${locks}`,
    ],
    [previewWords.removed, html`${formatMoment(code.keepUntil, zone, language)}`],
  ];
  return html`<dl class="card">
      ${rows.map(
        ([label, value]) =>
          html`<div>
            <dt>${label[language]}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>
    <h3>${previewWords.description[language]}</h3>
    <div class="message" lang="ru">${code.description.replaceAll(/\s*<br\s*\/?>/gi, "\n")}</div>`;
}

function drawMessages({ texts, markup, channel, to }: MessagePreview, language: Language): Html {
  const title = to === "guest" ? previewWords.toGuest : previewWords.toPhone;
  const parts = texts.length > 1 ? `, ${count(texts.length, language, partForms)}` : "";
  const isEmpty = texts.every((text) => text.trim() === "");
  return html`<h3>${title[language]} <span class="quiet">${channel}${parts}</span></h3>
    ${
      isEmpty
        ? html`<p class="quiet">${previewWords.nothing[language]}</p>`
        : texts.map((text) => html`<div class="message">${drawMessage(text, markup)}</div>`)
    }`;
}

/** `482 913`: two halves, or threes. */
function grouped(digits: string): string {
  const size = digits.length % 3 === 0 || digits.length > 8 ? 3 : Math.ceil(digits.length / 2);
  return digits.match(new RegExp(`.{1,${size}}`, "g"))?.join(" ") ?? digits;
}
