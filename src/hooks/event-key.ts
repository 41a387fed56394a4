import { createHash } from "node:crypto";
import type { BookingEvent } from "#domain/booking.ts";

/** A repeat of the same event within this time of the first does nothing again. */
export const ONCE_WINDOW_MS = 10 * 60_000;

/**
 * What makes two events the same: the order and its version, what happened, the integration that was called, the
 * participants told of, and the hook's parameters. The booking source sends no id of its own (torrow.md, section 5).
 */
export function eventKey(event: BookingEvent, hookId: string): Buffer {
  const { booking } = event;
  const participants = booking.participants.map((one) => one.id ?? "").toSorted();
  const times =
    booking.version === undefined ? [booking.startsAt, booking.endsAt, booking.state] : [];
  const parts = [
    booking.source,
    booking.id,
    booking.version,
    event.type,
    event.integrationId,
    hookId,
    participants,
    times,
  ];
  return createHash("sha256").update(JSON.stringify(parts)).digest();
}
