import type { Queries } from "#platform/db/database.ts";
import type { Jobs } from "#platform/jobs/jobs.ts";
import { SEND_WORK } from "./plan.jobs.ts";

/** A message that a person sends again is worth sending for a day. */
const WORTH_MS = 86_400_000;

interface Resent {
  readonly workspaceId: string;
  readonly id: string;
  readonly kind: "message" | "code";
}

/** Puts a delivery that had ended back into the queue, because a person has decided so. Codes follow their own wish. */
export async function resend(
  needs: { readonly jobs: () => Jobs; readonly now: () => number },
  tx: Queries,
  { workspaceId, id, kind }: Resent,
): Promise<void> {
  if (kind === "code") return await resumeCode(needs, tx, { workspaceId, id });
  const rows = await tx.query<{ integration_id: string; guest: string }>({
    name: "delivery-resend",
    text: `update delivery set state = 'queued', is_trying = false, ladder_step = 0, finished_at = null, next_try_at = null,
        deadline_at = $3, target = jsonb_set(target, '{basis}', '{"staysTrue": true}')
      where workspace_id = $1 and id = $2 returning integration_id, target ->> 'guest' as guest`,
    values: [workspaceId, id, needs.now() + WORTH_MS],
  });
  const row = rows[0];
  if (!row) return;
  const lane = `send:${row.integration_id}:${row.guest}`;
  await needs.jobs().plan(tx, [{ workspaceId, kind: SEND_WORK, lane, payload: { id } }]);
}

async function resumeCode(
  needs: { readonly jobs: () => Jobs },
  tx: Queries,
  { workspaceId, id }: Omit<Resent, "kind">,
): Promise<void> {
  const rows = await tx.query<{ access_code_id: string; lock_id: string }>(
    "select access_code_id, lock_id from access_code_lock where workspace_id = $1 and delivery_id = $2",
    [workspaceId, id],
  );
  const row = rows[0];
  if (!row) return;
  await tx.query(
    "update delivery set state = 'queued', finished_at = null where workspace_id = $1 and id = $2",
    [workspaceId, id],
  );
  const key = `code:${row.access_code_id}:${row.lock_id}`;
  const payload = { id: row.access_code_id, lockId: row.lock_id };
  await needs.jobs().plan(tx, [{ workspaceId, kind: "code-step", key, lane: key, payload }]);
}
