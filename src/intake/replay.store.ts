import type { Queries } from "#platform/db/database.ts";
import { INTAKE_WORK } from "./intake.store.ts";

/** Lets an event be worked on once more, whether or not its work was done before. */
export async function replayEvent(
  tx: Queries,
  event: { readonly workspaceId: string; readonly id: string; readonly hookId: string | undefined },
  now: number,
): Promise<void> {
  await tx.query({
    name: "intake-replay",
    text: `with again as (
        update intake_event set state = 'received', reason = null, processed_at = null
        where workspace_id = $1 and id = $2 returning id
      )
      insert into work (workspace_id, kind, lane, payload, run_at)
      select $1, '${INTAKE_WORK}', $3, jsonb_build_object('id', id, 'isReplay', true), $4 from again`,
    values: [event.workspaceId, event.id, `replay:${event.hookId ?? event.id}`, now],
  });
}
