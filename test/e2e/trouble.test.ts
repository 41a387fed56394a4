import { describe, expect, test } from "vitest";
import { makeParticipant } from "../../simulators/torrow.ts";
import type { TestServer } from "../support/server.ts";
import {
  book,
  BOT,
  deliveries,
  GUEST,
  HOUR,
  mails,
  MINUTE,
  openStudio,
  OWNER,
  pass,
  states,
  TELEGRAM,
} from "../support/studio.ts";

const SEND = /sendMessage$/;

const url = (server: TestServer) => server.hook("telegram", TELEGRAM);
const guest = (id: string) =>
  makeParticipant({ fields: [{ type: 101, name: "*TelegramId", value: id }] });
const tries = (server: TestServer) =>
  server.vendors.telegram.journal.filter(({ path }) => SEND.test(path)).length;
const statusOf = async (server: TestServer, provider: string) =>
  (
    await server.database.query<{ status: string }>(
      "select status from integration where provider = $1",
      [provider],
    )
  )[0]?.status;

describe("a refusal", () => {
  test("is final, on the timeline, and in a mail that names booking, reason and what to do", async () => {
    await using server = await openStudio();
    server.vendors.telegram.block(GUEST);
    await server.post(url(server), book(server).event());
    await pass(server, HOUR, 10 * MINUTE);
    expect(tries(server)).toBe(1);
    expect(await deliveries(server)).toMatchObject([
      { state: "refused", detail: expect.stringContaining("blocked") },
    ]);
    const [mail] = await mails(server);
    expect(mail).toMatchObject({ to: OWNER, subject: expect.stringContaining("№1") });
    expect(mail?.text).not.toContain(GUEST);
    expect(mail?.text).not.toContain(BOT);
  });

  test("of one cause for ten bookings within ten minutes makes one mail with a count, later ones a second", async () => {
    await using server = await openStudio();
    server.vendors.telegram.block(GUEST);
    for (let n = 0; n < 10; n += 1) await server.post(url(server), book(server).event());
    expect(await mails(server)).toHaveLength(1);
    expect(server.mails[0]?.text).toContain("10");
    for (let n = 0; n < 3; n += 1) await server.post(url(server), book(server).event());
    await server.advance(8 * MINUTE);
    expect(server.mails).toHaveLength(1);
    await server.advance(3 * MINUTE);
    expect(server.mails).toHaveLength(2);
    expect(server.mails[1]?.text).toContain("3");
  });

  test("of another cause makes a mail of its own", async () => {
    await using server = await openStudio();
    server.vendors.telegram.block(GUEST);
    server.vendors.telegram.forget("100000009");
    await server.post(url(server), book(server).event());
    await server.post(url(server), book(server, { participants: [guest("100000009")] }).event());
    expect(await mails(server)).toHaveLength(2);
  });

  test("where the hook names nobody is kept to be shown", async () => {
    await using server = await openStudio();
    server.vendors.telegram.block(GUEST);
    await server.post(
      server.hook("telegram", `telegramToken=${BOT}&telegramFieldName=*TelegramId`),
      book(server).event(),
    );
    expect(await mails(server)).toEqual([]);
    expect(await server.database.query("select state, count from notice")).toEqual([
      { state: "kept", count: 1 },
    ]);
  });

  test("by a bot whose token was revoked is the account's trouble, and shows in its status", async () => {
    await using server = await openStudio();
    server.vendors.telegram.revokeBot(BOT);
    for (let n = 0; n < 3; n += 1) await server.post(url(server), book(server).event());
    expect(await statusOf(server, "telegram")).toBe("has-errors");
    expect((await mails(server))[0]?.text).not.toContain(BOT);
  });
});

describe("a breaker", () => {
  test("opens when nearly every call of an account fails, holds the rest, and lets them go once a probe works", async () => {
    await using server = await openStudio();
    server.vendors.telegram.revokeBot(BOT);
    for (let n = 0; n < 12; n += 1)
      await server.post(
        url(server),
        book(server, { participants: [guest(String(200_000 + n))] }).event(),
      );
    const tried = tries(server);
    expect(tried).toBe(10);
    expect(await statusOf(server, "telegram")).toBe("has-errors");
    expect(await states(server)).toEqual([
      ...Array.from({ length: 2 }, () => "queued"),
      ...Array.from({ length: 10 }, () => "refused"),
    ]);
    server.vendors.telegram.addBot(BOT, {});
    await pass(server, 2 * MINUTE, 10_000);
    expect(server.vendors.telegram.sent).toHaveLength(2);
    expect(await statusOf(server, "telegram")).toBe("active");
  });

  test("never opens on another account's failures, nor on guests who blocked the bot", async () => {
    await using server = await openStudio();
    const other = "700000001:AAAQKNyn1jhScXSGsYCh_yxwWDT578ARMGA";
    server.vendors.telegram.addBot(other, {});
    server.vendors.telegram.revokeBot(BOT);
    server.vendors.telegram.block(GUEST);
    const working = server.hook("telegram", `telegramToken=${other}&telegramFieldName=*TelegramId`);
    for (let n = 0; n < 12; n += 1) {
      await server.post(
        url(server),
        book(server, { participants: [guest(String(200_000 + n))] }).event(),
      );
      await server.post(working, book(server).event());
    }
    await server.post(working, book(server, { participants: [guest("100000009")] }).event());
    expect(server.vendors.telegram.sent).toHaveLength(1);
    const rows = await server.database.query<{ status: string }>(
      "select status from integration order by status",
    );
    expect(rows.map(({ status }) => status)).toEqual(["active", "has-errors"]);
  });
});
