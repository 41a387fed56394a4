import { describe, expect, test } from "vitest";
import { makeParticipant } from "../../simulators/torrow.ts";
import { NOON } from "../support/server.ts";
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
  timeline,
  verdicts,
} from "../support/studio.ts";

describe("a repeat of the same event", () => {
  test("within ten minutes of the first does nothing, later it goes out again", async () => {
    await using server = await openStudio();
    const url = server.hook("telegram", TELEGRAM);
    const booking = book(server);
    await server.post(url, booking.event());
    await server.post(url, booking.event());
    await server.advance(10 * MINUTE);
    await server.post(url, booking.event());
    expect(server.vendors.telegram.sent).toHaveLength(1);
    await server.advance(1);
    await server.post(url, booking.event());
    expect(server.vendors.telegram.sent).toHaveLength(2);
    expect(await verdicts(server)).toEqual(["done", "done", "repeated", "repeated"]);
  });

  test("at the same moment does its work once", async () => {
    await using server = await openStudio();
    const url = server.hook("telegram", TELEGRAM);
    const body = JSON.stringify(book(server).event());
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => fetch(url, { method: "POST", body })),
    );
    await server.idle();
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200));
    expect(server.vendors.telegram.sent).toHaveLength(1);
  });

  test("at another hook is work of its own", async () => {
    await using server = await openStudio();
    const booking = book(server);
    await server.post(server.hook("telegram", `${TELEGRAM}&message=Added`), booking.event());
    await server.post(server.hook("telegram", `${TELEGRAM}&message=Reminder`), booking.event());
    expect(server.vendors.telegram.sent.map(({ text }) => text.split("\n")[0])).toEqual([
      "Здравствуйте! Added",
      "Здравствуйте! Reminder",
    ]);
  });

  test("hours later is a second reminder, and goes out", async () => {
    await using server = await openStudio();
    const url = server.hook("telegram", TELEGRAM);
    const booking = book(server, { startsAt: NOON + 30 * HOUR });
    await server.post(url, booking.event());
    await server.advance(22 * HOUR);
    await server.post(url, booking.event());
    expect(server.vendors.telegram.sent).toHaveLength(2);
  });
});

describe("an event with an older version", () => {
  test("that is seen for the first time still tells its guest", async () => {
    await using server = await openStudio();
    const url = server.hook("telegram", TELEGRAM);
    const booking = book(server);
    const older = booking.event(3001);
    booking.edit({ description: "Вход со двора" });
    await server.post(url, booking.event(3041));
    await server.post(url, older);
    expect(server.vendors.telegram.sent).toHaveLength(2);
    expect(await verdicts(server)).toEqual(["done", "superseded"]);
  });

  test.each(["moved", "cancelled"])("says nothing once the booking was %s", async (what) => {
    await using server = await openStudio();
    const url = server.hook("telegram", TELEGRAM);
    const booking = book(server);
    const older = booking.event(3001);
    if (what === "moved") booking.move(HOUR);
    else booking.cancel();
    await server.post(url, booking.event(3042));
    await server.post(url, older);
    expect(server.vendors.telegram.sent).toHaveLength(1);
    expect(await timeline(server)).toContainEqual(expect.stringContaining("No message was sent"));
  });
});

test("an unknown type of event tells its guest like any other", async () => {
  await using server = await openStudio();
  await server.post(server.hook("telegram", TELEGRAM), book(server).event(4_711));
  expect(server.vendors.telegram.sent).toMatchObject([{ chatId: GUEST, token: BOT }]);
});

test("signs of markup in a text are told as they are", async () => {
  await using server = await openStudio();
  const booking = book(server, { description: "a < b & c" });
  await server.post(server.hook("telegram", `${TELEGRAM}&message=1%20%3C%202`), booking.event());
  expect(server.vendors.telegram.sent[0]?.text).toContain("a < b & c");
  expect(server.vendors.telegram.sent[0]?.text).toContain("1 < 2");
});

test("a text over the channel's limit goes out in parts, in order, each once", async () => {
  await using server = await openStudio();
  const message = Array.from({ length: 1_500 }, (_, n) => `word${n}`).join("%20");
  await server.post(
    server.hook("telegram", `${TELEGRAM}&message=${encodeURI(message).replaceAll("%2520", "%20")}`),
    book(server).event(),
  );
  const texts = server.vendors.telegram.sent.map(({ text }) => text);
  expect(texts.length).toBeGreaterThan(2);
  expect(texts.every((text) => text.length <= 4_096)).toBe(true);
  const numbers = [...texts.join(" ").matchAll(/word(\d+)/g)].map(([, n]) => Number(n));
  expect(numbers).toEqual(Array.from({ length: 1_500 }, (_, n) => n));
  expect(await states(server)).toEqual(["sent"]);
});

describe("a guest without an address", () => {
  const nobody = makeParticipant({ fields: [{ type: 1, name: "Имя", value: "Пётр" }] });

  test("is refused on the timeline, and the owner gets one mail for many", async () => {
    await using server = await openStudio();
    const url = server.hook("telegram", TELEGRAM);
    for (let n = 0; n < 5; n += 1)
      await server.post(url, book(server, { participants: [nobody] }).event());
    expect(await states(server)).toEqual(Array.from({ length: 5 }, () => "refused"));
    expect(await timeline(server)).toContainEqual(expect.stringContaining("<*TelegramId>"));
    expect(await mails(server)).toMatchObject([
      { to: OWNER, text: expect.stringContaining("*TelegramId") },
    ]);
  });

  test("does not keep the others from being told", async () => {
    await using server = await openStudio();
    const participants = [nobody, makeParticipant()];
    await server.post(server.hook("telegram", TELEGRAM), book(server, { participants }).event());
    expect((await states(server)).toSorted()).toEqual(["refused", "sent"]);
  });
});

test("a guest who left is not told of an order that goes on", async () => {
  await using server = await openStudio();
  const participants = [
    makeParticipant({ state: 3 }),
    makeParticipant({ fields: [{ type: 101, name: "*TelegramId", value: "100000009" }] }),
  ];
  await server.post(server.hook("telegram", TELEGRAM), book(server, { participants }).event());
  expect(server.vendors.telegram.sent.map(({ chatId }) => chatId)).toEqual(["100000009"]);
});

describe("an event that cannot be worked on", () => {
  test("for its hook's parameters is answered 200, kept, and told to errorEmail", async () => {
    await using server = await openStudio();
    const url = server.hook("telegram", `telegramToken=${BOT}&errorEmail=${OWNER}&timezone=Mars`);
    const answer = await server.post(url, book(server).event());
    expect(answer.status).toBe(200);
    expect(await verdicts(server)).toEqual(["quarantined"]);
    expect(await mails(server)).toMatchObject([
      {
        to: OWNER,
        text: expect.stringMatching(/telegramFieldName[\s\S]*Mars[\s\S]*concierge intake replay/),
      },
    ]);
    expect(server.vendors.telegram.sent).toEqual([]);
  });

  test.each([
    ["a list", []],
    ["a number", 5],
    ["an empty object", {}],
    ["no order", { CaseItem: null }],
  ])("for its body, %s, is kept and told", async (_, body) => {
    await using server = await openStudio();
    const answer = await server.post(server.hook("telegram", TELEGRAM), body);
    expect(answer.status).toBe(200);
    expect(await verdicts(server)).toEqual(["quarantined"]);
    expect(await mails(server)).toHaveLength(1);
  });
});

test("characters that the database refuses harm nobody else's event", async () => {
  await using server = await openStudio();
  const url = server.hook("telegram", TELEGRAM);
  const good = book(server);
  const strange = book(server, { description: "a\u0000b\uD800c" });
  const order = { ...(strange.event()["CaseItem"] as object), Id: "id\u0000with\uD800nul" };
  const bodies = [
    good.event(),
    strange.event(),
    { ...strange.event(), CaseItem: order },
    { ...strange.event(), CaseItem: { ...order, Id: "x".repeat(20_000) } },
  ];
  const answers = await Promise.all(
    bodies.map((body) => fetch(url, { method: "POST", body: JSON.stringify(body) })),
  );
  await server.idle();
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(server.vendors.telegram.sent.length).toBeGreaterThanOrEqual(3);
  expect(await deliveries(server)).not.toEqual([]);
});

test("a message about a start that has passed waits a day at most, one before it until it", async () => {
  await using server = await openStudio();
  const url = server.hook("telegram", TELEGRAM);
  server.vendors.telegram.faults.add(/sendMessage/, { kind: "reset" }, 0);
  await server.post(url, book(server, { startsAt: NOON - 5 * HOUR }).event());
  const [row] = await server.database.query<{ deadline_at: number }>(
    "select deadline_at from delivery",
  );
  expect(row?.deadline_at).toBe(NOON + 24 * HOUR);
  await pass(server, MINUTE);
});
