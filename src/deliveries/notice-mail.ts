import type { Language } from "#domain/text.ts";
import { toHtml, toPlainText, type Section, type TroubleText } from "./notice-layout.ts";
import { count, noticeWords } from "./notice-words.ts";
import type { Notice, NoticeLine } from "./notices.store.ts";

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

/**
 * The mail about one hook's trouble, in Russian and then in English: the verdict first, then what happened, why and what
 * to do, with each booking that it happened to. Pure.
 */
export function composeNotice(notice: Notice, hook: HookLabel): Mail {
  const sections = [section(notice, hook, "ru"), section(notice, hook, "en")];
  return {
    subject: subjectOf(notice, hook),
    text: sections.map(toPlainText).join("\n\n— — —\n\n"),
    html: toHtml(sections),
  };
}

/** Longer ones are cut by mail programs. Characters. */
const subjectLength = 140;

/** Whom it concerns and what happened, so that the list of mails tells enough. */
function subjectOf(notice: Notice, hook: HookLabel): string {
  const subject = `${whom(notice, hook, "ru")}. ${firstSentence(notice.lines[0]?.text.ru ?? "")}`
    .replaceAll(/\s+/g, " ")
    .replace(/[.\s]+$/, "");
  return subject.length <= subjectLength
    ? subject
    : `${subject.slice(0, subjectLength - 1).trimEnd()}…`;
}

function firstSentence(text: string): string {
  return /^.*?[.?…](?=\s|$)/s.exec(text)?.[0] ?? text;
}

function section(notice: Notice, hook: HookLabel, language: Language): Section {
  const words = noticeWords[language];
  const name = whom(notice, hook, language);
  return {
    language,
    verdict: `${words.attention}: ${name.charAt(0).toLowerCase()}${name.slice(1)}`,
    troubles: troublesOf(notice.lines, language),
    facts: [...repeats(notice, language), words.hook(hook.kind, hook.id), words.seldom],
  };
}

function repeats(notice: Notice, language: Language): readonly string[] {
  if (notice.count < 2) return [];
  const words = noticeWords[language];
  const hidden = notice.count - notice.lines.length;
  const happened = words.happened(count(notice.count, words.times, language));
  return [hidden > 0 ? `${happened} ${words.shown(notice.lines.length)}` : happened];
}

/** `Бронь №42`, `Брони №42 и №43`, `Бронь №42 и ещё 4`, or the hook where no booking is known. */
function whom(notice: Notice, hook: HookLabel, language: Language): string {
  const words = noticeWords[language];
  const numbers = [...new Set(notice.lines.flatMap((line) => line.bookingNumber ?? []))];
  const [first, second, ...more] = numbers;
  if (first === undefined) return words.hookAlone(hook.kind);
  const isAll = notice.count <= notice.lines.length;
  if (second === undefined) return isAll ? words.booking(first) : words.andOthers(first);
  if (!isAll) return words.andOthers(first);
  return more.length === 0 ? words.two(first, second) : words.andMore(first, more.length + 1);
}

/** The same trouble of several bookings is told once. */
function troublesOf(lines: readonly NoticeLine[], language: Language): readonly TroubleText[] {
  const byText = Map.groupBy(lines, (line) => line.text[language]);
  return [...byText].map(([text, same]) => ({
    text,
    times: same.map((line) => timeOf(line, language)),
  }));
}

function timeOf({ bookingNumber, at }: NoticeLine, language: Language): string {
  const words = noticeWords[language];
  const time = `${words.time.format(at)} (${words.zone})`;
  return bookingNumber === null ? time : `${words.booking(bookingNumber)}, ${time}`;
}
