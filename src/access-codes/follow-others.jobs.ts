import type { HookEvent } from "#hooks/index.ts";
import type { Queries } from "#platform/db/database.ts";
import type { Job } from "#platform/jobs/jobs.ts";
import { bookingOfCode, codesOfBooking, findCode, type AccessCode } from "./access-codes.store.ts";
import { followBooking } from "./follow-booking.jobs.ts";
import type { CodeNeeds } from "./needs.ts";

export const FOLLOW_WORK = "code-follow";

/**
 * Plans that codes which other hooks made for the same booking follow it too: a cancellation may come by any hook, and
 * a hook whose parameters were changed is another one than that which made the code.
 */
export async function planFollowing(
  needs: Pick<CodeNeeds, "jobs">,
  tx: Queries,
  event: HookEvent,
): Promise<void> {
  if (event.change === "new" || event.change === "same" || event.change === "stale") return;
  const { workspaceId, bookingId, receivedAt } = event;
  const codes = await codesOfBooking(tx, workspaceId, bookingId);
  await needs.jobs().plan(
    tx,
    codes
      .filter((code) => isFollowing(code, event))
      .map(({ id }) => ({
        workspaceId,
        kind: FOLLOW_WORK,
        key: `${FOLLOW_WORK}:${id}`,
        payload: { id, receivedAt },
      })),
  );
}

/** A code that was taken away comes back with its booking, unless a lock's hook of today makes one itself. */
function isFollowing(code: AccessCode, { hook, change }: HookEvent): boolean {
  if (code.hookId === hook.id) return false;
  return code.isWanted || (change === "reopened" && !hook.reading.lock);
}

/** Brings a code into line with its booking as it is known now. */
export async function runFollowing(needs: CodeNeeds, job: Job): Promise<void> {
  const key = { workspaceId: job.workspaceId, id: String(job.payload["id"]) };
  const known = await findCode(needs.database, key);
  const hook = known && (await needs.hookOf(known.hookId));
  await needs.database.transact(async (tx) => {
    const code = await findCode(tx, key, true);
    const booking = code && (await bookingOfCode(tx, code));
    if (code && hook && booking)
      await followBooking(needs, tx, {
        workspaceId: code.workspaceId,
        bookingId: code.bookingId,
        receivedAt: Number(job.payload["receivedAt"]),
        hook,
        booking,
        told: booking,
        change: "updated",
      });
    await job.finish(tx);
  });
  needs.jobs().wake();
}
