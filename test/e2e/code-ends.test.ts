import { expect, test } from "vitest";
import {
  ACCOUNT,
  book,
  codesOn,
  deliveries,
  GATEWAY,
  HOUR,
  LOCK,
  mails,
  MINUTE,
  openStudio,
  pass,
  states,
  timeline,
  VIA_TELEGRAM,
} from "../support/studio.ts";

const DELETE = /keyboardPwd\/delete$/;
const QUERY = `${ACCOUNT}&lockId=${LOCK}&${VIA_TELEGRAM}`;

async function open(query = QUERY) {
  const server = await openStudio();
  return {
    server,
    ttlock: server.vendors.ttlock,
    url: server.hook("ttlock", query),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

test("a code whose revocation fails goes as soon as it can, and a person hears that it still opens the door", async () => {
  await using studio = await open(`${ACCOUNT}&lockId=${LOCK}`);
  const { server, ttlock, url } = studio;
  const booking = book(server);
  await server.post(url, booking.event());
  booking.cancel();
  ttlock.gateway(GATEWAY).setOnline(false);
  await server.post(url, booking.event());
  await pass(server, HOUR, 5 * MINUTE);
  expect(codesOn(server)).toHaveLength(1);
  expect(await mails(server)).toHaveLength(1);
  ttlock.gateway(GATEWAY).setOnline(true);
  await pass(server, HOUR, 5 * MINUTE);
  expect(codesOn(server)).toHaveLength(0);
  expect(await states(server, "code")).toEqual(["cancelled"]);
});

test("a code that was deleted behind our back counts as gone", async () => {
  await using studio = await open(`${ACCOUNT}&lockId=${LOCK}`);
  const { server, ttlock, url } = studio;
  const booking = book(server);
  await server.post(url, booking.event());
  ttlock.failNext(DELETE, -2009);
  booking.cancel();
  await server.post(url, booking.event());
  expect(await states(server, "code")).toEqual(["cancelled"]);
});

test("a booking cancelled before its code was written leaves nothing waiting", async () => {
  await using studio = await open();
  const { server, ttlock, url } = studio;
  ttlock.gateway(GATEWAY).setOnline(false);
  const booking = book(server);
  await server.post(url, booking.event());
  booking.cancel();
  await server.post(url, booking.event());
  await pass(server, 10 * MINUTE);
  ttlock.gateway(GATEWAY).setOnline(true);
  await pass(server, HOUR, 5 * MINUTE);
  expect(codesOn(server)).toHaveLength(0);
  expect(await states(server, "code")).toEqual(["cancelled"]);
  expect(server.vendors.telegram.sent).toHaveLength(0);
});

test("a code that never reached its lock is over with its time, and says so", async () => {
  await using studio = await open();
  const { server, ttlock, url } = studio;
  ttlock.gateway(GATEWAY).setOnline(false);
  await server.post(url, book(server).event());
  await pass(server, 8 * HOUR, 10 * MINUTE);
  ttlock.gateway(GATEWAY).setOnline(true);
  await pass(server, 120 * HOUR, 2 * HOUR);
  expect(codesOn(server)).toHaveLength(0);
  expect(await deliveries(server, "code")).toMatchObject([{ state: "expired" }]);
  expect(await mails(server)).toHaveLength(1);
  expect((await timeline(server)).length).toBeGreaterThan(2);
});
