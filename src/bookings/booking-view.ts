import type { Booking, ContactFieldType, Participant } from "#domain/booking.ts";
import type { BookingView } from "./bookings.schema.ts";

/**
 * A booking as a screen may show it: of the guests their names only. Its description stays away: a door code may have
 * been written into it.
 */
export function toBookingView(booking: Booking): BookingView {
  const guests = booking.participants.filter((one) => one.role === "consumer");
  return {
    number: booking.number ?? null,
    kind: booking.kind,
    state: booking.state,
    startsAt: booking.startsAt ?? null,
    endsAt: booking.endsAt ?? null,
    service: { name: booking.service.name ?? null, url: booking.service.url ?? null },
    address: booking.address ?? null,
    url: booking.url ?? null,
    resources: booking.resources.map(({ name }) => ({ name })),
    guests: guests.map((one) => ({ name: nameOf(one) ?? null, state: one.state })),
  };
}

function nameOf({ fields }: Participant): string | undefined {
  const valueOf = (type: ContactFieldType) =>
    fields.find((field) => field.type === type)?.value.trim();
  const parts = [valueOf("first-name"), valueOf("middle-name"), valueOf("last-name")];
  return valueOf("full-name") || parts.filter(Boolean).join(" ") || undefined;
}
