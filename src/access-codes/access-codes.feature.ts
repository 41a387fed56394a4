import type { Reaction } from "#hooks/index.ts";
import { followBooking } from "./follow-booking.jobs.ts";
import { planFollowing } from "./follow-others.jobs.ts";
import type { CodeNeeds } from "./needs.ts";

/** Lets each booking event say what the booking's codes should be; the locks follow in work of their own. */
export function makeAccessCodes(needs: CodeNeeds): Reaction {
  return async (tx, event) => {
    if (event.change === "stale") return;
    if (event.hook.reading.lock) await followBooking(needs, tx, event);
    await planFollowing(needs, tx, event);
  };
}
