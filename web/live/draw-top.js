import { h, icon } from "./dom.js";
import { age, clock } from "./format.js";
import { getLanguage, say } from "./words.js";

/** The bar above everything: whether the page is up to date, mails, incoming events, the language. */
export function drawTop(state) {
  return [
    h("a", { class: "brand", href: "#/" }, "Concierge"),
    h("span", { class: `health is-${state.feed.is}` }, h("i", { class: "dot" }), healthText(state)),
    h(
      "span",
      { class: "tools" },
      tool("intake", "inbox"),
      tool("mails", "mail"),
      h(
        "button",
        { type: "button", "data-act": "language", lang: getLanguage() === "ru" ? "en" : "ru" },
        say("language"),
      ),
    ),
  ];
}

function tool(name, picture) {
  const label = say(name);
  return h(
    "button",
    { type: "button", "data-act": name, title: label },
    icon(picture),
    h("span", { class: "label" }, label),
  );
}

/** The sentence beside the dot. Old data says how old. */
function healthText({ feed, isRead }) {
  if (feed.is === "live") return say("live");
  if (feed.is === "connecting") return say("connecting");
  if (feed.is === "refused") return say("tokenTitle");
  const now = Date.now();
  const wait = age(Math.max(1000, feed.retryAt - now));
  const isRussian = getLanguage() === "ru";
  if (!isRead)
    return isRussian ? `Нет связи, пробуем через ${wait}` : `No connection, next try in ${wait}`;
  const old = age(now - feed.since);
  return isRussian
    ? `Нет связи с ${clock(feed.since)}. Данным ${old}, пробуем через ${wait}`
    : `No connection since ${clock(feed.since)}. The data is ${old} old, next try in ${wait}`;
}
