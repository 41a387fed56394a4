import type { Reaction } from "#hooks/index.ts";
import { followBooking } from "./follow-booking.jobs.ts";
import type { CodeNeeds } from "./needs.ts";

/** Lets each booking event of a lock's hook say what its code should be; the locks follow in work of their own. */
export function makeAccessCodes(needs: CodeNeeds): Reaction {
  return async (tx, event) => {
    if (!event.hook.reading.lock || event.change === "stale") return;
    await followBooking(needs, tx, event);
  };
}
