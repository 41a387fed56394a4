import { setTimeout as wait } from "node:timers/promises";
import { makeParticipant } from "../../../simulators/torrow.ts";
import { hookPath, KINDS, LOCKS, type CrashVendors, type Kind } from "./vendors.ts";

/** One state of a booking as the booking service told it. */
export interface Told {
  readonly version: number;
  /** Stands in every message about this state, and in no other. */
  readonly mark: string;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly isOff: boolean;
  /** Hooks that answered 2xx. */
  readonly taken: Set<Kind>;
}

export interface Booked {
  readonly number: number;
  readonly lockId: number;
  /** Does not send again what was not answered. */
  readonly isImpatient: boolean;
  readonly told: Told[];
}

export interface Load {
  readonly booked: readonly Booked[];
  /** Requests that are under way, and how they have ended. */
  readonly counts: { underWay: number; taken: number; failed: number; refused: number };
  /** Statuses other than 2xx that were answered. */
  readonly refusals: ReadonlySet<number>;
  /** Sends one booking's events, in their order, until each is taken. */
  book(): Promise<void>;
  /** No more sending again. */
  giveUp(): void;
}

/** Shares of bookings. */
export interface Habits {
  /** Whose events are sent once, answered or not. */
  readonly impatient: number;
  readonly moved: number;
  readonly cancelled: number;
}

export const RESTLESS: Habits = { impatient: 0.15, moved: 0.4, cancelled: 0.3 };
export const STEADY: Habits = { impatient: 0, moved: 0, cancelled: 0 };

const HOUR_MS = 3_600_000;
const RETRY_MS = 300;
const MOST_MS_BETWEEN = 2_500;

/** The booking service under way: bookings that are made, moved and called off while the server comes and goes. */
export function makeLoad(needs: {
  readonly vendors: CrashVendors;
  readonly url: () => string;
  readonly random: () => number;
  readonly habits: Habits;
}): Load {
  const { vendors, random, habits } = needs;
  const booked: Booked[] = [];
  const counts = { underWay: 0, taken: 0, failed: 0, refused: 0 };
  const refusals = new Set<number>();
  const ending = new AbortController();

  const post = async (kind: Kind, lockId: number, body: string): Promise<boolean> => {
    counts.underWay += 1;
    try {
      const answer = await fetch(needs.url() + hookPath(kind, lockId), {
        method: "POST",
        headers: { "content-type": "application/json" },
        body,
        signal: AbortSignal.timeout(10_000),
      });
      await answer.text();
      counts[answer.ok ? "taken" : "refused"] += 1;
      if (!answer.ok) refusals.add(answer.status);
      return answer.ok;
    } catch {
      counts.failed += 1;
      return false;
    } finally {
      counts.underWay -= 1;
    }
  };
  const tell = async (booking: Booked, orderId: string): Promise<void> => {
    const order = vendors.torrow.orders.get(orderId)!;
    const { version, startsAt, endsAt, state } = order;
    const mark = order.description ?? "";
    const told = { version, mark, startsAt, endsAt, isOff: state === 8, taken: new Set<Kind>() };
    booking.told.push(told);
    const body = JSON.stringify(vendors.torrow.eventBody(orderId));
    await Promise.all(
      KINDS.map(async (kind) => {
        while (!ending.signal.aborted) {
          if (await post(kind, booking.lockId, body)) return void told.taken.add(kind);
          if (booking.isImpatient) return;
          await wait(RETRY_MS);
        }
      }),
    );
  };
  return {
    booked,
    counts,
    refusals,
    giveUp: () => ending.abort(),
    book: async () => {
      const number = booked.length + 1;
      const lockId = LOCKS[number % LOCKS.length]!;
      const booking = { number, lockId, isImpatient: random() < habits.impatient, told: [] };
      const [isMoved, isCancelled] = [random() < habits.moved, random() < habits.cancelled];
      const pauses = [random(), random()].map((share) => share * MOST_MS_BETWEEN);
      booked.push(booking);
      const order = vendors.torrow.createOrder(newOrder(number));
      const { id } = order;
      await tell(booking, id);
      if (booking.isImpatient) return;
      if (isMoved) {
        await wait(pauses[0]);
        vendors.torrow.moveOrder(id, HOUR_MS);
        vendors.torrow.editOrder(id, { description: markOf(number, 2), version: 2 });
        await tell(booking, id);
      }
      if (isCancelled) {
        await wait(pauses[1]);
        vendors.torrow.cancelOrder(id);
        vendors.torrow.editOrder(id, { description: markOf(number, 3), version: 3 });
        await tell(booking, id);
      }
    },
  };
}

const markOf = (number: number, version: number): string => `m${number}v${version}e`;

function newOrder(number: number) {
  const startsAt = Math.ceil(Date.now() / HOUR_MS) * HOUR_MS + (24 + (number % 24)) * HOUR_MS;
  const fields = [
    { type: 1, name: "Имя", value: "Пётр Образцов" },
    { type: 7, name: "Телефон", value: `+7900${String(1_000_000 + number)}` },
    { type: 101, name: "*TelegramId", value: String(100_000_000 + number) },
  ];
  return {
    number,
    startsAt,
    endsAt: startsAt + HOUR_MS,
    description: markOf(number, 1),
    participants: [makeParticipant({ fields })],
  };
}
