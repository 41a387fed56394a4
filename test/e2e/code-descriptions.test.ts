import { expect, test } from "vitest";
import { NOON } from "../support/server.ts";
import {
  ACCOUNT,
  book,
  codesOn,
  GATEWAY,
  HOUR,
  LOCK,
  mails,
  MINUTE,
  openStudio,
  pass,
  verdicts,
  VIA_TELEGRAM,
} from "../support/studio.ts";

const QUERY = `${ACCOUNT}&lockId=${LOCK}`;
const open = () =>
  openStudio({ environment: { CONCIERGE_TORROW_TOKEN: "torrow-token-of-the-simulator" } });

test("a code goes into the order's description, below what stood there, with its interval", async () => {
  await using server = await open();
  const { torrow } = server.vendors;
  const booking = book(server, { description: "Вход со двора" });
  await server.post(server.hook("ttlock", QUERY), booking.event());
  const description = torrow.orders.get(booking.id)!.description!;
  expect(description).toContain("Вход со двора");
  expect(description).toContain(`Код доступа ${codesOn(server)[0]?.code}#`);
  expect(description).toContain("09.11.2026 15:00 - 17:00 (Мск)");
});

test("the template's own words, zone and label are used", async () => {
  await using server = await open();
  const booking = book(server);
  await server.post(
    server.hook(
      "ttlock",
      `${QUERY}&templateMsg=Door%20[passcode]:%20[interval]&time_zone=Asia/Omsk&time_zone_name=Омск`,
    ),
    booking.event(),
  );
  expect(server.vendors.torrow.orders.get(booking.id)?.description).toContain(
    `Door ${codesOn(server)[0]?.code}: 09.11.2026 18:00 - 20:00 (Омск)`,
  );
});

test("our own write coming back as an event ends there", async () => {
  await using server = await open();
  const { torrow } = server.vendors;
  const url = server.hook("ttlock", `${QUERY}&${VIA_TELEGRAM}`);
  torrow.hookUrls = [url];
  torrow.isUpdateEmitted = true;
  const booking = book(server);
  await server.post(url, booking.event());
  await pass(server, 10 * MINUTE);
  expect(torrow.orders.get(booking.id)?.version).toBe(2);
  expect(await verdicts(server)).toEqual(["done", "done"]);
  expect(server.vendors.telegram.sent).toHaveLength(1);
  expect(torrow.journal.filter(({ method }) => method !== "GET")).toHaveLength(1);
});

test("a move replaces our block, a cancellation takes it away, and the words of others stay", async () => {
  await using server = await open();
  const { torrow } = server.vendors;
  const url = server.hook("ttlock", QUERY);
  const booking = book(server, { description: "Вход со двора" });
  await server.post(url, booking.event());
  booking.move(HOUR);
  await server.post(url, booking.event());
  const moved = torrow.orders.get(booking.id)!.description!;
  expect(moved).toContain("16:00 - 18:00");
  expect(moved.match(/Код доступа/g)).toHaveLength(1);
  booking.cancel();
  await server.post(url, booking.event());
  const cancelled = torrow.orders.get(booking.id)!.description!;
  expect(cancelled).toContain("Вход со двора");
  expect(cancelled).not.toContain("Код доступа");
});

test("an order that is put back has its block again", async () => {
  await using server = await open();
  const url = server.hook("ttlock", QUERY);
  const booking = book(server);
  await server.post(url, booking.event());
  booking.cancel();
  await server.post(url, booking.event());
  booking.edit({ state: 20 });
  await server.post(url, booking.event());
  expect(server.vendors.torrow.orders.get(booking.id)?.description).toContain(
    codesOn(server)[0]?.code,
  );
});

test("nothing is written before the lock shows the code", async () => {
  await using server = await open();
  server.vendors.ttlock.gateway(GATEWAY).setOnline(false);
  const booking = book(server);
  await server.post(server.hook("ttlock", QUERY), booking.event());
  await pass(server, 10 * MINUTE);
  expect(server.vendors.torrow.orders.get(booking.id)?.description).toBeNull();
});

test("a late write tells no time that the lock does not show yet", async () => {
  await using server = await open();
  const { torrow, ttlock } = server.vendors;
  torrow.faults.add(/.*/, { kind: "answer", answer: { status: 503, body: "<html>" } }, 2);
  const booking = book(server);
  const url = server.hook("ttlock", QUERY);
  await server.post(url, booking.event());
  ttlock.gateway(GATEWAY).setOnline(false);
  booking.move(HOUR);
  await server.post(url, booking.event());
  await pass(server, 5 * MINUTE);
  expect(torrow.orders.get(booking.id)?.description ?? "").not.toContain("16:00");

  ttlock.gateway(GATEWAY).setOnline(true);
  await pass(server, HOUR, 5 * MINUTE);

  expect(torrow.orders.get(booking.id)?.description).toContain("16:00");
});

test("a booking service that is away is tried again, one that refuses is told of", async () => {
  await using server = await open();
  const { torrow } = server.vendors;
  torrow.faults.add(/.*/, { kind: "answer", answer: { status: 503, body: "<html>" } }, 2);
  const booking = book(server);
  await server.post(server.hook("ttlock", QUERY), booking.event());
  await pass(server, 5 * MINUTE);
  expect(torrow.orders.get(booking.id)?.description).toContain("Код доступа");
  expect(await mails(server)).toEqual([]);

  torrow.token = "another";
  await server.post(server.hook("ttlock", QUERY), book(server).event());
  expect(await mails(server)).toMatchObject([{ subject: expect.stringContaining("№2") }]);
  expect(codesOn(server)).toHaveLength(2);
});

test("a move that no event told of is caught shortly before the code's start", async () => {
  await using server = await open();
  const booking = book(server);
  await server.post(server.hook("ttlock", `${QUERY}&${VIA_TELEGRAM}`), booking.event());
  booking.move(2 * HOUR);
  await pass(server, 2 * HOUR + 30 * MINUTE, 10 * MINUTE);
  expect(codesOn(server)).toMatchObject([{ startDate: NOON + 3 * HOUR }]);
  await pass(server, 30 * MINUTE, 5 * MINUTE);
  expect(codesOn(server)).toMatchObject([{ startDate: NOON + 5 * HOUR, endDate: NOON + 7 * HOUR }]);
  expect(server.vendors.telegram.sent).toHaveLength(2);
});

test.each([
  ["cancelled", { state: 8 }],
  ["deleted", { isDeleted: true }],
])("an order that was %s without an event loses its code before its start", async (_, change) => {
  await using server = await open();
  const booking = book(server);
  await server.post(server.hook("ttlock", QUERY), booking.event());
  booking.edit(change);
  await pass(server, 3 * HOUR, 10 * MINUTE);
  expect(codesOn(server)).toHaveLength(0);
});

test("an order that was prolonged without an event keeps its code until its new end", async () => {
  await using server = await open();
  const booking = book(server);
  await server.post(server.hook("ttlock", QUERY), booking.event());
  await pass(server, 3 * HOUR + 10 * MINUTE, 10 * MINUTE);
  booking.edit({ endsAt: NOON + 6 * HOUR });
  await pass(server, 2 * HOUR, 10 * MINUTE);
  expect(codesOn(server)).toMatchObject([{ startDate: NOON + 3 * HOUR, endDate: NOON + 6 * HOUR }]);
});
