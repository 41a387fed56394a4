import type { BookingKind } from "#domain/booking.ts";
import { instantOf, member, numberOf, textOf, wordOf } from "./wire.ts";

const wordsOfNames: readonly (readonly [RegExp, BookingKind])[] = [
  [/^(?:заказ|заявк|аренд|order|request|rent)/iu, "order"],
  [/^(?:запис|при[её]м|встреч|appointment|booking|visit)/iu, "appointment"],
  [/^(?:мероприят|участ|event|participation)/iu, "event"],
];

/** `SessionDurationNone`, `SessionPrecisionNone`: nothing is booked by time. `Date`: by whole days, as a rental is. */
const untimedDurations = { 1: true, SessionDurationNone: true };
const untimedPrecisions = { 1: true, SessionPrecisionNone: true, 3: true, Date: true };

/**
 * Which words a guest reads: заказ, запись or участие в мероприятии. The source doesn't say, so the first rule that
 * speaks decides: several guests at once, the word in the order's name, how time is chosen, else an appointment.
 */
export function kindOf(order: unknown, service: unknown): BookingKind {
  const seats =
    numberOf(member(order, "MaxConsumerQuantity")) ??
    numberOf(member(service, "MaxConsumerQuantity")) ??
    1;
  if (seats > 1) return "event";
  const name = textOf(member(order, "ItemInfo", "Name")) ?? textOf(member(order, "Name")) ?? "";
  const named = wordsOfNames.find(([pattern]) => pattern.test(name));
  if (named) return named[1];
  return isUntimed(order, member(service, "SessionDurationProperties")) ? "order" : "appointment";
}

function isUntimed(order: unknown, session: unknown): boolean {
  return (
    instantOf(member(order, "StartDate") ?? member(order, "BeginDate")) === undefined ||
    wordOf(member(session, "SessionDurationType"), untimedDurations) === true ||
    wordOf(member(session, "SessionPrecisionType"), untimedPrecisions) === true
  );
}
