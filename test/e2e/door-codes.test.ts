import { expect, test } from "vitest";
import { NOON, openTestServer, type TestServer } from "../support/server.ts";

const HOUR = 3_600_000;
const MINUTE = 60_000;
const LOCK = 11432744;
const BOT = "6126237741:AAFQKNyn1jhScXSGsYCh_yxwWDT578ARMGA";
const ACCOUNT = "username=owner@example.org&password=door%20pass&errorEmail=owner@example.org";

async function openStudio(environment: Record<string, string> = {}): Promise<TestServer> {
  const server = await openTestServer({ environment });
  server.vendors.ttlock.addAccount({ username: "owner@example.org", password: "door pass" });
  server.vendors.ttlock.addLock({ lockId: LOCK, owner: "owner@example.org", alias: "Studio" });
  server.vendors.telegram.addBot(BOT, {});
  return server;
}

function book(server: TestServer, startsAt = NOON + 3 * HOUR) {
  const order = server.vendors.torrow.createOrder({ startsAt, endsAt: startsAt + 2 * HOUR });
  return {
    id: order.id,
    event: (type?: number) => server.vendors.torrow.eventBody(order.id, type),
  };
}

test("a booking's code is in the lock for its time, and its guest is told once it is", async () => {
  await using server = await openStudio();
  const url = server.hook(
    "ttlock",
    `${ACCOUNT}&lockId=${LOCK}&validBeforeMinutes=15&expiredBeforeMinutes=15&deliverVia=telegram&telegramToken=${BOT}&telegramFieldName=*TelegramId`,
  );
  const booking = book(server);

  const answer = await server.post(url, booking.event());

  expect(answer.status).toBe(200);
  const [code] = server.vendors.ttlock.codesOf(LOCK);
  expect(code).toMatchObject({ isInCloud: true, isOnKeypad: true });
  expect(code).toMatchObject({
    startDate: NOON + 3 * HOUR - 15 * MINUTE,
    endDate: NOON + 5 * HOUR - 15 * MINUTE,
  });
  expect(server.vendors.telegram.sent).toHaveLength(1);
  expect(server.vendors.telegram.sent[0]?.text).toContain(code?.code);
});

test("a moved booking moves its code and tells the guest the new time", async () => {
  await using server = await openStudio();
  const url = server.hook(
    "ttlock",
    `${ACCOUNT}&lockId=${LOCK}&deliverVia=telegram&telegramToken=${BOT}&telegramFieldName=*TelegramId`,
  );
  const booking = book(server);
  await server.post(url, booking.event());
  const before = server.vendors.ttlock.codesOf(LOCK)[0]?.code;
  server.vendors.torrow.moveOrder(booking.id, HOUR);

  await server.post(url, booking.event());

  expect(server.vendors.ttlock.codesOf(LOCK)).toMatchObject([
    { code: before, startDate: NOON + 4 * HOUR, endDate: NOON + 6 * HOUR },
  ]);
  expect(server.vendors.telegram.sent).toHaveLength(2);
});

test("a cancelled booking's code is gone at once", async () => {
  await using server = await openStudio();
  const url = server.hook("ttlock", `${ACCOUNT}&lockId=${LOCK}`);
  const booking = book(server);
  await server.post(url, booking.event());
  expect(server.vendors.ttlock.codesOf(LOCK)).toHaveLength(1);
  server.vendors.torrow.cancelOrder(booking.id);

  await server.post(url, booking.event());

  expect(server.vendors.ttlock.codesOf(LOCK)).toHaveLength(0);
});

test("a code is deleted keepHours after the booking's end", async () => {
  await using server = await openStudio();
  await server.post(
    server.hook("ttlock", `${ACCOUNT}&lockId=${LOCK}&keepHours=48`),
    book(server).event(),
  );

  await server.advance(5 * HOUR + 48 * HOUR - MINUTE);
  expect(server.vendors.ttlock.codesOf(LOCK)).toHaveLength(1);
  await server.advance(MINUTE);

  expect(server.vendors.ttlock.codesOf(LOCK)).toHaveLength(0);
});

test("a gateway that stays away is told half an hour before the start, and the vendor's spare code stands in", async () => {
  await using server = await openStudio();
  server.vendors.ttlock.gateway(90_001).setOnline(false);
  const url = server.hook(
    "ttlock",
    `${ACCOUNT}&lockId=${LOCK}&offlineFallback=true&deliverVia=telegram&telegramToken=${BOT}&telegramFieldName=*TelegramId`,
  );
  await server.post(url, book(server).event());
  expect(server.mails).toHaveLength(0);

  for (let minutes = 0; minutes < 150; minutes += 5) await server.advance(5 * MINUTE);
  await server.advance(MINUTE);

  expect(server.mails).toHaveLength(1);
  expect(server.mails[0]?.to?.[0]?.address).toBe("owner@example.org");
  expect(server.vendors.telegram.sent).toHaveLength(1);
  expect(server.vendors.telegram.sent[0]?.text).toContain("запасной код замка Studio");
});
