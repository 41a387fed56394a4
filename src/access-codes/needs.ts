import type {
  AttemptMetrics,
  AttemptEnd,
  DeliveryChange,
  NewDelivery,
  Trouble,
} from "#deliveries/index.ts";
import type { Vault } from "#domain/vault.ts";
import type { Change } from "#bookings/index.ts";
import type { Booking } from "#domain/booking.ts";
import type { BookingSourceAccount } from "#booking-sources/booking-source.ts";
import type { Guardian } from "#deliveries/index.ts";
import type { Hook } from "#hooks/index.ts";
import type { Connections } from "#integrations/index.ts";
import type { Database, Queries } from "#platform/db/database.ts";
import type { Jobs } from "#platform/jobs/jobs.ts";
import type { CodeMetrics } from "./code-metrics.store.ts";
import type { RandomInt } from "./code-digits.ts";

/** What the life of a code needs of the rest of the server. */
export interface CodeNeeds {
  readonly database: Database;
  readonly jobs: () => Jobs;
  readonly connections: Connections;
  readonly guardian: Guardian;
  readonly vault: Vault;
  readonly now: () => number;
  readonly random: () => number;
  readonly randomInt: RandomInt;
  readonly ladder: readonly number[];
  readonly phoneCountry: string;
  readonly metrics: { readonly attempts: AttemptMetrics; readonly codes: CodeMetrics };
  readonly hookOf: (hookId: string) => Promise<Hook | undefined>;
  readonly attempts: Attempts;
  readonly insertDeliveries: (tx: Queries, deliveries: readonly NewDelivery[]) => Promise<void>;
  readonly planSends: (tx: Queries, deliveries: readonly NewDelivery[]) => Promise<void>;
  readonly tell: (tx: Queries, trouble: Trouble) => Promise<void>;
  /** Lays what was read over the known booking. */
  readonly applyBooking: (
    tx: Queries,
    told: { workspaceId: string; id: string; booking: Booking; now: number },
  ) => Promise<{ readonly booking: Booking; readonly change: Change }>;
  /** The booking service's API, where a token for it is set. */
  readonly bookingSource: BookingSourceAccount | undefined;
}

/** The record of what was tried at a vendor, on a delivery's timeline. */
export interface Attempts {
  begin(
    tx: Queries,
    key: DeliveryKey,
    begun: { readonly at: number; readonly act: string },
  ): Promise<number>;
  end(tx: Queries, key: DeliveryKey, end: AttemptEnd): Promise<void>;
  change(tx: Queries, key: DeliveryKey, change: DeliveryChange): Promise<void>;
}

export interface DeliveryKey {
  readonly workspaceId: string;
  readonly id: string;
}
