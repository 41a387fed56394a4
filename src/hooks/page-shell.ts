import type { Language } from "#domain/text.ts";
import { html, type Html } from "./html.ts";
import { styles } from "./page-style.ts";

/** One page in both languages: the reader changes between them on the page, without script and without a request. */
export interface BothSides {
  /** The one to begin with. */
  readonly language: Language;
  readonly title: Readonly<Record<Language, string>>;
  readonly side: (language: Language) => Html;
  /** What is the same in both. */
  readonly foot?: Html;
}

/**
 * A whole page. It carries no link: the page's own address holds the hook's secrets, and must be neither repeated in
 * the page nor told to anybody by following one.
 */
export function renderSides({ language, title, side, foot }: BothSides): string {
  const other = language === "ru" ? "en" : "ru";
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <meta name="referrer" content="no-referrer" />
        <title>${title[language]}</title>
        <style>
          ${{ html: styles }}
          [data-side="${other}"]{display:none}
          ${shown("ru", "en")}
          ${shown("en", "ru")}
        </style>
      </head>
      <body>
        <header>
          <span class="brand">Concierge</span>
          <span class="switch" role="radiogroup" aria-label="Язык / Language">
            ${choice("ru", "Русский", language)}${choice("en", "English", language)}
          </span>
        </header>
        <main>
          <div data-side="ru" lang="ru">${side("ru")}</div>
          <div data-side="en" lang="en">${side("en")}</div>
          ${foot}
        </main>
      </body>
    </html> `.html;
}

function shown(chosen: Language, other: Language): Html {
  return {
    html: `body:has(#in-${chosen}:checked) [data-side="${other}"]{display:none}
body:has(#in-${chosen}:checked) [data-side="${chosen}"]{display:revert}`,
  };
}

function choice(language: Language, name: string, chosen: Language): Html {
  const isChosen = { html: language === chosen ? " checked" : "" };
  return html`<input
      type="radio"
      name="language"
      id="in-${language}"
      autocomplete="off"
      ${isChosen}
    /><label for="in-${language}" lang="${language}">${name}</label>`;
}
