import type { Outcome } from "#domain/outcome.ts";
import type { Database, Queries } from "#platform/db/database.ts";
import type { Job, Jobs } from "#platform/jobs/jobs.ts";
import { retryDelayMs } from "./delivery.ts";
import { composeNotice, type HookLabel, type Mail } from "./notice-mail.ts";
import { addTrouble, closeNotice, findNotice } from "./notices.store.ts";
import type { Trouble } from "./trouble.ts";

export interface NoticeNeeds {
  readonly database: Database;
  readonly jobs: () => Jobs;
  readonly now: () => number;
  readonly random: () => number;
  readonly ladder: readonly number[];
  /** Absent when no mail server is set: mails are then kept and shown. */
  readonly send:
    | ((mail: Mail & { readonly to: string }) => Promise<Outcome<unknown, string>>)
    | undefined;
  /** The hook that trouble belongs to, and whom it names for errors. */
  readonly hookOf: (
    hookId: string,
  ) => Promise<(HookLabel & { readonly errorEmail: string | undefined }) | undefined>;
}

export const NOTICE_WORK = "notice";
/** Mails are worth sending for a day. */
const WORTH_MS = 86_400_000;

/** Takes trouble in, in the transaction that found it. */
export async function tellTrouble(
  needs: Pick<NoticeNeeds, "jobs" | "now">,
  tx: Queries,
  trouble: Trouble,
): Promise<void> {
  await planMail(needs, tx, trouble.workspaceId, await addTrouble(tx, trouble, needs.now()));
}

async function planMail(
  ...[needs, tx, workspaceId, opened]: [
    Pick<NoticeNeeds, "jobs">,
    Queries,
    string,
    { readonly id: string; readonly sendAt: number } | undefined,
  ]
): Promise<void> {
  if (!opened) return;
  const { id, sendAt: runAt } = opened;
  await needs.jobs().plan(tx, [{ workspaceId, kind: NOTICE_WORK, payload: { id }, runAt }]);
}

/** Sends one mail. While the mail server is away it is tried again for a day. */
export async function runNotice(needs: NoticeNeeds, job: Job): Promise<void> {
  const { database, now } = needs;
  const notice = await findNotice(database, job.workspaceId, String(job.payload["id"]));
  if (!notice || notice.state !== "open") return await database.transact((tx) => job.finish(tx));
  const hook = await needs.hookOf(notice.hookId);
  const outcome =
    needs.send && hook?.errorEmail !== undefined
      ? await needs.send({ ...composeNotice(notice, hook), to: hook.errorEmail })
      : undefined;
  const isAway = outcome?.outcome === "unreachable" && now() - notice.windowFrom < WORTH_MS;
  await database.transact(async (tx) => {
    if (isAway)
      return await job.again(tx, now() + retryDelayMs(needs.ladder, job.attempt, needs.random()));
    const state =
      outcome === undefined ? "kept" : outcome.outcome === "refused" ? "refused" : "sent";
    const next = await closeNotice(tx, notice, { state, at: now() });
    await planMail(needs, tx, job.workspaceId, next);
    await job.finish(tx);
  });
}
