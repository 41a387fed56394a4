import { createHash } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startSimulator } from "./simulator.ts";
import { startTtlockSimulator, type TtlockSimulator } from "./ttlock.ts";

type Answer = Readonly<Record<string, unknown>>;
type Given = Readonly<Record<string, string | number>>;

const username = "owner@example.org";
const hour = 3_600_000;
let clock: number;
let ttlock: TtlockSimulator;
let accessToken: string;

beforeEach(async () => {
  clock = Date.UTC(2030, 0, 15, 9);
  ttlock = await startTtlockSimulator({ now: () => clock });
  ttlock.addAccount({ username, password: "pass" });
  ttlock.addLock({ lockId: 1, owner: username });
  accessToken = String((await signIn())["access_token"]);
});

afterEach(() => ttlock[Symbol.asyncDispose]());

async function post(path: string, given: Given): Promise<Answer> {
  const fields = Object.entries(given).map(([name, value]) => [name, String(value)]);
  const body = new URLSearchParams(fields as [string, string][]);
  const response = await fetch(ttlock.url + path, { method: "POST", body });
  expect(response.status).toBe(200);
  return (await response.json()) as Answer;
}

const signIn = (given: Given = {}): Promise<Answer> =>
  post("/oauth2/token", {
    ...ttlock.application,
    username,
    password: createHash("md5").update("pass").digest("hex"),
    ...given,
  });

const call = (path: string, given: Given = {}): Promise<Answer> => {
  const { clientId } = ttlock.application;
  return post(`/v3/${path}`, { clientId, accessToken, date: clock, lockId: 1, ...given });
};

const add = (keyboardPwd: string, given: Given = {}): Promise<Answer> =>
  call("keyboardPwd/add", {
    keyboardPwd,
    keyboardPwdName: `Guest ${keyboardPwd}`,
    addType: 2,
    startDate: clock,
    endDate: clock + hour,
    ...given,
  });

test("signs in with the MD5 of the password, in camel and in snake case", async () => {
  const { clientId: client_id, clientSecret: client_secret } = ttlock.application;
  const password = "1a1dc91c907325c69271ddf0c944bc72";
  const snake = { client_id, client_secret, grant_type: "password", username, password };
  expect(await post("/oauth2/token", snake)).toMatchObject({ expires_in: 7_776_000 });
  expect(await signIn({ password: "pass" })).toMatchObject({ errcode: 30005 });
  expect(await signIn({ username: "x" })).toMatchObject({ errcode: 10007 });
  expect(await signIn({ clientId: "x" })).toMatchObject({ errcode: 10000 });
  expect(await signIn({ clientSecret: "x" })).toMatchObject({ errcode: 10001 });
});

test("rotates the refresh token: the one used before is dead", async () => {
  const { refresh_token: refreshToken } = await signIn();
  const renewal = { grant_type: "refresh_token", refresh_token: String(refreshToken) };
  const renewed = await signIn(renewal);
  expect(renewed["access_token"]).toBeTypeOf("string");
  expect(renewed["refresh_token"]).not.toBe(refreshToken);
  expect(await signIn(renewal)).toMatchObject({ errcode: 10011 });
});

test("tells an unknown token from an expired one, and a user of another region", async () => {
  expect(await call("lock/detail", { accessToken: "x" })).toMatchObject({ errcode: 10003 });
  clock += 91 * 24 * hour;
  expect(await call("lock/detail")).toMatchObject({ errcode: 10004 });
  ttlock.addAccount({ username: "cn", password: "pass", region: "elsewhere" });
  expect(await signIn({ username: "cn" })).toMatchObject({ errcode: 30008 });
});

test("takes a date five minutes off and not one second more", async () => {
  expect(await call("lock/detail", { date: clock - 300_000 })).toHaveProperty("lockAlias");
  expect(await call("lock/detail", { date: clock + 301_000 })).toMatchObject({ errcode: 80000 });
});

test("reads a call whose fields are split between query and form", async () => {
  const { clientId } = ttlock.application;
  const query = new URLSearchParams({ clientId, accessToken, date: String(clock) });
  expect(await post(`/v3/lock/detail?${query.toString()}`, { lockId: 1 })).toMatchObject({
    lockId: 1,
  });
  query.set("lockId", "1");
  const read = await fetch(`${ttlock.url}/v3/lock/detail?${query.toString()}`);
  expect(await read.json()).toMatchObject({ lockId: 1 });
});

test("refuses codes that are too short, too long, too simple or there already", async () => {
  for (const code of ["123", "1234567890"]) {
    expect(await add(code)).toMatchObject({ errcode: -3006 });
  }
  for (const code of ["0000", "123456", "987654"]) {
    expect(await add(code)).toMatchObject({ errcode: -2032 });
  }
  expect(await add("031415")).toHaveProperty("keyboardPwdId");
  expect(await add("031415")).toMatchObject({ errcode: -3007 });
  expect(ttlock.effects).toHaveLength(1);
});

test("holds as many custom codes as the lock has room for", async () => {
  ttlock.addLock({ lockId: 2, owner: username, capacity: 1 });
  await add("031415", { lockId: 2 });
  expect(await add("271828", { lockId: 2 })).toMatchObject({ errcode: -3009 });
});

test("records a code without the keypad when the type of adding is left at its default", async () => {
  await add("031415", { addType: 1 });
  expect(ttlock.codesOf(1)).toMatchObject([{ isInCloud: true, isOnKeypad: false }]);
  expect(ttlock.enter(1, "031415")).toBe(false);
});

test("goes on opening for a code that was deleted in the cloud only", async () => {
  const { keyboardPwdId } = await add("031415");
  await call("keyboardPwd/delete", { keyboardPwdId: Number(keyboardPwdId) });
  expect(ttlock.enter(1, "031415")).toBe(true);
});

test("says -3002 for an offline gateway, -2012 for none in range, -3003 for a busy one", async () => {
  const gateway = ttlock.gateway(90_001);
  gateway.setOnline(false);
  expect(await add("031415")).toMatchObject({ errcode: -3002 });
  gateway.setOnline(true);
  gateway.setInRange(1, false);
  expect(await add("031415")).toMatchObject({ errcode: -2012 });
  gateway.setInRange(1, true);
  gateway.setBusyUntil(clock + 1);
  expect(await add("031415")).toMatchObject({ errcode: -3003 });
  expect(ttlock.codesOf(1)).toEqual([]);
});

test("holds one conversation per gateway at a time", async () => {
  ttlock.setGatewayLatency(30);
  ttlock.addLock({ lockId: 2, owner: username });
  const both = await Promise.all([add("031415"), add("271828", { lockId: 2 })]);
  expect(both.filter(({ errcode }) => errcode === -3003)).toHaveLength(1);
  expect(ttlock.effects).toHaveLength(1);
});

test("lists a gateway as online for minutes after it lost its power", async () => {
  ttlock.gateway(90_001).unplug();
  const list = (): Promise<Answer> => call("gateway/list", { pageNo: 1, pageSize: 20 });
  expect(await list()).toMatchObject({ list: [{ isOnline: 1 }] });
  clock += 9 * 60_000;
  expect(await list()).toMatchObject({ list: [{ isOnline: 0 }] });
});

test("searches the list by part of the name or by the whole code, page by page", async () => {
  for (const code of ["031415", "271828", "161803"]) await add(code);
  const list = (given: Given): Promise<Answer> =>
    call("lock/listKeyboardPwd", { pageNo: 1, pageSize: 20, ...given });
  expect(await list({ searchStr: "271828" })).toMatchObject({ total: 1 });
  expect(await list({ searchStr: "guest" })).toMatchObject({ total: 3 });
  expect(await list({ searchStr: "2718" })).toMatchObject({ total: 1 });
  expect(await list({ pageNo: 2, pageSize: 2 })).toMatchObject({
    pages: 2,
    list: [{ keyboardPwd: "031415" }],
  });
  expect(await list({ pageSize: 201 })).toMatchObject({ errcode: -3 });
});

test("moves a code only when both dates are given", async () => {
  const { keyboardPwdId } = await add("031415");
  const change = { keyboardPwdId: Number(keyboardPwdId), changeType: 2 };
  const endDate = clock + 2 * hour;
  expect(await call("keyboardPwd/change", { ...change, endDate })).toMatchObject({ errcode: 0 });
  expect(ttlock.codesOf(1)).toMatchObject([{ endDate: clock + hour }]);
  await call("keyboardPwd/change", { ...change, startDate: clock, endDate });
  expect(ttlock.codesOf(1)).toMatchObject([{ endDate }]);
  ttlock.quirks.changeOfUnused = "refused";
  expect(await call("keyboardPwd/change", change)).toMatchObject({ errcode: -3008 });
});

test("answers the deletion of an unknown code in both ways that were seen", async () => {
  const gone = { keyboardPwdId: 7, deleteType: 2 };
  expect(await call("keyboardPwd/delete", gone)).toMatchObject({ errcode: -2009 });
  ttlock.quirks.deleteUnknown = "accepted";
  expect(await call("keyboardPwd/delete", gone)).toMatchObject({ errcode: 0 });
});

test("gives one random code per whole hours, and none for hours whose code was deleted", async () => {
  ttlock.gateway(90_001).setOnline(false);
  const wanted = { keyboardPwdType: 3, startDate: clock + 20 * 60_000, endDate: clock + hour };
  const first = await call("keyboardPwd/get", wanted);
  expect(ttlock.codesOf(1)).toMatchObject([{ startDate: clock, isCustom: false }]);
  expect(await call("keyboardPwd/get", wanted)).toEqual(first);
  expect(ttlock.enter(1, String(first["keyboardPwd"]))).toBe(true);
  await call("keyboardPwd/delete", { keyboardPwdId: Number(first["keyboardPwdId"]) });
  expect(await call("keyboardPwd/get", wanted)).toMatchObject({ errcode: -1026 });
});

test("cuts hours in the zone of the lock", async () => {
  ttlock.changeLock(1, { timezoneRawOffset: 5.5 * hour });
  await call("keyboardPwd/get", { keyboardPwdType: 3, startDate: clock, endDate: clock + hour });
  expect(ttlock.codesOf(1)).toMatchObject([{ startDate: clock - hour / 2 }]);
});

test("suspends a random code that nobody used within a day", async () => {
  const wanted = { keyboardPwdType: 3, startDate: clock, endDate: clock + 72 * hour };
  const { keyboardPwd } = await call("keyboardPwd/get", wanted);
  clock += 25 * hour;
  expect(ttlock.enter(1, String(keyboardPwd))).toBe(false);
});

test("keeps locks from strangers and does nothing on a frozen one", async () => {
  ttlock.addAccount({ username: "other", password: "pass" });
  ttlock.addLock({ lockId: 2, owner: "other" });
  expect(await call("lock/detail", { lockId: 2 })).toMatchObject({ errcode: 20002 });
  expect(await call("lock/detail", { lockId: 3 })).toMatchObject({ errcode: -1003 });
  ttlock.changeLock(1, { isFrozen: true });
  expect(await add("031415")).toMatchObject({ errcode: -2025 });
});

test("stops when the month's calls are spent", async () => {
  ttlock.spendQuota(1);
  expect(await call("lock/detail")).toHaveProperty("lockAlias");
  expect(await call("lock/detail")).toMatchObject({ errcode: 30007 });
});

test("fails as scripted: before the deed, after it, and with a page of a proxy", async () => {
  ttlock.failNext(/add$/, 30006);
  expect(await add("031415")).toMatchObject({ errcode: 30006 });
  expect(ttlock.codesOf(1)).toEqual([]);
  ttlock.failAfterApply(/add$/, 1);
  expect(await add("031415")).toMatchObject({ errcode: 1 });
  expect(ttlock.codesOf(1)).toHaveLength(1);
  const page = { status: 502, body: "<html>Bad Gateway</html>" };
  ttlock.faults.add(/detail$/, { kind: "answer", answer: page });
  expect((await fetch(`${ttlock.url}/v3/lock/detail`)).status).toBe(502);
});

test("keeps lock records and posts them, doubled if asked to", async () => {
  await add("031415");
  ttlock.enter(1, "031415");
  ttlock.enter(1, "999999");
  const records = await call("lockRecord/list", {
    pageNo: 1,
    pageSize: 20,
    startDate: 0,
    endDate: 0,
  });
  expect(records).toMatchObject({
    list: [{ success: 0 }, { success: 1, username: "Guest 031415" }],
  });
  const receiver = await startSimulator(() => ({ status: 200, body: "success" }));
  expect(await ttlock.callBack(receiver.url, 1, 2)).toEqual(["success", "success"]);
  await receiver[Symbol.asyncDispose]();
  const form = new URLSearchParams(receiver.journal[0]!.body);
  expect(form.get("notifyType")).toBe("1");
  expect(JSON.parse(form.get("records") ?? "")).toHaveLength(2);
});
