import { h, icon } from "./dom.js";
import { badge, fault, time } from "./draw-parts.js";
import { grouped, moment, span } from "./format.js";
import { say, word } from "./words.js";

/** A card for each code on each of its locks. */
export function drawCodes({ codes, deliveries }, state) {
  const retries = new Map(
    deliveries
      .filter((delivery) => delivery.kind === "code" && delivery.state === "retrying")
      .map(({ recipient, nextTryAt }) => [recipient, nextTryAt]),
  );
  const cards = codes.flatMap((code) =>
    code.locks.map((lock) =>
      drawCard({ code, lock, state, retryAt: retries.get(lock.lockId) ?? undefined }),
    ),
  );
  if (cards.length === 0) return h("p", { class: "quiet" }, say("noCodes"));
  return h("ul", { class: "cards" }, cards);
}

const marks = {
  planned: "waiting",
  writing: "waiting",
  confirmed: "done",
  offline: "done",
  failed: "failed",
  removing: "waiting",
  removed: "fact",
};

function drawCard({ code, lock, state, retryAt }) {
  const from = lock.validFrom ?? code.validFrom;
  const to = lock.validTo ?? code.validTo;
  return h(
    "li",
    { key: `${code.id} ${lock.lockId}`, class: "card code" },
    h(
      "div",
      { class: "line" },
      icon("lock"),
      h("strong", {}, lock.lockName ?? `${say("lock")} ${lock.lockId}`),
      drawState(code, lock, retryAt),
    ),
    drawDigits({ code, lock, state }),
    h(
      "p",
      { class: "quiet" },
      time(from, span(from, to)),
      lock.state !== "removed" && [
        `, ${say("kept")} `,
        time(code.keepUntil, moment(code.keepUntil)),
      ],
    ),
  );
}

function drawState(code, lock, retryAt) {
  if (retryAt !== undefined) return badge("trouble", [`${say("codeRetryAt")} `, time(retryAt)]);
  const isGoing = !code.isWanted && lock.state !== "removed" && lock.state !== "failed";
  if (isGoing) return badge("waiting", say("revoked"));
  return badge(marks[lock.state] ?? "fact", word("lock", lock.state));
}

/** Masked; the demo shows what is behind it, elsewhere that is a matter for the API and leaves a trace there. */
function drawDigits({ code, lock, state }) {
  const shown = state.revealed.get(code.id);
  const act = (name, text) =>
    h("button", { type: "button", "data-act": name, "data-code": code.id, key: name }, text);
  if (shown?.fault) return fault(shown.fault);
  if (!shown)
    return h(
      "p",
      { class: "digits" },
      h("span", { "aria-label": say("hidden"), role: "img", key: "mask" }, "••• •••"),
      state.isDemo && act("reveal", say("reveal")),
    );
  const offline = shown.offline.find(({ lockId }) => lockId === lock.lockId);
  const digits = offline?.digits ?? shown.digits;
  return h(
    "p",
    { class: "digits" },
    h(
      "button",
      {
        type: "button",
        class: "copy",
        "data-act": "copy",
        "data-digits": digits,
        title: say("copy"),
        key: "copy",
      },
      grouped(digits),
    ),
    offline && h("span", { class: "quiet" }, say("offline")),
    act("hide", say("hide")),
  );
}
