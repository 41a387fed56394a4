import { isOff } from "#bookings/index.ts";
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
  const hook = code && (await needs.hookOf(code.hookId));
  if (!code?.isWanted || !booking || !hook || !bookingSource || isOff(booking))
    return await database.transact((tx) => job.finish(tx));
  const outcome = await bookingSource.read(booking.id);
  await database.transact(async (tx) => {
    if (outcome.outcome !== "accepted") {
      if (job.attempt >= MOST_TRIES) return await job.finish(tx);
      return await job.again(tx, now() + retryDelayMs(needs.ladder, job.attempt, needs.random()));
    }
    const order = outcome.value;
    const read = order ? { ...booking, ...order } : { ...booking, state: "cancelled" as const };
    const applied = await needs.applyBooking(tx, {
      workspaceId: code.workspaceId,
      id: code.bookingId,
      booking: read,
      now: now(),
    });
    if (applied.change !== "stale" && applied.change !== "same") {
      const { workspaceId, bookingId } = code;
      const event = {
        workspaceId,
        bookingId,
        hook,
        receivedAt: now(),
        booking: applied.booking,
        told: read,
        change: applied.change,
      };
      await followBooking(needs, tx, event);
    }
    await job.finish(tx);
  });
  needs.jobs().wake();
}
