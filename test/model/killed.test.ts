import { expect, test } from "vitest";
import {
  ACCOUNT,
  book,
  codesOn,
  HOUR,
  LOCK,
  MINUTE,
  openStudio,
  pass,
  TELEGRAM,
  VIA_TELEGRAM,
} from "../support/studio.ts";
import { NOON, type TestServer } from "../support/server.ts";

/** More statements than the work of one event takes. */
const MOST_STATEMENTS = 60;

/** Posts as the booking service does: again, until it is answered with 200. The server is killed after `statements`. */
async function postTo(
  server: TestServer,
  url: () => string,
  { body, statements }: { body: object; statements: number },
): Promise<boolean> {
  server.dieAfter(statements);
  let wasKilled = false;
  for (;;) {
    const answer = await fetch(url(), { method: "POST", body: JSON.stringify(body) }).catch(
      () => undefined,
    );
    const isDone =
      answer?.status === 200 &&
      (await server.idle().then(
        () => true,
        () => false,
      ));
    if (isDone) break;
    wasKilled = true;
    await server.crash();
  }
  server.dieAfter(Number.POSITIVE_INFINITY);
  return wasKilled;
}

test("a server that is killed at any statement of an event's work sends its message once, or says that it may have", async () => {
  await using server = await openStudio();
  let killed = 0;
  let unclear = 0;
  for (let statements = 1; statements <= MOST_STATEMENTS; statements += 1) {
    const before = server.vendors.telegram.sent.length;
    const body = book(server, { startsAt: NOON + 40 * HOUR }).event();
    const wasKilled = await postTo(server, () => server.hook("telegram", TELEGRAM), {
      body,
      statements,
    });
    if (!wasKilled) break;
    killed += 1;
    await server.advance(20 * MINUTE);
    const sent = server.vendors.telegram.sent.length - before;
    const [delivery] = await server.database.query<{ state: string }>(
      "select d.state from delivery d join booking b on b.id = d.booking_id where b.number = $1",
      [`№${statements}`],
    );
    if (delivery?.state === "uncertain") unclear += 1;
    else expect([statements, delivery?.state, sent]).toEqual([statements, "sent", 1]);
    expect(sent).toBeLessThanOrEqual(1);
  }
  expect(killed).toBeGreaterThan(8);
  expect(killed).toBeLessThan(MOST_STATEMENTS);
  expect(unclear).toBeGreaterThan(0);
  expect(unclear).toBeLessThan(12);
}, 120_000);

test("a server that is killed at any statement of a code's work sets one code, and its guest is told that one", async () => {
  await using server = await openStudio();
  let killed = 0;
  for (let statements = 1; statements <= 2 * MOST_STATEMENTS; statements += 1) {
    const order = book(server, { startsAt: NOON + 80 * HOUR });
    const url = () => server.hook("ttlock", `${ACCOUNT}&lockId=${LOCK}&${VIA_TELEGRAM}`);
    const wasKilled = await postTo(server, url, { body: order.event(), statements });
    if (!wasKilled) break;
    killed += 1;
    await pass(server, 2 * MINUTE, 20_000);
    const codes = codesOn(server).filter(({ name }) => name.startsWith(`Booking ${statements} `));
    expect([statements, codes.length]).toEqual([statements, 1]);
    const told = server.vendors.telegram.sent.filter(({ text }) =>
      text.includes(`${codes[0]!.code}#`),
    );
    expect(told.length).toBeLessThanOrEqual(1);
  }
  expect(killed).toBeGreaterThan(20);
  const digits = codesOn(server).map(({ code }) => code);
  for (const { text } of server.vendors.telegram.sent)
    expect(digits).toContain(/(\d+)#/.exec(text)?.[1]);
}, 120_000);
