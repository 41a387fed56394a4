import { sealMessage } from "#deliveries/index.ts";
import type { Text } from "#domain/text.ts";
import type { HookEvent } from "#hooks/index.ts";
import type { Queries } from "#platform/db/database.ts";
import { note } from "#platform/live/live.store.ts";
import { makeId } from "#platform/uuid.ts";
import {
  lockCodeOf,
  locksOfCode,
  saveCode,
  saveLock,
  wishLocks,
  type AccessCode,
  type CodeLock,
} from "./access-codes.store.ts";
import { makeDigits } from "./code-digits.ts";
import { sealDigits } from "./code-secret.ts";
import { planCode, type CodePlan, type CodeValues } from "./code-plan.ts";
import { CODE_POINTS } from "./code-text.ts";
import { planDescription } from "./description.jobs.ts";
import type { CodeNeeds } from "./needs.ts";
import { planSteps } from "./plan-steps.jobs.ts";
import { planRereads } from "./plan-rereads.jobs.ts";

/** What is known of a booking, by an event or by reading it again. */
export type BookingNews = Omit<HookEvent, "intakeEventId"> & { readonly intakeEventId?: string };

/** Brings a hook's code into line with its booking as it is now. */
export async function followBooking(
  needs: CodeNeeds,
  tx: Queries,
  event: BookingNews,
): Promise<void> {
  const values = event.hook.reading.values as unknown as CodeValues;
  const { workspaceId, bookingId, booking, receivedAt } = event;
  const known = await lockCodeOf(tx, { workspaceId, bookingId, hookId: event.hook.id });
  const plan = planCode({ booking, values, receivedAt, before: known });
  switch (plan.plan) {
    case "leave":
      return;
    case "revoke":
      return await revoke(needs, tx, { event, known, point: CODE_POINTS.revoking });
    case "impossible":
      await tellImpossible(needs, tx, { event, why: plan.why });
      return await revoke(needs, tx, { event, known, point: CODE_POINTS.revoking });
    case "issue":
      return known
        ? await change(needs, tx, { event, known, plan })
        : await issue(needs, tx, { event, plan, values });
  }
}

type Issue = Extract<CodePlan, { plan: "issue" }>;

async function issue(
  needs: CodeNeeds,
  tx: Queries,
  { event, plan, values }: { event: BookingNews; plan: Issue; values: CodeValues },
) {
  const lock = event.hook.reading.lock;
  if (!lock?.settings) return;
  const now = needs.now();
  const digits = makeDigits(values.codeDigits, values.codeLength, needs.randomInt);
  const code: AccessCode = {
    workspaceId: event.workspaceId,
    id: makeId(now),
    bookingId: event.bookingId,
    hookId: event.hook.id,
    integrationId: await needs.connections.keep(
      event.workspaceId,
      lock.provider.manifest,
      lock.settings,
    ),
    digits: sealDigits(needs.vault, digits),
    generation: 1,
    ...plan.validity,
    keepUntil: plan.keepUntil,
    isWanted: true,
    told: undefined,
    isDescribed: false,
  };
  await saveCode(tx, code, now);
  await addLocks(needs, tx, { event, code, lockIds: plan.lockIds });
  await point(needs, tx, { event, code, text: CODE_POINTS.planned });
  await planSteps(needs, tx, code);
  await planRereads(needs, tx, code);
}

async function change(
  needs: CodeNeeds,
  tx: Queries,
  { event, known, plan }: { event: BookingNews; known: AccessCode; plan: Issue },
) {
  const locks = await locksOfCode(tx, known);
  const wished = new Set(plan.lockIds);
  const isSame =
    known.isWanted &&
    known.validFrom === plan.validity.validFrom &&
    known.validTo === plan.validity.validTo &&
    known.keepUntil === plan.keepUntil &&
    locks.every((lock) => lock.isWanted === wished.has(lock.lockId)) &&
    plan.lockIds.every((id) => locks.some((lock) => lock.lockId === id));
  if (isSame) return;
  const code = { ...known, ...plan.validity, keepUntil: plan.keepUntil, isWanted: true };
  await saveCode(tx, code, needs.now());
  await wishLocks(tx, code, plan.lockIds);
  const added = plan.lockIds.filter((id) => !locks.some((lock) => lock.lockId === id));
  await addLocks(needs, tx, { event, code, lockIds: added });
  await point(needs, tx, { event, code, text: CODE_POINTS.moved });
  await planSteps(needs, tx, code);
  await planRereads(needs, tx, code);
}

async function revoke(
  needs: CodeNeeds,
  tx: Queries,
  { event, known, point: text }: { event: BookingNews; known: AccessCode | undefined; point: Text },
) {
  if (!known?.isWanted) return;
  // Should the booking take place again, its guest and its description are told again.
  const code = { ...known, isWanted: false, told: undefined };
  await saveCode(tx, code, needs.now());
  await wishLocks(tx, code, []);
  await point(needs, tx, { event, code, text });
  await planSteps(needs, tx, code);
  if (code.isDescribed) await planDescription(needs, tx, code);
}

async function addLocks(
  needs: CodeNeeds,
  tx: Queries,
  { event, code, lockIds }: { event: BookingNews; code: AccessCode; lockIds: readonly string[] },
): Promise<void> {
  const locks = lockIds.map((lockId) => newLock(lockId, makeId(needs.now())));
  await needs.insertDeliveries(
    tx,
    locks.map((lock) => ({
      workspaceId: code.workspaceId,
      id: lock.deliveryId,
      kind: "code",
      integrationId: code.integrationId,
      hookId: code.hookId,
      bookingId: code.bookingId,
      intakeEventId: event.intakeEventId,
      accessCodeId: code.id,
      target: { route: { lockId: lock.lockId }, basis: {}, guest: lock.lockId },
      payload: sealMessage(needs.vault, { to: { kind: "user", id: lock.lockId }, texts: [] }),
      recipient: lock.lockId,
      parts: 1,
      state: "queued",
      now: needs.now(),
    })),
  );
  for (const lock of locks) await saveLock(tx, code, lock);
}

function newLock(lockId: string, deliveryId: string): CodeLock {
  return {
    lockId,
    deliveryId,
    isWanted: true,
    state: "planned",
    gateway: undefined,
    lockName: undefined,
    placed: undefined,
    offlineDigits: undefined,
    leftovers: [],
    pending: undefined,
    ladderStep: 0,
    alarmedFor: undefined,
  };
}

async function tellImpossible(
  needs: CodeNeeds,
  tx: Queries,
  { event, why }: { event: BookingNews; why: Text },
): Promise<void> {
  const { workspaceId, bookingId, intakeEventId } = event;
  const hookId = event.hook.id;
  await note(tx, [
    { workspaceId, at: needs.now(), mark: "failed", text: why, bookingId, hookId, intakeEventId },
  ]);
  const bookingNumber = event.booking.number;
  await needs.tell(tx, {
    workspaceId,
    hookId,
    bookingId,
    bookingNumber,
    cause: `no-code:${why.en}`,
    text: why,
  });
}

async function point(
  needs: CodeNeeds,
  tx: Queries,
  { event, code, text }: { event: BookingNews; code: AccessCode; text: Text },
): Promise<void> {
  const { workspaceId, bookingId, intakeEventId } = event;
  await note(tx, [
    {
      workspaceId,
      at: needs.now(),
      mark: "waiting",
      text,
      bookingId,
      hookId: event.hook.id,
      intakeEventId,
      accessCodeId: code.id,
    },
  ]);
}
