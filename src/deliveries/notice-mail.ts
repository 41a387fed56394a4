import type { Text } from "#domain/text.ts";
import type { Notice } from "./notices.store.ts";

export interface Mail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export interface HookLabel {
  /** As in `/webhook/<kind>`. */
  readonly kind: string;
  readonly id: string;
}

/** The mail about one hook's trouble: the verdict first, then each booking with what happened and what to do. */
export function composeNotice(notice: Notice, hook: HookLabel): Mail {
  const first = notice.lines[0];
  const number = first?.bookingNumber ?? "";
  const more = notice.count > 1 ? ` (+${notice.count - 1})` : "";
  const subject = `Concierge, ${hook.kind}: ${number === "" ? "вебхук брони" : `бронь ${number}`}${more}`;
  const parts = (["ru", "en"] as const).map((language) => section(notice, hook, language));
  return { subject, text: parts.map(toText).join("\n\n— — —\n\n"), html: page(parts) };
}

interface Section {
  readonly verdict: string;
  readonly lines: readonly string[];
  readonly foot: string;
}

const VERDICT: Text = {
  ru: "Нужно ваше внимание: то, что ниже, само не исправится.",
  en: "Your attention is needed: what stands below does not mend itself.",
};

function section(notice: Notice, hook: HookLabel, language: keyof Text): Section {
  const time = new Intl.DateTimeFormat(language, {
    dateStyle: "short",
    timeStyle: "short",
    timeZone: "Europe/Moscow",
  });
  const lines = notice.lines.map((line) => {
    const booking =
      line.bookingNumber === null
        ? ""
        : language === "ru"
          ? `бронь ${line.bookingNumber}, `
          : `booking ${line.bookingNumber}, `;
    return `${booking}${time.format(line.at)}: ${line.text[language]}`;
  });
  const hidden = notice.count - notice.lines.length;
  const rest = language === "ru" ? `и ещё: ${hidden}` : `and more: ${hidden}`;
  return {
    verdict: VERDICT[language],
    lines: hidden > 0 ? [...lines, rest] : lines,
    foot:
      language === "ru"
        ? `Вебхук: /webhook/${hook.kind}, номер ${hook.id}. Об одной и той же причине мы пишем не чаще раза в десять минут.`
        : `Hook: /webhook/${hook.kind}, id ${hook.id}. We write about one and the same cause once in ten minutes at most.`,
  };
}

function toText(one: Section): string {
  return [one.verdict, "", ...one.lines.map((line) => `• ${line}`), "", one.foot].join("\n");
}

function page(parts: readonly Section[]): string {
  const body = parts
    .map(
      (one) =>
        `<p style="font-weight:600">${escape(one.verdict)}</p><ul>${one.lines.map((line) => `<li>${escape(line)}</li>`).join("")}</ul><p style="color:#5B6067;font-size:12px">${escape(one.foot)}</p>`,
    )
    .join('<hr style="border:0;border-top:1px solid #E4E4E0">');
  return `<!doctype html><html lang="ru"><meta charset="utf-8"><body style="font:14px/20px system-ui,sans-serif;color:#1C1D1F;background:#FFFFFF">${body}</body></html>`;
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
