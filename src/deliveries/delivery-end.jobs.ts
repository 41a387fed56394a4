import type { Queries } from "#platform/db/database.ts";
import type { SendOutcome } from "#channels/channel.ts";
import type { Text } from "#domain/text.ts";
import { note, type Mark } from "#platform/live/live.store.ts";
import * as store from "./deliveries.store.ts";
import { STATE_WORDS, type DeliveryState, type Next } from "./delivery.ts";
import type { Run } from "./delivery-run.ts";
import { planReceipt } from "./receipts.jobs.ts";
import type { Trouble } from "./trouble.ts";

export interface Followed {
  readonly next: Next;
  readonly outcome: SendOutcome;
  readonly ladderStep: number;
}

/** Stores what follows from an attempt: the next part, a later retry, or the end. */
export async function follow(
  run: Run,
  tx: Queries,
  { next, outcome, ladderStep }: Followed,
): Promise<void> {
  const { delivery, job, needs } = run;
  const key = { workspaceId: job.workspaceId, id: delivery.id };
  const at = needs.now();
  const remoteId = outcome.outcome === "accepted" ? outcome.value.remoteId : undefined;
  const detail = outcome.outcome === "accepted" ? undefined : outcome.detail;
  if (next.step === "end") return await end(run, tx, { state: next.state, detail, remoteId });
  if (next.step === "send-next-part") {
    await store.changeDelivery(tx, key, {
      state: "queued",
      at,
      part: delivery.part + 1,
      remoteId,
      isFinal: false,
    });
    return await job.again(tx, at);
  }
  await store.changeDelivery(tx, key, {
    state: "retrying",
    at,
    nextTryAt: next.at,
    detail,
    ladderStep,
    isFinal: false,
  });
  if (delivery.state !== "retrying") await mark(run, tx, { state: "retrying", detail });
  await job.again(tx, next.at);
}

/** Ends a delivery that is not tried any more. */
export async function close(run: Run, ended: Ended): Promise<void> {
  await run.needs.database.transact((tx) => end(run, tx, ended));
  run.needs.jobs().wake();
}

export interface Ended {
  readonly state: DeliveryState;
  readonly detail?: Text | undefined;
  readonly remoteId?: string | undefined;
}

/** Stores the end with its point on the timeline, and tells whoever asked to hear of trouble. */
export async function end(run: Run, tx: Queries, ended: Ended): Promise<void> {
  const { delivery, job, needs, opened } = run;
  const at = needs.now();
  const part = ended.remoteId === undefined ? delivery.part : delivery.part + 1;
  await store.changeDelivery(
    tx,
    { workspaceId: job.workspaceId, id: delivery.id },
    { ...ended, at, part, isFinal: true },
  );
  await mark(run, tx, ended);
  if (ended.state === "sent") await planReceipt(needs, tx, { job, delivery, opened });
  if (ended.state === "refused" || ended.state === "expired" || ended.state === "uncertain")
    await needs.tell(tx, troubleOf(run, ended));
  await job.finish(tx);
}

function troubleOf({ job, delivery }: Run, ended: Ended): Trouble {
  return {
    workspaceId: job.workspaceId,
    hookId: delivery.hook_id,
    bookingId: delivery.booking_id,
    bookingNumber: delivery.booking.number,
    cause: `message-${ended.state}:${ended.detail?.en ?? ""}`,
    text: ended.detail ?? STATE_WORDS[ended.state],
  };
}

const MARKS: Partial<Readonly<Record<DeliveryState, Mark>>> = {
  sent: "done",
  "handed-over": "done",
  retrying: "trouble",
  uncertain: "uncertain",
  refused: "failed",
  expired: "failed",
};

async function mark(
  { job, delivery, needs, opened }: Run,
  tx: Queries,
  ended: Ended,
): Promise<void> {
  const words = STATE_WORDS[ended.state];
  const say = (language: "en" | "ru") =>
    `${opened.manifest.name}, ${delivery.recipient}: ${words[language]}.${ended.detail ? ` ${ended.detail[language]}` : ""}`;
  await note(tx, [
    {
      workspaceId: job.workspaceId,
      at: needs.now(),
      mark: MARKS[ended.state] ?? "fact",
      text: { en: say("en"), ru: say("ru") },
      bookingId: delivery.booking_id,
      hookId: delivery.hook_id,
      deliveryId: delivery.id,
      accessCodeId: delivery.access_code_id ?? undefined,
    },
  ]);
}
