import type { Booking, BookingEvent } from "#domain/booking.ts";
import type { Manifest } from "#domain/manifest.ts";
import type { Outcome } from "#domain/outcome.ts";
import type { Tools } from "#domain/tools.ts";

/** One booking service as the server sees it. */
export interface BookingSource {
  readonly manifest: Manifest;
  /** Wire to server, pure. `unreadable` says what is missing; the event is then kept in quarantine, never dropped. */
  receive(body: unknown): { readonly event: BookingEvent } | { readonly unreadable: string };
  /** The id of the booking that `receive` would tell of, without reading the rest; absent where it is unreadable. */
  idOf(body: unknown): string | undefined;
  /** Opens the source's API with the token from the environment; `undefined` when none is set. */
  connect(tools: Tools): BookingSourceAccount | undefined;
  /** An event of ours in the source's own shape: what hooks are tried with, and previews are made of. */
  sampleEvent(options: SampleOptions): Readonly<Record<string, unknown>>;
}

export interface SampleOptions {
  /** Milliseconds since 1970; the booking starts on the next day unless told. */
  readonly now: number;
  /** Follows `now` unless told, so that each sample is an order of its own. */
  readonly orderId?: string;
  readonly version?: number;
  readonly startsAt?: number;
  readonly durationMs?: number;
  readonly lockId?: string;
  readonly phone?: string;
  readonly telegramId?: string;
  /** Bytes of the compact JSON, at least: it grows as a busy service's does. */
  readonly size?: number;
}

export interface BookingSourceAccount {
  /** Reads the order again. `undefined`: it is gone at the source. */
  read(bookingId: string): Promise<SourceOutcome<OrderNow | undefined>>;
  /**
   * Puts our block into the order's description: what others wrote stays, our own earlier block is replaced, and
   * nothing is written when it would not change. An absent block takes ours away.
   */
  writeBlock(
    bookingId: string,
    block: string | undefined,
  ): Promise<SourceOutcome<{ readonly hasChanged: boolean }>>;
}

/** What matters of an order that is read again. */
export type OrderNow = Pick<Booking, "id" | "version" | "state" | "startsAt" | "endsAt">;

export type SourceOutcome<Value> = Outcome<
  Value,
  "sign-in" | "no-permission" | "missing" | "invalid"
>;
