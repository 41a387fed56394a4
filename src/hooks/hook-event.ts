import type { Booking } from "#domain/booking.ts";
import type { Change } from "#bookings/index.ts";
import type { Queries } from "#platform/db/database.ts";
import type { Hook } from "./hook-book.ts";

/** A booking event that came by a hook, understood and laid over the known booking. */
export interface HookEvent {
  readonly workspaceId: string;
  readonly intakeEventId: string;
  readonly receivedAt: number;
  readonly hook: Hook;
  readonly bookingId: string;
  /** The booking as it is known now, this event included unless it is stale. */
  readonly booking: Booking;
  /** The booking as this event alone tells it. */
  readonly told: Booking;
  readonly change: Change;
}

/** What a feature does about an event, in the event's own transaction: state and plans, no calls. */
export type Reaction = (tx: Queries, event: HookEvent) => Promise<void>;
