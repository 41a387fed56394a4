import { escapeHtml, type Html } from "./html.ts";

type Markup = "telegram-html" | "whatsapp" | "plain";

/** A message as its reader sees it, out of the channel's markup. Links are drawn and lead nowhere. Pure. */
export function drawMessage(text: string, markup: Markup): Html {
  return { html: drawers[markup](text) };
}

const drawers: Readonly<Record<Markup, (text: string) => string>> = {
  "telegram-html": drawTelegram,
  whatsapp: (text) => drawAround(text, drawMarks),
  plain: (text) => drawAround(text, escapeHtml),
};

const styleTags: Readonly<Record<string, string>> = {
  b: "b",
  strong: "b",
  i: "i",
  em: "i",
  u: "u",
  s: "s",
  code: "code",
  pre: "code",
};

/** Only the tags that are known survive, without attributes, and each of them is closed. */
function drawTelegram(text: string): string {
  const open: string[] = [];
  const drawn = text.split(/(<\/?[a-z][^<>]*>)/i).map((part) => {
    const [, slash, name = ""] = /^<(\/?)([a-z]+)/i.exec(part) ?? [];
    if (slash === undefined) return escapeHtml(unescapeHtml(part));
    const tag = name.toLowerCase() === "a" ? "u" : styleTags[name.toLowerCase()];
    if (tag === undefined) return "";
    if (slash === "") {
      open.push(tag);
      return name.toLowerCase() === "a" ? '<u class="link">' : `<${tag}>`;
    }
    return open.at(-1) === tag ? `</${open.pop() ?? tag}>` : "";
  });
  return (
    drawn.join("") +
    open
      .toReversed()
      .map((tag) => `</${tag}>`)
      .join("")
  );
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"' };

/** The entities that Telegram knows. */
function unescapeHtml(text: string): string {
  return text.replaceAll(/&(amp|lt|gt|quot);/g, (all, name: string) => entities[name] ?? all);
}

/** Messengers make links of addresses by themselves, and read no marks inside them. */
function drawAround(text: string, draw: (text: string) => string): string {
  return text
    .split(/(https?:\/\/\S+)/u)
    .map((part, place) =>
      place % 2 === 1 ? `<u class="link">${escapeHtml(part)}</u>` : draw(part),
    )
    .join("");
}

const whatsAppMarks = [
  { mark: "\\*", tag: "b" },
  { mark: "_", tag: "i" },
  { mark: "~", tag: "s" },
] as const;

function drawMarks(text: string): string {
  return whatsAppMarks.reduce(
    (drawn, { mark, tag }) =>
      drawn.replaceAll(
        new RegExp(`(?<![\\p{L}\\p{N}])${mark}(?=\\S)([^\\n]*?\\S)${mark}(?![\\p{L}\\p{N}])`, "gu"),
        `<${tag}>$1</${tag}>`,
      ),
    escapeHtml(text),
  );
}
