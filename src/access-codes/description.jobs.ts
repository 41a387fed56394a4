import type { Text } from "#domain/text.ts";
import type { Queries } from "#platform/db/database.ts";
import type { Job } from "#platform/jobs/jobs.ts";
import { note } from "#platform/live/live.store.ts";
import { retryDelayMs } from "#deliveries/index.ts";
import {
  bookingOfCode,
  findCode,
  locksOfCode,
  type AccessCode,
  type CodeLock,
} from "./access-codes.store.ts";
import { signatureOf, tellable } from "./told-code.ts";
import type { CodeValues } from "./code-plan.ts";
import { describeCode } from "./code-text.ts";
import type { CodeNeeds } from "./needs.ts";

export const DESCRIPTION_WORK = "code-description";
/** Refused descriptions are not tried again; an away service is tried this long. */
const WORTH_MS = 86_400_000;

/** Plans to bring the order's description into line with a code. */
export async function planDescription(
  needs: Pick<CodeNeeds, "jobs">,
  tx: Queries,
  code: AccessCode,
): Promise<void> {
  await needs.jobs().plan(tx, [
    {
      workspaceId: code.workspaceId,
      kind: DESCRIPTION_WORK,
      key: `code-description:${code.id}`,
      lane: `description:${code.bookingId}`,
      payload: { id: code.id },
    },
  ]);
}

/** Writes the code into the order's description, or takes it out once the booking does not take place. */
export async function runDescription(needs: CodeNeeds, job: Job): Promise<void> {
  const { database, bookingSource, now } = needs;
  const code = await findCode(database, {
    workspaceId: job.workspaceId,
    id: String(job.payload["id"]),
  });
  const booking = code && (await bookingOfCode(database, code));
  if (!code || !booking || !bookingSource) return await database.transact((tx) => job.finish(tx));
  const locks = (await locksOfCode(database, code)).filter((lock) => lock.isWanted);
  const isTold = code.isWanted && code.told !== undefined;
  // What the locks do not show yet is not told; it is written once they do.
  if (isTold && code.told !== signatureOf(code, locks))
    return await database.transact((tx) => job.finish(tx));
  const block = isTold ? await blockOf(needs, code, locks) : undefined;
  const outcome = await bookingSource.writeBlock(booking.id, block);
  await database.transact(async (tx) => {
    if (outcome.outcome === "unreachable" || outcome.outcome === "uncertain") {
      const wait = retryDelayMs(needs.ladder, job.attempt, needs.random());
      if (now() + wait < code.validTo + WORTH_MS) return await job.again(tx, now() + wait);
    }
    await describeOutcome(needs, tx, {
      code,
      bookingNumber: booking.number,
      outcome,
      hasBlock: block !== undefined,
    });
    await job.finish(tx);
  });
}

async function blockOf(
  needs: CodeNeeds,
  code: AccessCode,
  locks: readonly CodeLock[],
): Promise<string> {
  const hook = await needs.hookOf(code.hookId);
  return describeCode(
    tellable(needs, code, locks),
    (hook?.reading.values ?? {}) as unknown as CodeValues,
  );
}

interface Described {
  readonly code: AccessCode;
  readonly bookingNumber: string | undefined;
  readonly outcome: Awaited<ReturnType<NonNullable<CodeNeeds["bookingSource"]>["writeBlock"]>>;
  readonly hasBlock: boolean;
}

async function describeOutcome(
  needs: CodeNeeds,
  tx: Queries,
  { code, bookingNumber, outcome, hasBlock }: Described,
): Promise<void> {
  const { workspaceId, bookingId, hookId } = code;
  const accessCodeId = code.id;
  if (outcome.outcome === "accepted") {
    const text = hasBlock ? WRITTEN : REMOVED;
    if (outcome.value.hasChanged)
      await note(tx, [
        { workspaceId, at: needs.now(), mark: "done", text, bookingId, hookId, accessCodeId },
      ]);
    return;
  }
  await note(tx, [
    {
      workspaceId,
      at: needs.now(),
      mark: "failed",
      text: outcome.detail,
      bookingId,
      hookId,
      accessCodeId,
    },
  ]);
  await needs.tell(tx, {
    workspaceId,
    hookId,
    bookingId,
    bookingNumber,
    cause: `description:${outcome.detail.en}`,
    text: outcome.detail,
  });
}

const WRITTEN: Text = {
  en: "The code was written into the order's description.",
  ru: "Код записан в описание заказа.",
};
const REMOVED: Text = {
  en: "The code was taken out of the order's description.",
  ru: "Код убран из описания заказа.",
};
