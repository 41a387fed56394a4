import type { OrderNow } from "#booking-sources/booking-source.ts";
import { isOff } from "#bookings/index.ts";
import type { Booking } from "#domain/booking.ts";
import type { Queries } from "#platform/db/database.ts";
import type { Job } from "#platform/jobs/jobs.ts";
import { retryDelayMs } from "#deliveries/index.ts";
import { bookingOfCode, findCode, type AccessCode } from "./access-codes.store.ts";
import { followBooking } from "./follow-booking.jobs.ts";
import type { CodeNeeds } from "./needs.ts";

/** An away service is asked a few times; the next booking event brings the truth anyway. */
const MOST_TRIES = 4;

/** Reads the order again; what has changed there is followed as if an event had told it. */
export async function runReread(needs: CodeNeeds, job: Job): Promise<void> {
  const { database, bookingSource, now } = needs;
  const code = await findCode(database, {
    workspaceId: job.workspaceId,
    id: String(job.payload["id"]),
  });
  const booking = code && (await bookingOfCode(database, code));
  if (!code?.isWanted || !booking || !bookingSource || isOff(booking))
    return await database.transact((tx) => job.finish(tx));
  const outcome = await bookingSource.read(booking.id);
  await database.transact(async (tx) => {
    if (outcome.outcome !== "accepted" && job.attempt < MOST_TRIES)
      return await job.again(tx, now() + retryDelayMs(needs.ladder, job.attempt, needs.random()));
    if (outcome.outcome === "accepted")
      await follow(needs, tx, { code, booking, order: outcome.value });
    await job.finish(tx);
  });
  needs.jobs().wake();
}

interface Reread {
  readonly code: AccessCode;
  readonly booking: Booking;
  readonly order: OrderNow | undefined;
}

/** An order that is gone at its source takes place no more. */
async function follow(
  needs: CodeNeeds,
  tx: Queries,
  { code, booking, order }: Reread,
): Promise<void> {
  const hook = await needs.hookOf(code.hookId);
  if (!hook) return;
  const { workspaceId, bookingId } = code;
  const receivedAt = needs.now();
  const told: Booking = order ? { ...booking, ...order } : { ...booking, state: "cancelled" };
  const applied = await needs.applyBooking(tx, {
    workspaceId,
    id: bookingId,
    booking: told,
    now: receivedAt,
  });
  if (applied.change === "stale" || applied.change === "same") return;
  await followBooking(needs, tx, { workspaceId, bookingId, hook, receivedAt, told, ...applied });
}
