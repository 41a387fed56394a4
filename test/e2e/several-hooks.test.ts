import { expect, test } from "vitest";
import { NOON } from "../support/server.ts";
import { ACCOUNT, book, HOUR, LOCK, openStudio, TELEGRAM } from "../support/studio.ts";

test("a cancellation that comes by another hook takes the code away too", async () => {
  await using server = await openStudio();
  const booking = book(server);
  await server.post(server.hook("ttlock", `${ACCOUNT}&lockId=${LOCK}`), booking.event());
  expect(server.vendors.ttlock.codesOf(LOCK)).toHaveLength(1);
  booking.cancel();

  await server.post(server.hook("telegram", TELEGRAM), booking.event());

  expect(server.vendors.ttlock.codesOf(LOCK)).toHaveLength(0);
});

test("after the hook's parameters were changed, the code made before still follows its booking", async () => {
  await using server = await openStudio();
  const booking = book(server);
  await server.post(server.hook("ttlock", `${ACCOUNT}&lockId=${LOCK}`), booking.event());
  const changed = server.hook("ttlock", `${ACCOUNT}&lockId=${LOCK}&codeLength=8`);
  booking.move(HOUR);
  await server.post(changed, booking.event());
  for (const code of server.vendors.ttlock.codesOf(LOCK))
    expect(code).toMatchObject({ startDate: NOON + 4 * HOUR, endDate: NOON + 6 * HOUR });
  booking.cancel();

  await server.post(changed, booking.event());

  expect(server.vendors.ttlock.codesOf(LOCK)).toHaveLength(0);
});
