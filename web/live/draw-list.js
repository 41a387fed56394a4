import { h, icon } from "./dom.js";
import { moment, span } from "./format.js";
import { badge, fault, note, time } from "./draw-parts.js";
import { getLanguage, say, word } from "./words.js";

/** Every booking, the last changed first, or why there is nothing to see. */
export function drawList(state) {
  const { list } = state;
  if (list.is === "loading") return note(h("p", { class: "quiet" }, say("loading")));
  if (list.is === "token" || list.fault?.why === "forbidden") return drawTokenForm(state);
  if (list.is === "failed") return fault(list.fault);
  if (list.items.length === 0) return drawEmpty();
  const known = new Map(list.items.map((item) => [item.id, item]));
  return [
    list.held > 0 &&
      h(
        "button",
        { key: "held", class: "held", type: "button", "data-act": "arrange" },
        heldText(list),
      ),
    h(
      "ul",
      { key: "rows", class: "rows" },
      list.shownIds.map((id) => drawRow(known.get(id), id === state.chosen.id)),
    ),
    list.next &&
      h("button", { key: "more", class: "more", type: "button", "data-act": "more" }, say("more")),
  ];
}

const heldText = ({ held }) =>
  getLanguage() === "ru" ? `Показать новые: ${held}` : `Show new ones: ${held}`;

function drawRow(item, isChosen) {
  const mark = { waiting: "waiting", trouble: "trouble", failed: "failed" }[item.trouble];
  const isOff = item.state === "cancelled" || item.state === "rejected";
  return h(
    "li",
    { key: item.id },
    h(
      "a",
      {
        class: `row${isOff ? " is-off" : ""}`,
        href: `#/bookings/${item.id}`,
        "aria-current": isChosen ? "true" : undefined,
      },
      h("strong", {}, item.number ?? say("noNumber")),
      h("span", { class: "service" }, item.serviceName ?? ""),
      time(item.updatedAt, moment(item.updatedAt)),
      h(
        "span",
        { class: "when" },
        item.startsAt === null ? say("noTime") : span(item.startsAt, item.endsAt),
      ),
      mark
        ? badge(mark, word("trouble", item.trouble))
        : h("span", { class: "quiet state" }, word("booking", item.state)),
    ),
  );
}

function drawEmpty() {
  return note(h("p", {}, say("empty")), h("p", {}, h("code", {}, say("emptyCommand"))));
}

function drawTokenForm({ wasTokenTried, list }) {
  const isForbidden = list.fault?.why === "forbidden";
  const complaint = isForbidden ? say("forbidden") : wasTokenTried ? say("tokenWrong") : undefined;
  return h(
    "form",
    { class: "note", key: "token" },
    h("h2", {}, icon("lock"), say("tokenTitle")),
    h("p", {}, say("token")),
    h("p", {}, h("code", {}, "concierge token create --scope read")),
    complaint && h("p", { class: "mark-failed", role: "alert", key: "complaint" }, complaint),
    h("label", { for: "token", key: "label" }, say("tokenLabel")),
    h("input", {
      id: "token",
      key: "input",
      name: "token",
      type: "password",
      autocomplete: "off",
      required: true,
      spellcheck: "false",
    }),
    h("p", { class: "quiet" }, say("tokenKept")),
    h("button", { class: "main", type: "submit" }, say("enter")),
  );
}
