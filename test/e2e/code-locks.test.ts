import { expect, test } from "vitest";
import { tooManyRequests } from "../../simulators/telegram.ts";
import { makeParticipant, makeResource } from "../../simulators/torrow.ts";
import { NOON } from "../support/server.ts";
import {
  ACCOUNT,
  book,
  BOT,
  codesOn,
  GATEWAY,
  HOUR,
  LOCK,
  mails,
  MINUTE,
  openStudio,
  OWNER,
  pass,
  states,
  verdicts,
  VIA_TELEGRAM,
} from "../support/studio.ts";

const THIS_LOCK = `${ACCOUNT}&lockId=${LOCK}`;

/** A studio with two more doors, one of them at another gateway. */
async function openHouse() {
  const server = await openStudio();
  server.vendors.ttlock.addLock({ lockId: 21, owner: OWNER, alias: "Gate" });
  server.vendors.ttlock.addLock({
    lockId: 22,
    owner: OWNER,
    alias: "Cellar",
    gatewayIds: [90_002],
  });
  return server;
}

test("one code stands on all locks of an order, named by article and by tag, and is told once all show it", async () => {
  await using server = await openHouse();
  server.vendors.ttlock.gateway(90_002).setOnline(false);
  const booking = book(server, {
    resources: [makeResource({ code: "lockId_21" }), makeResource({ tags: ["22:lockId"] })],
  });
  await server.post(server.hook("ttlock", `${ACCOUNT}&${VIA_TELEGRAM}`), booking.event());
  expect(codesOn(server, 21)).toHaveLength(1);
  expect(codesOn(server, 22)).toHaveLength(0);
  expect(server.vendors.telegram.sent).toHaveLength(0);

  server.vendors.ttlock.gateway(90_002).setOnline(true);
  await pass(server, 10 * MINUTE, 30_000);

  expect(codesOn(server, 22)[0]?.code).toBe(codesOn(server, 21)[0]?.code);
  expect(server.vendors.telegram.sent).toHaveLength(1);
});

test("a resource that is taken out of the order takes the code off its lock, one that comes in sets it", async () => {
  await using server = await openHouse();
  const booking = book(server, { resources: [makeResource({ code: "lockId_21" })] });
  const url = server.hook("ttlock", ACCOUNT);
  await server.post(url, booking.event());
  const [before] = codesOn(server, 21);
  booking.edit({ resources: [makeResource({ code: "lockId_22" })] });
  await server.post(url, booking.event());
  expect(codesOn(server, 21)).toHaveLength(0);
  expect(codesOn(server, 22)).toMatchObject([{ code: before?.code }]);
});

test("a digit that one lock refuses changes the code on all of them, and it is told once", async () => {
  await using server = await openHouse();
  const booking = book(server, {
    resources: [makeResource({ code: "lockId_21" }), makeResource({ code: "lockId_22" })],
  });
  server.vendors.ttlock.failNext(/keyboardPwd\/add$/, -3007);
  await server.post(server.hook("ttlock", `${ACCOUNT}&${VIA_TELEGRAM}`), booking.event());
  await pass(server, 2 * MINUTE, 15_000);
  expect(codesOn(server, 21)).toHaveLength(1);
  expect(codesOn(server, 22)).toMatchObject([{ code: codesOn(server, 21)[0]?.code }]);
  expect(server.vendors.telegram.sent).toHaveLength(1);
});

test("two bookings of one lock have codes of their own, one booking at two hooks too", async () => {
  await using server = await openStudio();
  const url = server.hook("ttlock", THIS_LOCK);
  const booking = book(server);
  await server.post(url, booking.event());
  await server.post(url, book(server, { startsAt: NOON + 8 * HOUR }).event());
  await server.post(server.hook("ttlock", `${THIS_LOCK}&codeLength=8`), booking.event());
  expect(new Set(codesOn(server).map(({ code }) => code)).size).toBe(3);
});

test("calls to one gateway go one at a time", async () => {
  await using server = await openHouse();
  server.vendors.ttlock.setGatewayLatency(30);
  const url = server.hook("ttlock", ACCOUNT);
  const bookings = Array.from({ length: 6 }, (_, n) =>
    book(server, { resources: [makeResource({ code: `lockId_${n % 2 === 0 ? 21 : LOCK}` })] }),
  );
  await Promise.all(
    bookings.map((booking) =>
      fetch(url, { method: "POST", body: JSON.stringify(booking.event()) }),
    ),
  );
  await server.idle();
  await pass(server, 2 * MINUTE, 15_000);
  expect(codesOn(server, 21)).toHaveLength(3);
  expect(codesOn(server, LOCK)).toHaveLength(3);
  expect(await mails(server)).toEqual([]);
});

test("codes keep to their length and digits", async () => {
  await using server = await openStudio();
  await server.post(
    server.hook("ttlock", `${THIS_LOCK}&codeLength=9&codeDigits=27`),
    book(server).event(),
  );
  expect(codesOn(server)[0]?.code).toMatch(/^[27]{9}$/);
});

test("the last guest's leaving revokes the code, an earlier one's does not", async () => {
  await using server = await openStudio();
  const url = server.hook("ttlock", THIS_LOCK);
  const [anna, boris] = [makeParticipant(), makeParticipant()];
  const booking = book(server, { participants: [anna, boris], maxConsumerQuantity: 2 });
  await server.post(url, booking.event());
  booking.edit({ participants: [{ ...anna, state: 3 }, boris] });
  await server.post(url, booking.event());
  expect(codesOn(server)).toHaveLength(1);
  booking.edit({ participants: [{ ...boris, state: 3 }] });
  await server.post(url, booking.event());
  expect(codesOn(server)).toHaveLength(0);
});

test("a rejected order's code goes at once, whatever the event was called", async () => {
  await using server = await openStudio();
  const url = server.hook("ttlock", THIS_LOCK);
  const booking = book(server);
  await server.post(url, booking.event());
  booking.edit({ state: 7 });
  await server.post(url, booking.event(9_999));
  expect(codesOn(server)).toHaveLength(0);
});

test("a repeated event keeps the code, within ten minutes and after them", async () => {
  await using server = await openStudio();
  const url = server.hook("ttlock", `${THIS_LOCK}&${VIA_TELEGRAM}`);
  const booking = book(server);
  await server.post(url, booking.event());
  const [before] = codesOn(server);
  await server.post(url, booking.event());
  await server.advance(11 * MINUTE);
  await server.post(url, booking.event());
  expect(codesOn(server)).toEqual([before]);
  expect(server.vendors.telegram.sent).toHaveLength(1);
  expect(await verdicts(server)).toEqual(["done", "done", "repeated"]);
});

test("an older version that comes late moves nothing back", async () => {
  await using server = await openStudio();
  const url = server.hook("ttlock", THIS_LOCK);
  const booking = book(server);
  const first = booking.event();
  booking.move(HOUR);
  await server.post(url, booking.event());
  await server.post(url, first);
  expect(codesOn(server)).toMatchObject([{ startDate: NOON + 4 * HOUR }]);
  expect(await verdicts(server)).toEqual(["done", "superseded"]);
});

test("a booking that starts at once has its code ten minutes after the event, and a late write shifts nothing", async () => {
  await using server = await openStudio();
  server.vendors.ttlock.gateway(GATEWAY).setOnline(false);
  await server.post(
    server.hook("ttlock", THIS_LOCK),
    book(server, { startsAt: NOON + MINUTE }).event(),
  );
  await server.advance(5 * MINUTE);
  server.vendors.ttlock.gateway(GATEWAY).setOnline(true);
  await pass(server, 20 * MINUTE);
  expect(codesOn(server)).toMatchObject([{ startDate: NOON + 10 * MINUTE }]);
});

test("nothing left of a validity makes no code, and the owner hears why", async () => {
  await using server = await openStudio();
  const booking = book(server);
  await server.post(server.hook("ttlock", `${THIS_LOCK}&validBeforeMinutes=-120`), booking.event());
  expect(codesOn(server)).toHaveLength(0);
  expect(await mails(server)).toMatchObject([
    { to: OWNER, text: expect.stringContaining("validBeforeMinutes") },
  ]);
});

test("an order without any lock makes no code, and the owner hears how to name one", async () => {
  await using server = await openStudio();
  await server.post(server.hook("ttlock", ACCOUNT), book(server).event());
  expect(await mails(server)).toMatchObject([{ text: expect.stringContaining("lockId_") }]);
});

test("an order that is put back after it was cancelled has its code again, and its guest is told again", async () => {
  await using server = await openStudio();
  const url = server.hook("ttlock", `${THIS_LOCK}&${VIA_TELEGRAM}`);
  const booking = book(server);
  await server.post(url, booking.event());
  booking.cancel();
  await server.post(url, booking.event());
  expect(codesOn(server)).toHaveLength(0);
  booking.edit({ state: 20 });
  await server.post(url, booking.event());
  expect(codesOn(server)).toHaveLength(1);
  expect(server.vendors.telegram.sent).toHaveLength(2);
  expect(server.vendors.telegram.sent[1]?.text).toContain(codesOn(server)[0]?.code);
});

test("a moved booking's message with the old time does not go out any more", async () => {
  await using server = await openStudio();
  const url = server.hook("ttlock", `${THIS_LOCK}&${VIA_TELEGRAM}`);
  const booking = book(server);
  server.vendors.telegram.faults.add(/sendMessage/, {
    kind: "answer",
    answer: tooManyRequests(60),
  });
  await server.post(url, booking.event());
  booking.move(HOUR);
  await server.post(url, booking.event());
  await pass(server, 5 * MINUTE);
  expect(server.vendors.telegram.sent).toHaveLength(1);
  expect(server.vendors.telegram.sent[0]?.text).toContain("16:00");
  expect(await states(server)).toEqual(["cancelled", "sent"]);
});

test("a guest who cannot be told a code is named to the owner, and the code stands", async () => {
  await using server = await openStudio();
  const participants = [makeParticipant({ fields: [{ type: 1, name: "Имя", value: "Пётр" }] })];
  const query = `${THIS_LOCK}&deliverVia=telegram&telegramToken=${BOT}&telegramFieldName=*TelegramId`;
  await server.post(server.hook("ttlock", query), book(server, { participants }).event());
  expect(codesOn(server)).toHaveLength(1);
  expect(await states(server)).toEqual(["refused"]);
  expect(await mails(server)).toMatchObject([{ text: expect.stringContaining("TelegramId") }]);
});
