import type { SendOutcome } from "#channels/channel.ts";
import type { Text } from "#domain/text.ts";
import type { Queries } from "#platform/db/database.ts";
import { recordExchanges } from "#platform/outbound/record.ts";
import * as store from "./deliveries.store.ts";
import { afterOutcome } from "./delivery.ts";
import { close, end, follow, type Followed } from "./delivery-end.jobs.ts";
import type { Run } from "./delivery-run.ts";
import { hidden, messageOf } from "./delivery-message.ts";

/** How long an uncertain outcome is asked about before a person has to decide. */
const SETTLE_FOR_MS = 10 * 60_000;
const SETTLE_EVERY_MS = 10_000;

/** An attempt that was begun and whose outcome nobody stored, or that ended uncertain: the vendor is asked first. */
export async function settle(run: Run): Promise<void> {
  const { needs, delivery, job, opened } = run;
  const ask = opened.account.settle?.bind(opened.account);
  const message = messageOf(run);
  if (!ask) return await close(run, { state: "uncertain", detail: UNCLEAR });
  const number = await store.beginAttempt(
    needs.database,
    { workspaceId: job.workspaceId, id: delivery.id },
    { expected: delivery.attempt, at: needs.now(), act: "settle" },
  );
  if (number === undefined) return;
  const { result, exchanges } = await recordExchanges(hidden(run, message), () => ask(message));
  const isTooLong = needs.now() - message.triedAt > SETTLE_FOR_MS;
  await needs.database.transact(async (tx) => {
    const key = { workspaceId: job.workspaceId, id: delivery.id };
    await store.endAttempt(tx, key, {
      number,
      at: needs.now(),
      outcome: `settled-${result.found}`,
      exchanges,
    });
    if (result.found === "yes") return await follow(run, tx, settledYes(run, result.remoteId));
    if (result.found === "unknown" && isTooLong)
      return await end(run, tx, { state: "uncertain", detail: UNCLEAR });
    if (result.found === "unknown") return await waitToSettle(run, tx, undefined);
    await store.changeDelivery(tx, key, { state: "retrying", at: needs.now(), isFinal: false });
    await job.again(tx, needs.now());
  });
  needs.jobs().wake();
}

function settledYes(run: Run, remoteId: string): Followed {
  const { delivery, needs } = run;
  const outcome: SendOutcome = { outcome: "accepted", value: { remoteId } };
  const standing = {
    ladderStep: 0,
    part: delivery.part,
    parts: delivery.parts,
    deadlineAt: undefined,
  };
  return {
    outcome,
    ladderStep: 0,
    next: afterOutcome(standing, outcome, { ladder: needs.ladder, now: needs.now(), random: 0 }),
  };
}

/** The vendor may know more in a moment. */
export async function waitToSettle(run: Run, tx: Queries, detail: Text | undefined): Promise<void> {
  const { delivery, job, needs } = run;
  const at = needs.now();
  const change = {
    state: "retrying",
    at,
    isTrying: true,
    nextTryAt: at + SETTLE_EVERY_MS,
    detail,
    isFinal: false,
  } as const;
  await store.changeDelivery(tx, { workspaceId: job.workspaceId, id: delivery.id }, change);
  await job.again(tx, at + SETTLE_EVERY_MS);
}

const UNCLEAR: Text = {
  en: "It is unclear whether the message arrived, and the messenger cannot be asked. It is not sent again by itself: ask the guest, or send it again by hand.",
  ru: "Неясно, дошло ли сообщение, а спросить у мессенджера нельзя. Само оно повторено не будет: уточните у гостя или отправьте вручную.",
};
