import { h } from "./dom.js";
import { time } from "./draw-parts.js";
import { took } from "./format.js";
import { say, told, word } from "./words.js";

export const hasAttempts = ({ attempts }) => attempts.length > 0;

/** What was sent, masked, and what came back: folded away until somebody wants to know. */
export function drawAttempts(attempts) {
  if (attempts.length === 0) return undefined;
  const count = attempts.length > 1 ? ` (${attempts.length})` : "";
  return h(
    "details",
    {},
    h("summary", {}, `${say("attempts")}${count}`),
    attempts.map((attempt) =>
      h("div", { class: "attempt", key: String(attempt.number) }, drawAttempt(attempt)),
    ),
  );
}

function drawAttempt({ number, act, startedAt, finishedAt, outcome, detail, exchanges }) {
  return [
    h(
      "p",
      {},
      h("strong", {}, `${say("attempt")} ${number}`),
      `, ${word("act", act)} · `,
      time(startedAt),
      ` · ${outcome ? word("outcome", outcome) : say("running")}`,
      finishedAt !== null && ` · ${took(finishedAt - startedAt)}`,
    ),
    detail && h("p", {}, told(detail)),
    (exchanges ?? []).map(drawExchange),
  ];
}

function drawExchange({ method, url, requestBody, status, responseBody, detail, durationMs }) {
  return h(
    "div",
    { class: "exchange" },
    h("p", {}, h("code", {}, `${method} ${url}`)),
    body(requestBody),
    h("p", {}, h("code", {}, `→ ${status ?? detail ?? say("noAnswer")}`), ` ${took(durationMs)}`),
    body(responseBody),
  );
}

const body = (text) => text && h("pre", { tabindex: "0" }, pretty(text));

/** JSON is set in lines; anything else stays as it came. */
function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}
