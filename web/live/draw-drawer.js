import { h, icon } from "./dom.js";
import { badge, fault, time } from "./draw-parts.js";
import { say, told, word } from "./words.js";

/** What slides over the page: mails about trouble, or everything that came in. */
export function drawDrawer({ drawer }) {
  const { name, items, is } = drawer;
  const content = { mails: drawMails, intake: drawIntake }[name];
  return [
    h(
      "div",
      { class: "drawer-head", key: "head" },
      h("h2", { id: "drawer-title" }, say(name)),
      h(
        "button",
        { type: "button", "data-act": "close", "aria-label": say("close") },
        icon("close"),
      ),
    ),
    is === "loading" && h("p", { class: "quiet" }, say("loading")),
    is === "ready" && content(items),
    is !== "loading" && is !== "ready" && fault(drawer.fault),
  ];
}

const noticeMarks = { open: "waiting", sent: "done", kept: "fact", refused: "failed" };

function drawMails(notices) {
  if (notices.length === 0) return h("p", { class: "quiet" }, say("noMails"));
  return [
    notices.some(({ state }) => state === "kept") && h("p", { class: "quiet" }, say("mailsNote")),
    h(
      "ul",
      { class: "cards", key: "mails" },
      notices.map((notice) =>
        h(
          "li",
          { class: "card", key: notice.id },
          h(
            "div",
            { class: "line" },
            badge(noticeMarks[notice.state] ?? "fact", word("notice", notice.state)),
            notice.count > 1 && h("strong", {}, `× ${notice.count}`),
            time(notice.windowFrom),
          ),
          notice.lines.map((line) =>
            h(
              "p",
              {},
              line.bookingNumber && h("strong", {}, `${say("bookingOf")} ${line.bookingNumber}. `),
              told(line.text),
            ),
          ),
          h("p", { class: "quiet" }, `${say("hookWord")} `, h("code", {}, notice.hookId)),
        ),
      ),
    ),
  ];
}

const intakeMarks = {
  received: "waiting",
  done: "done",
  superseded: "fact",
  repeated: "fact",
  quarantined: "failed",
};

function drawIntake(events) {
  if (events.length === 0) return h("p", { class: "quiet" }, say("noIntake"));
  return h(
    "ul",
    { class: "cards" },
    events.map((event) =>
      h(
        "li",
        { class: "card", key: event.id },
        h(
          "div",
          { class: "line" },
          badge(intakeMarks[event.state] ?? "fact", word("intake", event.state)),
          drawSource(event.source),
          time(event.receivedAt),
        ),
        event.reason && h("p", {}, told(event.reason)),
        event.state === "quarantined" &&
          h(
            "p",
            { class: "quiet" },
            `${say("replay")} `,
            h("code", {}, `concierge intake replay ${event.id}`),
          ),
        event.bookingId &&
          h("p", {}, h("a", { href: `#/bookings/${event.bookingId}` }, say("booking"))),
      ),
    ),
  );
}

/** Where an event came from: `hook:<kind>`, or `receipts:<integration>`, whose id says nothing to anybody here. */
function drawSource(source) {
  const [family, name] = source.split(":");
  if (family === "receipts") return h("span", {}, say("receipts"));
  return h("span", {}, `${say("hookWord")} `, h("code", {}, name ?? source));
}
