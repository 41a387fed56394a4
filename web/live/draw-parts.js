import { h, icon } from "./dom.js";
import { absolute, exact } from "./format.js";
import { say, word } from "./words.js";

/** A short time; the whole of it on hover. */
export const time = (at, text = exact(at)) =>
  h("time", { datetime: new Date(at).toISOString(), title: absolute(at) }, text);

/** A state with its icon and word. `mark` picks icon and colour. */
export const badge = (mark, text) =>
  h("span", { class: `badge mark-${mark}` }, icon(mark), h("span", {}, text));

export function note(...children) {
  return h("div", { class: "note" }, ...children);
}

/** What happened, why, what to do, and the id to quote. */
export function fault({ why, requestId }) {
  const text = { away: "away", forbidden: "forbidden", missing: "missing" }[why] ?? "failed";
  return note(
    h("p", {}, badge("failed", word("mark", "failed"))),
    h("p", {}, say(text)),
    requestId && h("p", { class: "quiet" }, `${say("requestId")}: `, h("code", {}, requestId)),
    h("p", {}, h("button", { type: "button", "data-act": "retry" }, say("retry"))),
  );
}
