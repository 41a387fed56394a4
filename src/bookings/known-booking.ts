import type { Booking, Participant } from "#domain/booking.ts";
import type { Text } from "#domain/text.ts";

/** What an event did to the booking as it was known. */
export type Change = "new" | "moved" | "cancelled" | "reopened" | "updated" | "same" | "stale";

export interface Merged {
  readonly booking: Booking;
  readonly change: Change;
}

/**
 * Lays an event's booking over what is known. An event tells of some participants only: the others stay as they were.
 * An older order version than the known one changes nothing.
 */
export function mergeBooking(known: Booking | undefined, told: Booking): Merged {
  if (!known) return { booking: told, change: "new" };
  if (isStale(known, told)) return { booking: known, change: "stale" };
  const booking = {
    ...told,
    participants: mergeParticipants(known.participants, told.participants),
  };
  return { booking, change: changeBetween(known, booking) };
}

/** Whether the booking no longer takes place: it was called off, or nobody who registered is left. */
export function isOff(booking: Booking): boolean {
  if (booking.state === "cancelled" || booking.state === "rejected") return true;
  const consumers = booking.participants.filter((one) => one.role === "consumer");
  return consumers.length > 0 && consumers.every((one) => one.state === "cancelled");
}

/** Whether two readings of a booking name the same time and the same taking place. */
export function hasSamePlan(a: Booking, b: Booking): boolean {
  return a.startsAt === b.startsAt && a.endsAt === b.endsAt && isOff(a) === isOff(b);
}

function isStale(known: Booking, told: Booking): boolean {
  return known.version !== undefined && told.version !== undefined && told.version < known.version;
}

function mergeParticipants(
  known: readonly Participant[],
  told: readonly Participant[],
): readonly Participant[] {
  const ids = new Set(told.map((one) => one.id));
  return [...known.filter((one) => !ids.has(one.id)), ...told];
}

function changeBetween(before: Booking, after: Booking): Change {
  if (isOff(after)) return isOff(before) ? "same" : "cancelled";
  if (isOff(before)) return "reopened";
  if (before.startsAt !== after.startsAt || before.endsAt !== after.endsAt) return "moved";
  return before.version === after.version ? "same" : "updated";
}

/** The point that a change leaves on the booking's timeline; nothing when there is nothing to tell. */
export function describeChange(change: Change): Text | undefined {
  return sentences[change];
}

const sentences: Readonly<Record<Change, Text | undefined>> = {
  new: { en: "Booking received.", ru: "Бронь получена." },
  moved: { en: "The booking was moved to another time.", ru: "Бронь перенесена на другое время." },
  cancelled: { en: "The booking was cancelled.", ru: "Бронь отменена." },
  reopened: { en: "The booking takes place again.", ru: "Бронь снова действует." },
  updated: { en: "The booking was changed.", ru: "Бронь изменена." },
  same: undefined,
  stale: {
    en: "An older version of the booking arrived; it is kept and changes nothing.",
    ru: "Пришла более старая версия брони: она сохранена и ничего не меняет.",
  },
};
