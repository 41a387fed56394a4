import { plainTextOf } from "./wire.ts";

/**
 * Our block stands between marks that nobody sees, so that it is found again among what people wrote. The separator
 * before it is inside the marks and goes with it.
 */
const openMark = "\u2063\u2062\u2063";
const closeMark = "\u2063\u2064\u2063";
const marked = new RegExp(`${openMark}[^]*?${closeMark}`, "gu");

/** Below this the source is known to take a description; its real limit is not published. */
export const maxDescriptionLength = 2000;

/**
 * The description with our block in it, or without one for `undefined`; what others wrote stays. The block is text:
 * line breaks (as `<br>` too) and `<b>`, `<i>`, `<u>` are kept, all else is escaped. `undefined`: nothing to change.
 */
export function withBlock(
  description: string | null | undefined,
  block: string | undefined,
): string | undefined {
  const before = description ?? "";
  const html = block?.trim() ? toHtml(block.trim()) : undefined;
  const own = ownBlock(before, html);
  const after = html === undefined ? own.take("") : own.put(html);
  return isSame(before, after) ? undefined : after;
}

interface OwnBlock {
  put(html: string): string;
  take(instead: string): string;
}

function ownBlock(description: string, html: string | undefined): OwnBlock {
  const pattern = [marked, unmarked(html)].find((one) => one && description.search(one) >= 0);
  if (!pattern) {
    return { take: () => description, put: (text) => description + between(text, description) };
  }
  const at = description.search(pattern);
  const others = [description.slice(0, at), description.slice(at)].map((text) =>
    text.replaceAll(pattern, ""),
  );
  const [head = "", tail = ""] = others;
  return {
    take: () => head + tail,
    put: (text) => head + between(text, head) + tail,
  };
}

function between(html: string, before: string): string {
  const separator = before.trim() === "" || /<br\s*\/?>\s*$/iu.test(before) ? "" : "<br>";
  return openMark + separator + html + closeMark;
}

/** Enough words to know a block by. */
const shortestOpening = 6;

/**
 * The source may have cleaned our marks away. A block between asterisks, as the default template is, is then known by
 * its words before the first digit.
 */
function unmarked(html: string | undefined): RegExp | undefined {
  const opening = /^\*\*\*[^\d]+/u.exec(html ?? "")?.[0].trimEnd() ?? "";
  if (opening.length < shortestOpening || !html?.endsWith("***")) return undefined;
  return new RegExp(
    `(?:<br\\s*/?>\\s*)?${opening.replaceAll(/[\\^$.*+?()[\]{}|/]/gu, String.raw`\$&`)}[^]{0,400}?\\*\\*\\*`,
    "gu",
  );
}

/** The source may write tags and blanks in its own way: only what a person would see counts. */
function isSame(one: string, other: string): boolean {
  return seen(one) === seen(other);
}

function seen(html: string): string {
  return (plainTextOf(html) ?? "").replaceAll(/\s+/gu, " ");
}

function toHtml(block: string): string {
  return block
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll(/&lt;(\/?[biu])&gt;/giu, "<$1>")
    .replaceAll(/\s*(?:&lt;br\s*\/?&gt;|\r?\n)/giu, "<br>");
}
