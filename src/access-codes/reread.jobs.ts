import type { OrderNow } from "#booking-sources/booking-source.ts";
import { isOff } from "#bookings/index.ts";
import type { Booking } from "#domain/booking.ts";
import type { Queries } from "#platform/db/database.ts";
import type { Job } from "#platform/jobs/jobs.ts";
import { retryDelayMs } from "#deliveries/index.ts";
import { bookingOfCode, findCode, type AccessCode } from "./access-codes.store.ts";
import { followBooking } from "./access-codes.feature.ts";
import type { CodeNeeds } from "./needs.ts";

export const REREAD_WORK = "code-reread";
/** Shortly before a code begins to work: late enough to hear of a move, early enough to follow it. */
const BEFORE_START_MS = 15 * 60_000;
/** An away service is asked a few times; the next booking event brings the truth anyway. */
const MOST_TRIES = 4;

/** Plans to read the order again shortly before the code's start and at its end, where its service can be asked. */
export async function planRereads(
  needs: Pick<CodeNeeds, "jobs" | "now" | "bookingSource">,
  tx: Queries,
  code: AccessCode,
): Promise<void> {
  if (!needs.bookingSource) return;
  const at = [code.validFrom - BEFORE_START_MS, code.validTo].filter(
    (instant) => instant > needs.now(),
  );
  await needs.jobs().plan(
    tx,
    at.map((runAt, place) => ({
      workspaceId: code.workspaceId,
      kind: REREAD_WORK,
      key: `code-reread:${code.id}:${at.length - place}`,
      payload: { id: code.id },
      runAt,
    })),
  );
}

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
