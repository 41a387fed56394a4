import type { SendOutcome } from "#channels/channel.ts";
import { isOff } from "#bookings/index.ts";
import type { Booking } from "#domain/booking.ts";
import type { Text } from "#domain/text.ts";
import type { Connection } from "#integrations/index.ts";
import type { Job } from "#platform/jobs/jobs.ts";
import { recordExchanges } from "#platform/outbound/record.ts";
import * as store from "./deliveries.store.ts";
import { afterOutcome, isOpen } from "./delivery.ts";
import { close, follow, type Ended } from "./delivery-end.jobs.ts";
import { keyOf, type DeliveryNeeds, type Run } from "./delivery-run.ts";
import { hidden, messageOf } from "./delivery-message.ts";
import { settle, waitToSettle } from "./delivery-settle.jobs.ts";
import type { Watched } from "./health.ts";

/** Runs one step of one delivery: waits, asks about an earlier attempt, or makes the next one. */
export async function runDelivery(needs: DeliveryNeeds, job: Job): Promise<void> {
  const id = String(job.payload["id"]);
  const delivery = await store.loadDelivery(needs.database, job.workspaceId, id);
  if (!delivery || !isOpen(delivery.state) || delivery.integration_id === null)
    return await needs.database.transact((tx) => job.finish(tx));
  const opened = await needs.connections.channel(job.workspaceId, delivery.integration_id);
  const run: Run = { needs, job, delivery, opened, watched: watchedOf(job, opened) };
  if (delivery.is_trying) return await settle(run);
  const end = whyNot(delivery, needs.now());
  if (end) return await close(run, end);
  const at = await needs.guardian.mayCallAt(run.watched);
  if (at > needs.now()) return await needs.database.transact((tx) => job.again(tx, at));
  await attempt(run);
}

function watchedOf(job: Job, opened: Connection<unknown>): Watched {
  const { callsPerSecond } = opened.manifest.limits;
  return { workspaceId: job.workspaceId, id: opened.integrationId, callsPerSecond };
}

/** Why a message is not sent any more; nothing while it is worth sending. */
function whyNot(delivery: store.LoadedDelivery, now: number): Ended | undefined {
  const { basis } = delivery.target;
  if (delivery.deadline_at !== null && now > delivery.deadline_at)
    return { state: "expired", detail: TOO_LATE };
  return isStillTrue(basis, delivery.booking)
    ? undefined
    : { state: "cancelled", detail: NO_LONGER_TRUE };
}

function isStillTrue(basis: store.DeliveryBasis, booking: Booking): boolean {
  if (basis.staysTrue) return true;
  return basis.startsAt === booking.startsAt && basis.endsAt === booking.endsAt && !isOff(booking);
}

const TOO_LATE: Text = {
  en: "Its time was over before it could be sent.",
  ru: "Время сообщения прошло раньше, чем его удалось отправить.",
};

const NO_LONGER_TRUE: Text = {
  en: "The booking has changed since; the message was no longer true and was not sent.",
  ru: "Бронь с тех пор изменилась: сообщение стало неверным и не отправлено.",
};

async function attempt(run: Run): Promise<void> {
  const { needs, delivery, opened } = run;
  const key = keyOf(run);
  const begun = { expected: delivery.attempt, at: needs.now(), act: "send" };
  const number = await store.beginAttempt(needs.database, key, begun);
  if (number === undefined) return;
  const message = { ...messageOf(run), triedAt: begun.at };
  const { result, exchanges } = await recordExchanges(hidden(run, message), () =>
    opened.account.send(message),
  );
  countAttempt(run, begun.at, result.outcome);
  await storeOutcome(run, { number, outcome: result, exchanges });
}

function countAttempt({ needs, opened }: Run, startedAt: number, outcome: string): void {
  const seconds = (needs.now() - startedAt) / 1_000;
  needs.metrics.ended({ provider: opened.manifest.id, act: "send", outcome, seconds });
}

interface Tried {
  readonly number: number;
  readonly outcome: SendOutcome;
  readonly exchanges: readonly unknown[];
}

async function storeOutcome(run: Run, tried: Tried): Promise<void> {
  const { needs, delivery, job } = run;
  const { outcome } = tried;
  const now = needs.now();
  await tellGuardian(run, outcome);
  const canSettle = outcome.outcome === "uncertain" && run.opened.account.settle !== undefined;
  const ladderStep =
    delivery.ladder_step +
    (outcome.outcome === "unreachable" && outcome.retryAfterMs === undefined ? 1 : 0);
  const standing = {
    ladderStep,
    part: delivery.part,
    parts: delivery.parts,
    deadlineAt: delivery.deadline_at ?? undefined,
  };
  const next = afterOutcome(standing, outcome, {
    ladder: needs.ladder,
    now,
    random: needs.random(),
  });
  await needs.database.transact(async (tx) => {
    const key = { workspaceId: job.workspaceId, id: delivery.id };
    const detail = outcome.outcome === "accepted" ? undefined : outcome.detail;
    await store.endAttempt(tx, key, { ...tried, at: now, outcome: outcome.outcome, detail });
    if (canSettle) return await waitToSettle(run, tx, detail);
    await follow(run, tx, { next, outcome, ladderStep });
  });
  needs.jobs().wake();
}

async function tellGuardian(run: Run, outcome: SendOutcome): Promise<void> {
  const { guardian, now } = run.needs;
  if (outcome.outcome === "unreachable" && outcome.holds === "integration")
    guardian.hold(run.watched, now() + (outcome.retryAfterMs ?? 1_000));
  await guardian.report(run.watched, {
    verdict: verdictOf(outcome),
    error: outcome.outcome === "accepted" ? undefined : outcome.detail,
  });
}

function verdictOf(outcome: SendOutcome): "ok" | "trouble" | "neutral" {
  if (outcome.outcome === "accepted") return "ok";
  if (outcome.outcome === "refused")
    return outcome.because === "sign-in" || outcome.because === "account" ? "trouble" : "neutral";
  return outcome.outcome === "unreachable" && outcome.retryAfterMs === undefined
    ? "trouble"
    : "neutral";
}
