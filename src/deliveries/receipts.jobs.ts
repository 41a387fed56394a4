import type { Receipt, ReceiptState } from "#channels/channel.ts";
import type { Text } from "#domain/text.ts";
import type { Connections } from "#integrations/index.ts";
import type { Queries } from "#platform/db/database.ts";
import type { Job } from "#platform/jobs/jobs.ts";
import { note } from "#platform/live/live.store.ts";
import * as store from "./deliveries.store.ts";
import { isOpen, STATE_WORDS, type DeliveryState } from "./delivery.ts";
import type { DeliveryNeeds } from "./delivery-run.ts";
import { messageOf } from "./delivery-message.ts";
import { repeatDelivery } from "./repeat.jobs.ts";

export const RECEIPT_WORK = "receipt";
export const LISTEN_WORK = "listen";

/** When a vendor that does not tell is asked what became of a message, counted from one asking to the next. */
const ASK_AFTER_MS = [10_000, 20_000, 90_000, 480_000, 3_000_000, 18_000_000, 64_800_000] as const;

type Opened = Awaited<ReturnType<Connections["channel"]>>;

interface Sent {
  readonly job: Job;
  readonly delivery: store.DeliveryRow;
  readonly opened: Opened;
}

/** After a message was taken: plans to ask for its receipt, where the vendor can be asked. */
export async function planReceipt(
  needs: DeliveryNeeds,
  tx: Queries,
  { job, delivery, opened }: Sent,
): Promise<void> {
  await planListening(needs, tx, { job, delivery, opened });
  if (!opened.account.receipt) return;
  const runAt = needs.now() + (delivery.target.basis.repeatAfterMs ?? ASK_AFTER_MS[0]);
  const payload = { id: delivery.id, asked: 0 };
  await needs
    .jobs()
    .plan(tx, [{ workspaceId: job.workspaceId, kind: RECEIPT_WORK, payload, runAt }]);
}

/** The first message of an account that can tell us of receipts has it asked to. */
async function planListening(
  needs: DeliveryNeeds,
  tx: Queries,
  { job, delivery, opened }: Sent,
): Promise<void> {
  const url = needs.receiptUrl(job.workspaceId, opened.integrationId);
  if (!opened.account.listen || url === undefined || needs.listening.has(url)) return;
  const payload = { id: opened.integrationId, route: delivery.target.route, url };
  const key = `${LISTEN_WORK}:${opened.integrationId}:${JSON.stringify(delivery.target.route)}`;
  await needs.jobs().plan(tx, [{ workspaceId: job.workspaceId, kind: LISTEN_WORK, key, payload }]);
}

/** States after which a vendor may still have news. */
const AWAITED: readonly DeliveryState[] = ["sent", "delivered"];

/** Asks once for the receipt of a delivery; plans the next asking while more may come. */
export async function runReceipt(needs: DeliveryNeeds, job: Job): Promise<void> {
  const delivery = await store.loadDelivery(
    needs.database,
    job.workspaceId,
    String(job.payload["id"]),
  );
  const remoteId = delivery?.remote_ids.at(-1);
  if (!delivery?.integration_id || remoteId === undefined || !AWAITED.includes(delivery.state))
    return await needs.database.transact((tx) => job.finish(tx));
  const opened = await needs.connections.channel(job.workspaceId, delivery.integration_id);
  const message = messageOf({ needs, delivery: { ...delivery, part: delivery.parts - 1 }, opened });
  const channel = opened.manifest.name;
  const state = (await opened.account.receipt?.({ remoteId, message })) ?? "unknown";
  await needs.database.transact(async (tx) => {
    if (state !== "unknown")
      await applyReceipt(needs, tx, { job, delivery, receipt: { remoteId, state }, channel });
    await askOn(needs, tx, { job, delivery, state });
    await job.finish(tx);
  });
  needs.jobs().wake();
}

/** Repeats a message whose hook wishes that and that is not there yet; plans the next asking. */
async function askOn(
  needs: DeliveryNeeds,
  tx: Queries,
  {
    job,
    delivery,
    state,
  }: { job: Job; delivery: store.DeliveryRow; state: ReceiptState | "unknown" },
): Promise<void> {
  const asked = Number(job.payload["asked"]);
  const isMissing = state === "unknown" || state === "sent";
  if (asked === 0 && isMissing && delivery.target.basis.repeatAfterMs !== undefined)
    await repeatDelivery(needs, tx, { job, delivery });
  const wait = ASK_AFTER_MS[asked + 1];
  if (wait === undefined || state === "read" || state === "failed") return;
  const payload = { id: delivery.id, asked: asked + 1 };
  const runAt = needs.now() + wait;
  await needs
    .jobs()
    .plan(tx, [{ workspaceId: job.workspaceId, kind: RECEIPT_WORK, payload, runAt }]);
}

/**
 * Lays receipts that the vendor pushed over the deliveries they speak of. Statuses may skip steps and come twice. Gives
 * how many spoke of messages that are not known, or not known yet: a status may come before the answer to its send.
 */
export async function applyReceipts(
  needs: DeliveryNeeds,
  tx: Queries,
  told: {
    readonly job: Job;
    readonly integrationId: string;
    readonly channel: string;
    readonly receipts: readonly Receipt[];
  },
): Promise<number> {
  const { job, integrationId, channel } = told;
  let unknown = 0;
  for (const receipt of told.receipts) {
    const at = { workspaceId: job.workspaceId, integrationId, remoteId: receipt.remoteId };
    const deliveries = await store.findByRemoteId(tx, at);
    if (!deliveries.some(isWhole)) unknown += 1;
    for (const delivery of deliveries)
      await applyReceipt(needs, tx, { job, delivery, receipt, channel });
  }
  return unknown;
}

/** While parts of a message are still to be sent, a receipt for an earlier one says nothing of the whole. */
function isWhole(delivery: store.DeliveryRow): boolean {
  return !isOpen(delivery.state);
}

const STATES: Readonly<Record<ReceiptState, DeliveryState | undefined>> = {
  sent: undefined,
  delivered: "delivered",
  read: "read",
  failed: "refused",
};

const RANK: readonly DeliveryState[] = ["sent", "handed-over", "delivered", "read", "refused"];

/** A receipt only ever tells more than is known: what was read is not delivered again. */
function isNews(state: DeliveryState, delivery: store.DeliveryRow): boolean {
  return isWhole(delivery) && RANK.indexOf(state) > RANK.indexOf(delivery.state);
}

async function applyReceipt(
  needs: DeliveryNeeds,
  tx: Queries,
  told: {
    readonly job: Job;
    readonly delivery: store.DeliveryRow;
    readonly receipt: Receipt;
    readonly channel: string;
  },
): Promise<void> {
  const { job, delivery, receipt, channel } = told;
  const state = STATES[receipt.state];
  if (state === undefined || !isNews(state, delivery)) return;
  const at = needs.now();
  const detail = state === "refused" ? failed(receipt.detail) : undefined;
  const key = { workspaceId: job.workspaceId, id: delivery.id };
  await store.changeDelivery(tx, key, { state, at, detail, isFinal: true });
  const words = STATE_WORDS[state];
  const { workspaceId } = job;
  const place = { workspaceId, bookingId: delivery.booking_id, hookId: delivery.hook_id };
  const text = {
    en: `${channel}, ${delivery.recipient}: ${words.en}.`,
    ru: `${channel}, ${delivery.recipient}: ${words.ru}.`,
  };
  const mark = detail ? "failed" : "done";
  await note(tx, [{ ...place, at, mark, text, deliveryId: delivery.id }]);
  if (detail)
    await needs.tell(tx, { ...place, cause: `message-failed:${detail.en}`, text: detail });
}

function failed(word: string | undefined): Text {
  const why = word === undefined ? "" : ` (${word})`;
  return {
    en: `The messenger took the message and could not deliver it${why}. Reach the guest another way.`,
    ru: `Мессенджер принял сообщение, но не доставил его${why}. Свяжитесь с гостем другим способом.`,
  };
}
