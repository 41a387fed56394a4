import { makeId } from "#platform/uuid.ts";
import type { Queries } from "#platform/db/database.ts";
import type { Job } from "#platform/jobs/jobs.ts";
import type * as store from "./deliveries.store.ts";
import type { DeliveryNeeds } from "./delivery-run.ts";
import { planSends } from "./plan.jobs.ts";

/** Sends a message once more, as a delivery of its own, because the hook asked for that where no receipt came. */
export async function repeatDelivery(
  needs: DeliveryNeeds,
  tx: Queries,
  { job, delivery }: { readonly job: Job; readonly delivery: store.DeliveryRow },
): Promise<void> {
  const { repeatAfterMs: _, ...basis } = delivery.target.basis;
  await planSends(needs, tx, [
    {
      workspaceId: job.workspaceId,
      id: makeId(needs.now()),
      kind: "message",
      integrationId: delivery.integration_id ?? undefined,
      hookId: delivery.hook_id,
      bookingId: delivery.booking_id,
      accessCodeId: delivery.access_code_id ?? undefined,
      target: { ...delivery.target, basis },
      payload: delivery.payload,
      recipient: delivery.recipient,
      parts: delivery.parts,
      state: "queued",
      deadlineAt: delivery.deadline_at ?? undefined,
      now: needs.now(),
    },
  ]);
}
