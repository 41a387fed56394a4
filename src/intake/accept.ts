import { packBody, type StoredBody } from "./body.ts";

/** One inbound webhook, verified, to be kept before its sender is answered. */
export interface Arrival {
  readonly id: string;
  readonly workspaceId: string;
  /** Who sends: a hook's kind or a channel. Together with `externalId` it is stored once. */
  readonly source: string;
  readonly externalId?: string;
  readonly hookId?: string;
  readonly contentType?: string;
  readonly receivedAt: number;
  readonly body: Buffer;
  /** Arrivals of one lane are worked on one after another, in the order they came. */
  readonly lane: string;
}

export interface PackedArrival extends Arrival {
  readonly packed: StoredBody;
}

export interface Intake {
  /** Resolves once the arrival and its work are committed; rejects when the store could not keep it. */
  accept(arrival: Arrival): Promise<void>;
}

/** Stores many arrivals and their work in one statement. */
export type StoreArrivals = (arrivals: readonly PackedArrival[]) => Promise<void>;

/** Bytes of one statement: bounds what one flush holds in memory. */
const MOST_BYTES = 2_000_000;
const MOST_ARRIVALS = 256;
/** Above this average a body counts as large; a second statement then travels while the first one commits. */
const LARGE_BYTES = 8_192;

interface Waiting {
  readonly arrival: PackedArrival;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Group commit: requests that arrive while a statement is under way share the next one. */
export function makeIntake(store: StoreArrivals): Intake {
  const queue: Waiting[] = [];
  let inFlight = 0;
  let isScheduled = false;

  const flush = (): void => {
    isScheduled = false;
    const batch = takeBatch(queue);
    if (batch.length === 0) return;
    inFlight += 1;
    store(batch.map((waiting) => waiting.arrival))
      .then(
        () => batch.forEach((waiting) => waiting.resolve()),
        (error: unknown) => batch.forEach((waiting) => waiting.reject(error)),
      )
      .finally(() => {
        inFlight -= 1;
        schedule();
      });
    schedule();
  };
  const schedule = (): void => {
    if (isScheduled || queue.length === 0 || inFlight >= mostInFlight(queue)) return;
    isScheduled = true;
    setImmediate(flush);
  };
  return {
    accept: (arrival) =>
      new Promise<void>((resolve, reject) => {
        queue.push({ arrival: { ...arrival, packed: packBody(arrival.body) }, resolve, reject });
        schedule();
      }),
  };
}

function mostInFlight(queue: readonly Waiting[]): number {
  const first = queue[0];
  return first && first.arrival.body.length > LARGE_BYTES ? 2 : 1;
}

function takeBatch(queue: Waiting[]): Waiting[] {
  let bytes = 0;
  let count = 0;
  for (const { arrival } of queue) {
    bytes += arrival.packed.bytes.length;
    if (count > 0 && (bytes > MOST_BYTES || count >= MOST_ARRIVALS)) break;
    count += 1;
  }
  return queue.splice(0, count);
}
