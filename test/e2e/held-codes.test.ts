import { expect, test } from "vitest";
import { ACCOUNT, book, HOUR, LOCK, MINUTE, openStudio, pass } from "../support/studio.ts";

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
