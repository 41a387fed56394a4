/** The markups that channels write in. */
export type Markup = "telegram-html" | "whatsapp" | "plain";

/** A stretch of text in one style. A link hides behind its text where the markup can; elsewhere it stands alone. */
export interface Run {
  readonly text: string;
  readonly style?: "bold" | "italic";
  readonly href?: string;
}

export type Line = readonly Run[];

/** Writes one line, with everything that a guest or a business typed made harmless for the markup. */
export function writeLine(line: Line, markup: Markup): string {
  return line.map((run) => writeRun({ ...run, text: clean(run.text) }, markup)).join("");
}

/** UTF-16 units as the vendor counts them, at most: Telegram doesn't count its tags, WhatsApp counts its marks. */
export function measureRun(run: Run, markup: Markup): number {
  return run.text.length + (markup === "whatsapp" && run.style ? 2 : 0);
}

function writeRun(run: Run, markup: Markup): string {
  switch (markup) {
    case "telegram-html":
      return writeHtml(run);
    case "whatsapp":
      return writeWhatsApp(run);
    case "plain":
      return run.text;
  }
}

const htmlTags = { bold: "b", italic: "i" } as const;

function writeHtml({ text, style, href }: Run): string {
  const escaped = escapeHtml(text);
  if (escaped.trim() === "") return escaped;
  const styled = style ? `<${htmlTags[style]}>${escaped}</${htmlTags[style]}>` : escaped;
  return href ? `<a href="${escapeHtml(href)}">${styled}</a>` : styled;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

const whatsAppMarks = { bold: "*", italic: "_" } as const;

function writeWhatsApp({ text, style }: Run): string {
  const safe = neutralise(text);
  // WhatsApp shows the bare marks when a blank stands inside them.
  const [, before = "", inner = "", after = ""] = /^(\s*)(.*?)(\s*)$/su.exec(safe) ?? [];
  if (!style || inner === "") return safe;
  const mark = whatsAppMarks[style];
  return `${before}${mark}${inner}${mark}${after}`;
}

/** Look-alikes that WhatsApp doesn't read as marks. */
const lookAlikes: Readonly<Record<string, string>> = { "*": "∗", _: "ˍ", "~": "∼", "`": "ʹ" };

/** Marks inside a word format nothing, so `my_name` stays as it is; links and e-mail addresses are left whole. */
function neutralise(text: string): string {
  return text
    .split(/(\s+)/u)
    .map((word) => (isAddress(word) ? word : neutraliseWord(word)))
    .join("")
    .replaceAll(/^>(?=\s)/gmu, "›");
}

function isAddress(word: string): boolean {
  return (
    /^(?:https?:\/\/|www\.)\S+$/iu.test(word) ||
    /^[\w.+-]+@[\w-]+(?:\.[\w-]+)+[.,;:!?)]*$/u.test(word)
  );
}

function neutraliseWord(word: string): string {
  return word.replaceAll(
    /(?<![\p{L}\p{N}])[*_~]|[*_~](?![\p{L}\p{N}])|`/gu,
    (mark) => lookAlikes[mark] ?? mark,
  );
}

/** Without what no messenger shows: control characters and halves of surrogate pairs. */
function clean(text: string): string {
  return (
    text
      .toWellFormed()
      .replaceAll(/\r\n?/gu, "\n")
      // oxlint-disable-next-line no-control-regex -- control characters are exactly what goes
      .replaceAll(/[\u0000-\u0009\u000B-\u001F\u007F]/gu, " ")
  );
}
