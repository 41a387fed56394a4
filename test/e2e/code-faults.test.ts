import { describe, expect, test } from "vitest";
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
  states,
  VIA_TELEGRAM,
} from "../support/studio.ts";

const ADD = /keyboardPwd\/add$/;
const CHANGE = /keyboardPwd\/change$/;
const LIST = /listKeyboardPwd$/;
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

describe("other digits are chosen, and told once they are in the lock", () => {
  test.each([
    ["they stand on the lock already", -3007],
    ["they are too simple for it", -2032],
  ])("when %s", async (_, errcode) => {
    await using studio = await open();
    const { server, ttlock, url } = studio;
    ttlock.failNext(ADD, errcode, 2);
    await server.post(url, book(server).event());
    expect(codesOn(server)).toHaveLength(1);
    expect(server.vendors.telegram.sent).toHaveLength(1);
    expect(server.vendors.telegram.sent[0]?.text).toContain(codesOn(server)[0]?.code);
    expect(await states(server, "code")).toEqual(["delivered"]);
  });

  test("when the lock cannot move a code that was never used: new digits, a message, and the old code goes", async () => {
    await using studio = await open();
    const { server, ttlock, url } = studio;
    const booking = book(server);
    await server.post(url, booking.event());
    const [before] = codesOn(server);
    booking.move(HOUR);
    ttlock.failNext(CHANGE, -3008);
    await server.post(url, booking.event());
    expect(codesOn(server)).toHaveLength(1);
    expect(codesOn(server)[0]).toMatchObject({ startDate: NOON + 4 * HOUR });
    expect(codesOn(server)[0]?.code).not.toBe(before?.code);
    expect(server.vendors.telegram.sent).toHaveLength(2);
    expect(server.vendors.telegram.sent[1]?.text).toContain(codesOn(server)[0]?.code);
  });
});

describe("a code is set in the end, with nobody troubled", () => {
  test.each([
    ["the token has expired", "expire"],
    ["the cloud has forgotten every token", "forget"],
  ])("when %s", async (_, what) => {
    await using studio = await open();
    const { server, ttlock, url } = studio;
    await server.post(url, book(server).event());
    if (what === "expire") ttlock.expireTokens();
    else ttlock.forgetTokens();
    await server.post(url, book(server).event());
    expect(codesOn(server)).toHaveLength(2);
    expect(await mails(server)).toEqual([]);
  });

  test.each([
    ["the gateway is busy", -3003, ADD],
    ["the gateway is offline", -3002, ADD],
    ["no gateway is in range", -2012, ADD],
    ["the lock is busy", -3037, ADD],
    ["there are too many calls", 30006, ADD],
    ["the cloud has an internal error", 90000, ADD],
    ["the clock seems off", 80000, ADD],
    ["the lock cannot be described", 90000, /lock\/detail$/],
    ["the list cannot be read", 90000, LIST],
  ])("when %s", async (_, errcode, path) => {
    await using studio = await open();
    const { server, ttlock, url } = studio;
    ttlock.failNext(path, errcode, 2);
    await server.post(url, book(server).event());
    await pass(server, 20 * MINUTE, 30_000);
    expect(codesOn(server)).toHaveLength(1);
    expect(await states(server, "code")).toEqual(["delivered"]);
    expect(server.vendors.telegram.sent).toHaveLength(1);
    expect(await mails(server)).toEqual([]);
  });

  test.each([
    ["the answer is lost after the code was written", { kind: "reset-after-apply" }],
    [
      "the answer is an HTML page of 502",
      { kind: "answer", answer: { status: 502, body: "<html>Bad Gateway</html>" } },
    ],
    ["the call is cut before it does anything", { kind: "reset" }],
  ] as const)("when %s", async (_, fault) => {
    await using studio = await open();
    const { server, ttlock, url } = studio;
    ttlock.faults.add(ADD, fault);
    await server.post(url, book(server).event());
    await pass(server, 5 * MINUTE, 15_000);
    expect(codesOn(server)).toHaveLength(1);
    expect(server.vendors.telegram.sent).toHaveLength(1);
    expect(await mails(server)).toEqual([]);
  });

  test("when the vendor says that it failed and the code is there all the same", async () => {
    await using studio = await open();
    const { server, ttlock, url } = studio;
    ttlock.failAfterApply(ADD, 1);
    await server.post(url, book(server).event());
    await pass(server, 5 * MINUTE, 15_000);
    expect(codesOn(server)).toHaveLength(1);
    expect(server.vendors.telegram.sent).toHaveLength(1);
    expect(server.vendors.telegram.sent[0]?.text).toContain(codesOn(server)[0]?.code);
  });

  test("when the gateway comes back in time", async () => {
    await using studio = await open();
    const { server, ttlock, url } = studio;
    ttlock.gateway(GATEWAY).setOnline(false);
    await server.post(url, book(server).event());
    await pass(server, HOUR, 5 * MINUTE);
    expect(server.vendors.telegram.sent).toHaveLength(0);
    ttlock.gateway(GATEWAY).setOnline(true);
    await pass(server, HOUR, 5 * MINUTE);
    expect(codesOn(server)).toHaveLength(1);
    expect(server.vendors.telegram.sent).toHaveLength(1);
    expect(await mails(server)).toEqual([]);
  });
});

test("nobody is told a code that the lock's list does not show, whatever the vendor said", async () => {
  await using studio = await open();
  const { server, ttlock, url } = studio;
  ttlock.faults.add(
    ADD,
    { kind: "answer", answer: { status: 200, body: { keyboardPwdId: 4711 } } },
    1_000,
  );
  await server.post(url, book(server).event());
  await pass(server, 2 * HOUR + 50 * MINUTE, 5 * MINUTE);
  expect(codesOn(server)).toHaveLength(0);
  expect(server.vendors.telegram.sent).toHaveLength(0);
  expect((await mails(server)).length).toBeGreaterThan(0);
  expect(ttlock.journal.filter(({ path }) => ADD.test(path)).length).toBeLessThan(200);
});

test("a full lock gives up our own codes that are over, and takes the new one without troubling anybody", async () => {
  await using server = await openStudio();
  const { ttlock } = server.vendors;
  ttlock.addLock({ lockId: 5, owner: "owner@example.org", alias: "Small", capacity: 1 });
  const url = server.hook("ttlock", `${ACCOUNT}&lockId=5`);
  const first = book(server);
  await server.post(url, first.event());
  expect(codesOn(server, 5)).toHaveLength(1);
  await server.advance(6 * HOUR);
  await server.post(url, book(server, { startsAt: NOON + 9 * HOUR }).event());
  await pass(server, 30 * MINUTE);
  expect(codesOn(server, 5)).toMatchObject([{ startDate: NOON + 9 * HOUR }]);
  expect(await mails(server)).toEqual([]);
});

describe("a person is told at once, in one mail, and work goes on by itself after the repair", () => {
  test.each([
    ["the month's calls are used up", 30007],
    ["our application is unknown", 10000],
    ["the region is wrong", 30008],
    ["the lock is frozen", -2025],
    ["we may not manage the lock", -2018],
    ["there is no such lock", -1003],
  ])("when %s", async (_, errcode) => {
    await using studio = await open();
    const { server, ttlock, url } = studio;
    ttlock.failNext(ADD, errcode, 3);
    await server.post(url, book(server).event());
    expect(await mails(server)).toMatchObject([
      { to: "owner@example.org", subject: expect.stringContaining("№1") },
    ]);
    expect(await states(server, "code")).toEqual(["refused"]);
    await pass(server, 2 * HOUR + 55 * MINUTE, 5 * MINUTE);
    expect(codesOn(server)).toHaveLength(1);
    expect(server.vendors.telegram.sent).toHaveLength(1);
    expect(await mails(server)).toHaveLength(1);
    expect(await states(server, "code")).toEqual(["delivered"]);
  });

  test("when the password was changed, without locking the account by trying", async () => {
    await using studio = await open();
    const { server, ttlock, url } = studio;
    ttlock.changePassword("owner@example.org", "another");
    await server.post(url, book(server).event());
    await pass(server, HOUR, 5 * MINUTE);
    expect(await mails(server)).toHaveLength(1);
    expect(
      ttlock.journal.filter(({ path }) => /oauth2\/token/.test(path)).length,
    ).toBeLessThanOrEqual(3);
    expect((await mails(server))[0]?.text).not.toContain("door pass");
  });
});

test("a cloud that never answers is told of half an hour before the start too", async () => {
  await using studio = await open();
  const { server, ttlock, url } = studio;
  ttlock.faults.add(/.*/, { kind: "reset-after-apply" }, 10_000);
  await server.post(url, book(server).event());
  await pass(server, 2 * HOUR + 35 * MINUTE, 5 * MINUTE);
  expect(await mails(server)).toHaveLength(1);
});
