/** What the Bot API makes of a text with `parse_mode=HTML`, or why it refuses it (in the words of its own source). */
export type ParsedHtml =
  | { readonly text: string; readonly tags: readonly string[] }
  | { readonly fault: string };

const knownTags = new Set(
  "b strong i em u ins s strike del span tg-spoiler a tg-emoji code pre blockquote".split(" "),
);
const namedEntities: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"' };

export function parseTelegramHtml(html: string): ParsedHtml {
  const open: string[] = [];
  const tags: string[] = [];
  let text = "";
  for (let rest = html; rest !== "";) {
    const at = rest.indexOf("<");
    text += decodeEntities(at < 0 ? rest : rest.slice(0, at));
    if (at < 0) break;
    const tag = readTag(rest.slice(at), open);
    if ("fault" in tag) return tag;
    if (!tag.isEnd) tags.push(tag.name);
    rest = rest.slice(at + tag.length);
  }
  const unclosed = open.at(-1);
  return unclosed === undefined
    ? { text, tags }
    : { fault: `Can't find end tag corresponding to start tag "${unclosed}"` };
}

type Tag =
  | { readonly name: string; readonly isEnd: boolean; readonly length: number }
  | { readonly fault: string };

function readTag(source: string, open: string[]): Tag {
  const whole = /^<(\/?)([^\s<>/]*)((?:\s+[\w-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>]+))?)*)\s*>/;
  const [all, slash, written = "", attributes = ""] = whole.exec(source) ?? [];
  if (all === undefined) return { fault: "Unclosed start tag" };
  const name = written.toLowerCase();
  if (slash === "/") return closeTag(name, { open, length: all.length });
  if (!isAllowed(name, attributes)) return { fault: `Unsupported start tag "${name}"` };
  open.push(name);
  return { name, isEnd: false, length: all.length };
}

function closeTag(name: string, state: { open: string[]; length: number }): Tag {
  const expected = state.open.pop();
  if (expected === undefined) return { fault: "Unexpected end tag" };
  if (name !== "" && name !== expected)
    return { fault: `Unmatched end tag, expected "</${expected}>", found "</${name}>"` };
  return { name: expected, isEnd: true, length: state.length };
}

function isAllowed(name: string, attributes: string): boolean {
  if (name === "span") return /\bclass\s*=\s*["']?tg-spoiler\b/.test(attributes);
  return knownTags.has(name);
}

function decodeEntities(text: string): string {
  return text.replaceAll(/&(#x[\da-f]{1,6}|#\d{1,7}|\w+);/gi, (all, entity: string) => {
    if (!entity.startsWith("#")) return namedEntities[entity] ?? all;
    const code = Number(`0${entity.slice(1)}`.replace(/^0(?=\d)/, ""));
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });
}
