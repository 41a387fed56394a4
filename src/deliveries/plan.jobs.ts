import type { Queries } from "#platform/db/database.ts";
import type { Jobs } from "#platform/jobs/jobs.ts";
import { insertDeliveries, type NewDelivery } from "./deliveries.store.ts";

export const SEND_WORK = "delivery";

/** Keeps messages and plans their sending, in the transaction that makes them true. One guest's stay in order. */
export async function planSends(
  needs: { readonly jobs: () => Jobs },
  tx: Queries,
  deliveries: readonly NewDelivery[],
): Promise<void> {
  await insertDeliveries(tx, deliveries);
  const open = deliveries.filter((one) => one.state === "queued");
  await needs.jobs().plan(
    tx,
    open.map((one) => ({
      workspaceId: one.workspaceId,
      kind: SEND_WORK,
      lane: `send:${one.integrationId}:${one.target.guest}`,
      payload: { id: one.id },
    })),
  );
}
