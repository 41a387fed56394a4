export type { BookingSummary, KnownBooking } from "./bookings.store.ts";
export { hasSamePlan, isOff, type Change } from "./known-booking.ts";
