import type { Language } from "#domain/text.ts";
import { readQuery } from "./query.ts";

/** What of a request says how to answer it. */
export interface Asking {
  /** With its query. */
  readonly url: string;
  readonly headers: {
    readonly accept?: string | undefined;
    readonly "accept-language"?: string | undefined;
  };
}

/**
 * Whether the answer should be a page: the caller names HTML, and likes it no less than JSON. A program that takes
 * anything, or says nothing, gets JSON.
 */
export function prefersHtml({ headers }: Asking): boolean {
  const html = rank(headers.accept, /^(text\/html|application\/xhtml\+xml)$/);
  if (!html) return false;
  const json = rank(headers.accept, /^application\/([\w.-]+\+)?json$/);
  if (!json) return true;
  return html.weight === json.weight ? html.place < json.place : html.weight > json.weight;
}

/** `?lang=ru|en` decides, then what the browser prefers, then Russian, which most of our readers read. */
export function preferredLanguage({ url, headers }: Asking): Language {
  const wish = readQuery(url).find(({ name }) => name === "lang")?.value;
  if (wish === "ru" || wish === "en") return wish;
  const ru = rank(headers["accept-language"], /^ru(-|$)/);
  const en = rank(headers["accept-language"], /^en(-|$)/);
  if (!en) return "ru";
  if (!ru) return "en";
  if (ru.weight === en.weight) return ru.place < en.place ? "ru" : "en";
  return ru.weight > en.weight ? "ru" : "en";
}

interface Rank {
  readonly weight: number;
  readonly place: number;
}

/** Where the first matching item of such a header stands and how it is weighed (RFC 9110, 12.4.2); weight 0 is a no. */
function rank(header: string | undefined, wanted: RegExp): Rank | undefined {
  const items = (header ?? "").toLowerCase().split(",");
  return items.map(toRank(wanted)).find((found) => found !== undefined && found.weight > 0);
}

function toRank(wanted: RegExp): (item: string, place: number) => Rank | undefined {
  return (item, place) => {
    const [value = "", ...parameters] = item.split(";").map((part) => part.trim());
    if (!wanted.test(value)) return undefined;
    const weight = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2);
    return { weight: weight === undefined ? 1 : Number(weight) || 0, place };
  };
}
