import { expect, test } from "vitest";
import { ACCOUNT, book, GATEWAY, HOUR, LOCK, MINUTE, openStudio, pass } from "../support/studio.ts";

const HOOK = `${ACCOUNT}&lockId=${LOCK}`;
const PAUSE = "update integration set status = 'paused' where provider = 'ttlock'";

test("whoever asked for errors hears of a late code also while its account is held back", async () => {
  await using server = await openStudio();
  await server.post(server.hook("ttlock", HOOK), book(server).event());
  await server.database.query(PAUSE);
  await server.advance(6_000);

  await server.post(server.hook("ttlock", HOOK), book(server).event());
  await pass(server, 2 * HOUR + 25 * MINUTE, 5 * MINUTE);
  expect(server.mails).toHaveLength(0);
  await pass(server, 10 * MINUTE);

  expect(server.mails.map((mail) => mail.text)).toEqual([
    expect.stringContaining("has no code for this booking yet"),
  ]);
});

test("a code that opens the door of a cancelled booking is told while its account is held back", async () => {
  await using server = await openStudio();
  const booking = book(server);
  await server.post(server.hook("ttlock", HOOK), booking.event());
  await server.database.query(PAUSE);
  await server.advance(6_000);
  booking.cancel();

  await server.post(server.hook("ttlock", HOOK), booking.event());
  await pass(server, 2 * HOUR + 35 * MINUTE, 5 * MINUTE);

  expect(server.mails.map((mail) => mail.text)).toEqual([
    expect.stringContaining("is still in lock"),
  ]);
});

test("a spare code that cannot be taken away after a move and a cancellation is told of", async () => {
  await using server = await openStudio();
  const { ttlock } = server.vendors;
  ttlock.gateway(GATEWAY).setOnline(false);
  const booking = book(server, { startsAt: server.clock.now() + 20 * MINUTE });
  const url = server.hook("ttlock", `${ACCOUNT}&lockId=${LOCK}&offlineFallback=true`);
  await server.post(url, booking.event());
  await pass(server, 5 * MINUTE);
  expect(await server.database.query("select state from access_code_lock")).toEqual([
    { state: "offline" },
  ]);
  booking.move(5 * HOUR);
  await server.post(url, booking.event());
  await pass(server, 2 * MINUTE);
  booking.cancel();
  const before = server.mails.length;

  await server.post(url, booking.event());
  await pass(server, 15 * MINUTE);

  expect(server.mails.slice(before).map((mail) => mail.text)).toEqual([
    expect.stringContaining("is still in lock"),
  ]);
});
