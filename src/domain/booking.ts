/** A booking as any booking source tells it. Instants are milliseconds since 1970. */
export interface Booking {
  /** Id of the booking source's provider. */
  readonly source: string;
  /** The order's id there. */
  readonly id: string;
  /** Grows with each change at the source; absent when the source did not say. */
  readonly version: number | undefined;
  readonly state: BookingState;
  readonly startsAt: number | undefined;
  readonly endsAt: number | undefined;
  /** As a person says it: `№42`. */
  readonly number: string | undefined;
  /** Picks the words заказ / запись / участие в мероприятии. */
  readonly kind: BookingKind;
  readonly description: string | undefined;
  readonly address: string | undefined;
  readonly service: {
    readonly id: string | undefined;
    readonly name: string | undefined;
    readonly url: string | undefined;
  };
  readonly url: string | undefined;
  readonly resources: readonly BookingResource[];
  readonly participants: readonly Participant[];
}

/** `open`: may still happen (asked for, planned, in work, by time). */
export type BookingState = "open" | "completed" | "cancelled" | "rejected" | "unknown";

export type BookingKind = "order" | "appointment" | "event";

export interface BookingResource {
  readonly id: string | undefined;
  readonly name: string;
  readonly description: string | undefined;
  /** The source's article field. */
  readonly code: string | undefined;
  readonly tags: readonly string[];
  readonly price: number | undefined;
  /** ISO 4217. */
  readonly currency: string | undefined;
  readonly amount: number | undefined;
  /** OKEI code of the unit of measure: 796 is a piece. */
  readonly unitCode: number | undefined;
}

export interface Participant {
  readonly id: string | undefined;
  readonly role: "consumer" | "executor" | "escort" | "unknown";
  readonly state: "booking" | "registered" | "cancelled" | "approving" | "unknown";
  readonly fields: readonly ContactField[];
  readonly comment: string | undefined;
  readonly timeZone: string | undefined;
  /** What this participant pays in all, when the source says so. */
  readonly price?: { readonly amount: number; readonly currency: string | undefined };
}

export interface ContactField {
  readonly type: ContactFieldType;
  /** As the business called it: `*TelegramId`. */
  readonly name: string;
  readonly value: string;
}

export type ContactFieldType =
  | "full-name"
  | "last-name"
  | "first-name"
  | "middle-name"
  | "verified-phone"
  | "main-phone"
  | "additional-phone"
  | "email"
  | "other";

/** One booking event out of a webhook's body. */
export interface BookingEvent {
  readonly booking: Booking;
  /** The source's own word or number for what happened; unknown ones are taken, not refused. */
  readonly type: string;
  /** The source's id of the integration that was called. */
  readonly integrationId: string | undefined;
}
