import type { Queries } from "#platform/db/database.ts";
import { INTAKE_WORK, type IntakeEvent } from "./intake.store.ts";

export interface Replay {
  /** Of the event: its booking's others are worked on before or after it, never beside it. */
  readonly lane: string;
  readonly now: number;
}

/**
 * Has a kept event worked on once more, whatever was done for it before. A running server finds the work by itself.
 * Nothing is planned for an event that waits for its work already; then it gives false.
 */
export async function replayEvent(
  tx: Queries,
  event: Pick<IntakeEvent, "workspaceId" | "id">,
  { lane, now }: Replay,
): Promise<boolean> {
  const { workspaceId, id } = event;
  const planned = await tx.query({
    text: `with again as (
        update intake_event set state = 'received', reason = null, processed_at = null
        where workspace_id = $1 and id = $2 and state <> 'received' returning id
      )
      insert into work (workspace_id, kind, lane, payload, run_at)
      select $1, $3, $4, jsonb_build_object('id', id, 'isReplay', true), $5 from again
      returning 1`,
    values: [workspaceId, id, INTAKE_WORK, lane, now],
  });
  return planned.length > 0;
}
