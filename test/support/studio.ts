import type { SimulatedOrder } from "../../simulators/torrow.ts";
import { NOON, openTestServer, type TestServer, type TestServerOptions } from "./server.ts";

export const HOUR = 3_600_000;
export const MINUTE = 60_000;
export const LOCK = 11432744;
export const GATEWAY = 90_001;
export const BOT = "6126237741:AAFQKNyn1jhScXSGsYCh_yxwWDT578ARMGA";
export const GUEST = "100000002";
export const OWNER = "owner@example.org";
export const ACCOUNT = `username=${OWNER}&password=door%20pass&errorEmail=${OWNER}`;
export const VIA_TELEGRAM = `deliverVia=telegram&telegramToken=${BOT}&telegramFieldName=*TelegramId`;
export const TELEGRAM = `telegramToken=${BOT}&telegramFieldName=*TelegramId&errorEmail=${OWNER}`;

/** A server whose business has one lock and one bot. Retries come soon and on time. */
export async function openStudio(options: TestServerOptions = {}): Promise<TestServer> {
  const server = await openTestServer(options);
  server.vendors.ttlock.addAccount({ username: OWNER, password: "door pass" });
  server.vendors.ttlock.addLock({ lockId: LOCK, owner: OWNER, alias: "Studio" });
  server.vendors.telegram.addBot(BOT, {});
  return server;
}

/** An order that starts three hours from the test's noon, for two hours, unless told otherwise. */
export function book(server: TestServer, given: Partial<SimulatedOrder> = {}) {
  const startsAt = given.startsAt ?? NOON + 3 * HOUR;
  const { torrow } = server.vendors;
  const { id } = torrow.createOrder({ endsAt: startsAt + 2 * HOUR, ...given, startsAt });
  return {
    id,
    event: (type?: number) => torrow.eventBody(id, type),
    move: (byMs: number) => void torrow.moveOrder(id, byMs),
    cancel: () => void torrow.cancelOrder(id),
    edit: (change: Partial<SimulatedOrder>) => void torrow.editOrder(id, change),
  };
}

/** Lets time pass in steps, so that what falls due in between is done at its time. */
export async function pass(server: TestServer, ms: number, stepMs = MINUTE): Promise<void> {
  const until = server.clock.now() + ms;
  while (server.clock.now() < until)
    await server.advance(Math.min(stepMs, until - server.clock.now()));
}

/** Every delivery as a screen would show it, the oldest first. */
export async function deliveries(server: TestServer, kind: "message" | "code" = "message") {
  return await server.database.query<{
    state: string;
    recipient: string;
    detail: string | null;
    attempt: number;
  }>(
    "select state, recipient, detail->>'en' as detail, attempt from delivery where kind = $1 order by created_at, id",
    [kind],
  );
}

/** Sorted: of what happens in one moment of the test's clock, none is the first. */
export async function states(
  server: TestServer,
  kind: "message" | "code" = "message",
): Promise<readonly string[]> {
  return (await deliveries(server, kind)).map(({ state }) => state).toSorted();
}

/** What became of the events that came in, sorted. */
export async function verdicts(server: TestServer): Promise<readonly string[]> {
  const rows = await server.database.query<{ state: string }>(
    "select state from intake_event order by state",
  );
  return rows.map(({ state }) => state);
}

/** The English half of everything on the timelines, in order. */
export async function timeline(server: TestServer): Promise<readonly string[]> {
  const rows = await server.database.query<{ en: string }>(
    "select text->>'en' as en from activity order by tx, id",
  );
  return rows.map(({ en }) => en);
}

/** Codes on a lock that open the door in their time. */
export function codesOn(server: TestServer, lockId = LOCK) {
  return server.vendors.ttlock.codesOf(lockId).filter(({ isOnKeypad }) => isOnKeypad);
}

/** Lets the mails about trouble go out that gather for a moment. */
export async function mails(server: TestServer) {
  await server.advance(3_000);
  return server.mails.map(({ subject, text, to }) => ({ subject, text, to: to?.[0]?.address }));
}
