import { sealDigits } from "../../src/access-codes/code-secret.ts";
import { saveCode, saveLock, type CodeLock } from "../../src/access-codes/access-codes.store.ts";
import { applyBooking } from "../../src/bookings/bookings.store.ts";
import { insertDeliveries, type NewDelivery } from "../../src/deliveries/deliveries.store.ts";
import { keepIntegration } from "../../src/integrations/integrations.store.ts";
import { makeArrivalStore, storeVerdict, type Verdict } from "../../src/intake/intake.store.ts";
import { packBody } from "../../src/intake/body.ts";
import type { Booking } from "#domain/booking.ts";
import type { Database } from "#platform/db/database.ts";
import { makeId } from "#platform/uuid.ts";
import { aBooking } from "./a-booking.ts";
import type { ApiWorld } from "./api-world.ts";

type Rows = Pick<ApiWorld, "vault" | "clock"> & { readonly database: Database };

/** Rows as the features themselves write them; each gives its id. */
export async function addBooking(
  { database, clock }: Rows,
  given: Partial<Booking> & { readonly workspaceId?: string } = {},
): Promise<string> {
  const { workspaceId = "main", ...more } = given;
  const id = makeId();
  const booking = aBooking({ id: `order-${id}`, ...more });
  await database.transact((tx) => applyBooking(tx, { workspaceId, id, booking, now: clock.now }));
  return id;
}

export async function addIntegration(
  { database, clock, vault }: Rows,
  given: { readonly provider?: string; readonly settings?: Record<string, string> } = {},
): Promise<string> {
  const id = makeId();
  return await keepIntegration(database, {
    workspaceId: "main",
    id,
    provider: given.provider ?? "telegram",
    fingerprint: id,
    settings: given.settings ?? {},
    secrets: vault.seal(JSON.stringify({ telegramToken: "canary-token" }), "integration"),
    now: clock.now,
  });
}

export async function addDelivery(
  { database, clock, vault }: Rows,
  given: Partial<NewDelivery> & { readonly bookingId: string },
): Promise<string> {
  const id = makeId();
  const delivery: NewDelivery = {
    workspaceId: "main",
    id,
    kind: "message",
    hookId: "hook-1",
    target: { route: {}, basis: {}, guest: "guest" },
    payload: vault.seal("canary-text", "delivery"),
    recipient: "10•••01",
    parts: 1,
    state: "queued",
    now: clock.now,
    ...given,
  };
  await insertDeliveries(database, [delivery]);
  return delivery.id;
}

export async function addCode(
  { database, clock, vault }: Rows,
  given: { readonly bookingId: string; readonly locks?: readonly Partial<CodeLock>[] },
): Promise<string> {
  const key = { workspaceId: "main", id: makeId() };
  const code = {
    ...key,
    bookingId: given.bookingId,
    hookId: "hook-1",
    integrationId: makeId(),
    digits: sealDigits(vault, "482913"),
    generation: 1,
    wishedFrom: clock.now,
    validFrom: clock.now,
    validTo: clock.now + 3_600_000,
    keepUntil: clock.now + 7_200_000,
    isWanted: true,
    told: undefined,
    isDescribed: false,
  };
  await database.transact(async (tx) => {
    await saveCode(tx, code, clock.now);
    for (const lock of given.locks ?? [{}]) await saveLock(tx, key, { ...aLock(), ...lock });
  });
  return key.id;
}

function aLock(): CodeLock {
  return {
    lockId: "77",
    deliveryId: makeId(),
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

export async function addEvent(
  { database, clock }: Rows,
  verdict?: Omit<Verdict, "at">,
): Promise<string> {
  const id = makeId();
  const body = Buffer.from('{"canary":"body"}');
  const arrival = { id, workspaceId: "main", source: "hook:ttlock", lane: id, hookId: "hook-1" };
  const receivedAt = clock.now;
  await makeArrivalStore(database)([{ ...arrival, receivedAt, body, packed: packBody(body) }]);
  if (verdict)
    await storeVerdict(database, { workspaceId: "main", id }, { ...verdict, at: clock.now });
  return id;
}
