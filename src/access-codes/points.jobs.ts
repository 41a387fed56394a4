import type { Text } from "#domain/text.ts";
import type { Queries } from "#platform/db/database.ts";
import { note, type Mark } from "#platform/live/live.store.ts";
import type { StepRun } from "./step-run.ts";

/** A point on the booking's timeline about one lock: what was told, or else what the vendor said. */
export async function notePoint(
  tx: Queries,
  run: StepRun & { readonly said?: Text },
  point: { readonly mark: Mark; readonly words?: Text },
): Promise<void> {
  const { code, lock, needs } = run;
  const words = point.words ?? run.said ?? UNKNOWN;
  const name = lock.lockName ?? lock.lockId;
  await note(tx, [
    {
      workspaceId: code.workspaceId,
      at: needs.now(),
      mark: point.mark,
      text: {
        en: `Lock “${name}”: ${sentence(words.en)}`,
        ru: `Замок «${name}»: ${sentence(words.ru)}`,
      },
      bookingId: code.bookingId,
      hookId: code.hookId,
      deliveryId: lock.deliveryId,
      accessCodeId: code.id,
    },
  ]);
}

function sentence(words: string): string {
  return words.endsWith(".") ? words : `${words}.`;
}

const UNKNOWN: Text = { en: "the call failed", ru: "вызов не удался" };

/** A code that is on its way says that it is tried again; whatever it comes to ends that. */
export async function showRetry(
  tx: Queries,
  { needs, code, lock }: StepRun,
  at: number,
): Promise<void> {
  if (!["planned", "writing", "removing"].includes(lock.state)) return;
  const key = { workspaceId: code.workspaceId, id: lock.deliveryId };
  await needs.attempts.change(tx, key, {
    state: "retrying",
    at: needs.now(),
    nextTryAt: at,
    isFinal: false,
  });
}
