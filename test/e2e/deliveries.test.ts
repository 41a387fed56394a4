import { describe, expect, test } from "vitest";
import { refusal, tooManyRequests } from "../../simulators/telegram.ts";
import { makeParticipant } from "../../simulators/torrow.ts";
import { NOON, type TestServer } from "../support/server.ts";
import {
  book,
  BOT,
  GUEST,
  HOUR,
  mails,
  MINUTE,
  openStudio,
  OWNER,
  pass,
  states,
  TELEGRAM,
  timeline,
} from "../support/studio.ts";

const SEND = /sendMessage$/;
const TOKEN = "410830193ce4ad56fe4df0378d1a0a8d";
const WAZZUP = `key_api=${TOKEN}&channel_id=c1&errorEmail=${OWNER}`;

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

/** A server whose guests are told by Wazzup24, which says clearly what never happened. */
async function openWazzup() {
  const server = await openStudio({ environment: { CONCIERGE_RETRY_DELAYS: "10s,60s,600s" } });
  server.vendors.wazzup24.addChannel({ key: TOKEN, channelId: "c1", transport: "whatsapp" });
  return {
    server,
    hook: server.hook("wazzup24", WAZZUP),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

describe("too many calls", () => {
  test("hold back every message of the bot for as long as it asks, and cost no attempt", async () => {
    await using server = await openStudio();
    server.vendors.telegram.faults.add(SEND, { kind: "answer", answer: tooManyRequests(40) });
    await server.post(url(server), book(server).event());
    await server.post(url(server), book(server, { participants: [guest("100000009")] }).event());
    expect(tries(server)).toBe(1);
    await server.advance(38_000);
    expect(tries(server)).toBe(1);
    await pass(server, 5_000, 1_000);
    expect(server.vendors.telegram.sent).toHaveLength(2);
    expect(await server.database.query("select distinct ladder_step from delivery")).toEqual([
      { ladder_step: 0 },
    ]);
    expect(await statusOf(server, "telegram")).toBe("active");
    expect(await mails(server)).toEqual([]);
  });

  test("that last beyond the booking's start end the message as too late", async () => {
    await using server = await openStudio();
    server.vendors.telegram.faults.add(SEND, { kind: "answer", answer: tooManyRequests(7_200) }, 9);
    await server.post(url(server), book(server, { startsAt: NOON + HOUR }).event());
    expect(await states(server)).toEqual(["expired"]);
    expect(await mails(server)).toHaveLength(1);
  });
});

describe("a vendor that is away", () => {
  test("is tried again by the ladder, until it takes the message", async () => {
    await using studio = await openWazzup();
    const { server, hook } = studio;
    server.vendors.wazzup24.faults.add(
      /v3\/message$/,
      { kind: "answer", answer: { status: 429, body: {} } },
      2,
    );
    await server.post(hook, book(server).event());
    expect(await states(server)).toEqual(["retrying"]);
    expect(await timeline(server)).toContainEqual(expect.stringContaining("will be tried again"));
    await pass(server, 3 * MINUTE, 5_000);
    expect(server.vendors.wazzup24.sent).toHaveLength(1);
    expect(await states(server)).toEqual(["sent"]);
    expect(await mails(server)).toEqual([]);
  });

  test("until the deadline makes the message too late, and that is told", async () => {
    await using server = await openStudio();
    server.vendors.telegram.faults.add(SEND, { kind: "answer", answer: tooManyRequests(600) }, 100);
    await server.post(url(server), book(server).event());
    await pass(server, 3 * HOUR + MINUTE, 10 * MINUTE);
    expect(await states(server)).toEqual(["expired"]);
    expect(server.vendors.telegram.sent).toEqual([]);
    expect(await mails(server)).toHaveLength(1);
  });
});

describe("while a message waits to be tried again", () => {
  test.each(["moved", "cancelled"])(
    "its booking is %s: it is no longer true and is not sent",
    async (what) => {
      await using server = await openStudio();
      server.vendors.telegram.faults.add(SEND, { kind: "answer", answer: tooManyRequests(60) });
      const booking = book(server);
      await server.post(url(server), booking.event());
      if (what === "moved") booking.move(HOUR);
      else booking.cancel();
      await server.post(url(server), booking.event(3042));
      await pass(server, 5 * MINUTE);
      expect(await states(server)).toEqual(["cancelled", "sent"]);
      expect(server.vendors.telegram.sent).toHaveLength(1);
    },
  );

  test("a message to a fixed number stays true whatever becomes of the booking", async () => {
    await using server = await openStudio();
    server.vendors.wappi.addProfile({ token: TOKEN, id: "p1", platform: "wa" });
    server.vendors.wappi.faults.add(/message\/send/, {
      kind: "answer",
      answer: { status: 429, headers: { "retry-after": "60" }, body: "" },
    });
    const booking = book(server);
    const hook = server.hook(
      "wappi",
      `apiToken=${TOKEN}&profileId=p1&phone=79005550011&message=Hi`,
    );
    await server.post(hook, booking.event());
    booking.move(HOUR);
    await pass(server, 10 * MINUTE);
    expect(server.vendors.wappi.sent).toHaveLength(1);
  });
});

describe("an unclear outcome", () => {
  test("at Telegram, which cannot be asked, stays unclear, is told, and is never repeated", async () => {
    await using server = await openStudio();
    server.vendors.telegram.faults.add(SEND, { kind: "reset-after-apply" });
    await server.post(url(server), book(server).event());
    await pass(server, 2 * HOUR, 10 * MINUTE);
    expect(server.vendors.telegram.sent).toHaveLength(1);
    expect(await states(server)).toEqual(["uncertain"]);
    expect(await mails(server)).toHaveLength(1);
    expect(await timeline(server)).toContainEqual(
      expect.stringContaining("unclear whether it arrived"),
    );
  });

  test("is no trouble of another guest of the same bot", async () => {
    await using server = await openStudio();
    server.vendors.telegram.faults.add(SEND, { kind: "reset-after-apply" });
    await server.post(url(server), book(server).event());
    await server.post(url(server), book(server, { participants: [guest("100000009")] }).event());
    expect(await states(server)).toEqual(["sent", "uncertain"]);
  });
});

test("what was sent and what came back is kept for each try, without token, number or text", async () => {
  await using server = await openStudio();
  server.vendors.telegram.faults.add(SEND, {
    kind: "answer",
    answer: refusal(400, "Bad Request: chat not found"),
  });
  await server.post(
    server.hook("telegram", `${TELEGRAM}&message=canary-text`),
    book(server).event(),
  );
  const [attempt] = await server.database.query<{ exchanges: unknown; outcome: string }>(
    "select outcome, exchanges from attempt",
  );
  const told = JSON.stringify(attempt);
  expect(attempt?.outcome).toBe("refused");
  expect(told).toContain("sendMessage");
  expect(told).toContain("chat not found");
  for (const secret of [BOT, GUEST, "canary-text"]) expect(told).not.toContain(secret);
  expect(server.log.join("\n")).not.toContain("canary-text");
});
