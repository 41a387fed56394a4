import type { Language, Text } from "#domain/text.ts";
import { html, type Html } from "./html.ts";
import { icon } from "./page-icons.ts";
import { renderSides } from "./page-shell.ts";

/** Why a hook's address was not let in, and what to do: a page in both languages, the given one first. Pure. */
export function refusedPage(
  why: "key" | "unknown-hook",
  language: Language,
  kinds: readonly string[] = [],
): string {
  const page = pages[why];
  return renderSides({
    language,
    title: page.title,
    side: (language) =>
      html`<section class="verdict is-error">
          <div class="state">${icon(why === "key" ? "locked" : "error")}${page.word[language]}</div>
          <h1>${page.title[language]}</h1>
          <p>${page.reason[language]}</p>
        </section>
        <h2>${language === "ru" ? "Что сделать" : "What to do"}</h2>
        <ol>
          ${page.steps[language].map((step) => html`<li>${step}</li>`)}
        </ol>
        ${why === "unknown-hook" && kinds.length > 0 ? drawKinds(kinds, language) : html``}`,
  });
}

function drawKinds(kinds: readonly string[], language: Language): Html {
  return html`<h2>${language === "ru" ? "Какие вебхуки есть" : "Which hooks there are"}</h2>
    <ul>
      ${kinds.map((kind) => html`<li><code>/webhook/${kind}</code></li>`)}
    </ul>`;
}

interface Refusal {
  readonly word: Text;
  readonly title: Text;
  readonly reason: Text;
  readonly steps: Readonly<Record<Language, readonly Html[]>>;
}

const keyCommand = html`<code>concierge hooks key</code>`;
const listCommand = html`<code>concierge hooks list</code>`;

const pages: Readonly<Record<"key" | "unknown-hook", Refusal>> = {
  key: {
    word: { ru: "Нет доступа", en: "No access" },
    title: {
      ru: "Ключ вебхука не указан или не подошёл",
      en: "The hook key is missing or does not fit",
    },
    reason: {
      ru: "Ключ вебхука стоит в адресе после key= и пускает на этот сервер только своих: без него любой мог бы писать гостям от вашего имени или подбирать пароли. Поэтому параметры этого адреса не проверялись.",
      en: "The hook key stands in the address after key= and lets nobody in but your own: without it anybody could write to guests in your name or try passwords. So the parameters of this address were not checked.",
    },
    steps: {
      ru: [
        html`Узнайте ключ у того, кто установил сервер. Он печатает его командой ${keyCommand}.`,
        html`Добавьте ключ в конец адреса, <code>&amp;key=…</code>, или замените им прежний: ключ
          могли сменить.`,
        html`Проверьте, что адрес скопирован целиком, и откройте его ещё раз.`,
      ],
      en: [
        html`Get the key from whoever set the server up. It is printed by ${keyCommand}.`,
        html`Add it to the end of the address, <code>&amp;key=…</code>, or put it in the place of
          the former one: keys are changed at times.`,
        html`See that the whole address was copied, and open it again.`,
      ],
    },
  },
  "unknown-hook": {
    word: { ru: "Не найдено", en: "Not found" },
    title: { ru: "Такого вебхука здесь нет", en: "There is no such hook here" },
    reason: {
      ru: "Адрес записан с ошибкой, либо сохранённый вебхук удалён.",
      en: "The address is misspelt, or the stored hook was removed.",
    },
    steps: {
      ru: [
        html`Сверьте адрес с тем, что напечатал сервер: сохранённые вебхуки показывает команда
        ${listCommand}.`,
        html`Если вебхук удалён, добавьте его заново командой
          <code>concierge hooks add '&lt;адрес&gt;'</code> и замените адрес в сервисе записи.`,
      ],
      en: [
        html`Compare the address with what the server printed: stored hooks are listed by
        ${listCommand}.`,
        html`If the hook was removed, add it again with
          <code>concierge hooks add '&lt;address&gt;'</code> and change the address in the booking
          service.`,
      ],
    },
  },
};
