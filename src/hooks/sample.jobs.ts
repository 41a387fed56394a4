import type { BookingSource } from "#booking-sources/booking-source.ts";
import type { Queries } from "#platform/db/database.ts";
import { makeId } from "#platform/uuid.ts";
import { laneOf } from "./event-intake.ts";

/** Keeps our own sample event for a hook and plans its work, as if the booking service had sent it. Gives its id. */
export async function planSample(
  needs: { readonly source: BookingSource; readonly now: () => number },
  tx: Queries,
  hook: { readonly workspaceId: string; readonly id: string; readonly kind: string },
): Promise<string> {
  const now = needs.now();
  const id = makeId(now);
  const event = needs.source.sampleEvent({ now });
  const body = Buffer.from(JSON.stringify(event));
  const { workspaceId, id: hookId } = hook;
  await tx.query(
    `with kept as (
      insert into intake_event (workspace_id, id, source, hook_id, content_type, received_at, encoding, body)
      values ($1, $2, $3, $4, 'application/json', $5, 0, $6) returning id
    )
    insert into work (workspace_id, kind, lane, payload, run_at)
    select $1, 'intake', $7, jsonb_build_object('id', id), $5 from kept`,
    [
      workspaceId,
      id,
      `hook:${hook.kind}`,
      hookId,
      now,
      body,
      laneOf(needs.source, { workspaceId, hookId }, event),
    ],
  );
  return id;
}
