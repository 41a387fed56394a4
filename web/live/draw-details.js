import { h, icon } from "./dom.js";
import { drawAttempts, hasAttempts } from "./draw-attempts.js";
import { drawCodes } from "./draw-codes.js";
import { badge, fault, note, time } from "./draw-parts.js";
import { span } from "./format.js";
import { say, told, word } from "./words.js";

/** The chosen booking: its codes, its messages, and everything that happened to it. */
export function drawDetails(state) {
  const { chosen, list } = state;
  if (list.is === "token" || list.fault?.why === "forbidden") return [];
  if (!chosen.id) return list.items.length > 0 && note(h("p", { class: "quiet" }, say("choose")));
  const back = h("a", { key: "back", class: "back", href: "#/" }, icon("back"), say("back"));
  if (chosen.fault) return [back, fault(chosen.fault)];
  if (!chosen.data) return [back, note(h("p", { class: "quiet" }, say("loading")))];
  const { booking, codes, deliveries, timeline } = chosen.data;
  return [
    back,
    h("div", { key: `head ${chosen.id}` }, drawHead(booking)),
    section("codes", drawCodes({ codes, deliveries }, state)),
    section(
      "messages",
      drawMessages(
        deliveries.filter(({ kind }) => kind === "message"),
        state.names,
      ),
    ),
    section("timeline", drawTimeline(timeline, deliveries)),
  ];
}

const section = (name, content) => h("section", { key: name }, h("h2", {}, say(name)), content);

function drawHead(booking) {
  const guests = (booking.guests ?? []).map(({ name }) => name).filter(Boolean);
  const facts = [
    booking.startsAt === null ? say("noTime") : span(booking.startsAt, booking.endsAt),
    booking.address,
    guests.join(", "),
    (booking.resources ?? []).map(({ name }) => name).join(", "),
  ].filter(Boolean);
  const mark =
    booking.state === "open" ? "fact" : booking.state === "completed" ? "done" : "failed";
  return [
    h(
      "h1",
      {},
      `${say("bookingOf")} ${booking.number ?? say("noNumber")}`,
      booking.service?.name && h("span", { class: "quiet" }, ` ${booking.service.name}`),
    ),
    h(
      "p",
      { class: "facts" },
      badge(mark, word("booking", booking.state)),
      ...facts.map((fact) => h("span", {}, fact)),
    ),
  ];
}

const markOf = {
  queued: "waiting",
  retrying: "trouble",
  held: "trouble",
  sent: "done",
  "handed-over": "done",
  delivered: "done",
  read: "done",
  refused: "failed",
  expired: "failed",
  uncertain: "uncertain",
  cancelled: "fact",
};

function drawMessages(messages, names) {
  if (messages.length === 0) return h("p", { class: "quiet" }, say("noMessages"));
  return h(
    "ul",
    { class: "cards" },
    messages.map((message) => drawMessage(message, names)),
  );
}

function drawMessage(message, names) {
  const next = message.state === "retrying" && message.nextTryAt;
  return h(
    "li",
    { key: message.id, class: "card" },
    h(
      "div",
      { class: "line" },
      icon("message"),
      h("strong", {}, names.get(message.channel) ?? message.channel ?? ""),
      h("span", { class: "recipient" }, message.recipient),
      time(message.createdAt),
    ),
    h(
      "div",
      {},
      badge(
        markOf[message.state] ?? "fact",
        next ? [`${say("retryAt")} `, time(next)] : word("delivery", message.state),
      ),
    ),
    message.detail && h("p", {}, told(message.detail)),
    drawAttempts(message.attempts),
  );
}

function drawTimeline(points, deliveries) {
  if (points.length === 0) return h("p", { class: "quiet" }, say("noTimeline"));
  const tried = assignAttempts(points, deliveries);
  return h(
    "ol",
    { class: "timeline" },
    points.map((point) =>
      h(
        "li",
        { key: point.cursor, class: `mark-${point.mark}` },
        h(
          "span",
          { class: "point" },
          icon(point.mark),
          h("span", { class: "unseen" }, word("mark", point.mark)),
        ),
        h("div", {}, h("p", {}, told(point.text)), drawAttempts(tried.get(point.cursor) ?? [])),
        time(point.at),
      ),
    ),
  );
}

/** Each attempt folds out below the point that it led to: the first one of its delivery that was noted after it began. */
function assignAttempts(points, deliveries) {
  const assigned = new Map();
  for (const { id, attempts } of deliveries.filter(hasAttempts)) {
    const own = points.filter((point) => point.deliveryId === id);
    for (const attempt of attempts) {
      const led =
        own.find((point) => point.at >= (attempt.finishedAt ?? attempt.startedAt)) ?? own.at(-1);
      if (led) assigned.set(led.cursor, [...(assigned.get(led.cursor) ?? []), attempt]);
    }
  }
  return assigned;
}
