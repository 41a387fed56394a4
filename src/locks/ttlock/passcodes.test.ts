import type { Tools } from "#domain/tools.ts";
import { assert, integer, property } from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  gatewayId,
  offsetMs,
  openTtlock,
  password,
  type TtlockWorld,
  username,
} from "../../../test/support/ttlock-world.ts";
import { makeTools } from "../../../test/support/tools.ts";
import { ttlock } from "./index.ts";
import { toWholeHours } from "./passcodes.ts";

let world: TtlockWorld;
beforeEach(async () => {
  world = await openTtlock();
});
afterEach(() => world.simulator[Symbol.asyncDispose]());

const hour = 3_600_000;
const start = Date.UTC(2030, 4, 17, 12, 20);
const code = { code: "031415", name: "Booking 42", validFrom: start, validTo: start + 2 * hour };

async function added(): Promise<string> {
  const outcome = await world.account.addCode("1", code);
  if (outcome.outcome !== "accepted") throw new Error(outcome.detail.en);
  return outcome.value.remoteId;
}

test("writes to the keypad, not to the cloud alone", async () => {
  await added();
  expect(world.simulator.codesOf(1)).toMatchObject([{ isOnKeypad: true, isInCloud: true }]);
});

test("finds a name that is long and foreign by what the vendor kept of it", async () => {
  const name = `Заказ ${"x".repeat(60)}`;
  await world.account.addCode("1", { ...code, name });
  expect(world.simulator.codesOf(1)[0]!.name).toMatch(/^[\x20-\x7e]{50}$/);
  const found = await world.account.findCode("1", { code: code.code, name });
  expect(found).toMatchObject({ value: { code: code.code } });
});

test("finds a code by its id after a person changed its digits and name in the app", async () => {
  const remoteId = await added();
  const found = await world.account.findCode("1", { remoteId, code: "999999", name: "other" });
  expect(found).toMatchObject({ value: { remoteId, code: code.code } });
});

test("finds a code among more than one page of others", async () => {
  for (let other = 0; other < 230; other += 1)
    await world.account.addCode("1", { ...code, code: `77${String(other * 37 + 1000)}` });
  const target = `77${String(3 * 37 + 1000)}`;
  const wanted = { remoteId: "0", code: target, name: code.name };
  const byName = await world.account.findCode("1", { code: target, name: code.name });
  expect(byName).toMatchObject({ value: { code: target } });
  expect(await world.account.findCode("1", wanted)).toEqual({
    outcome: "accepted",
    value: undefined,
  });
  const pages = world.simulator.journal.filter(({ body }) => body.includes("pageNo=2"));
  expect(pages).toHaveLength(1);
});

test.each([4, 5, 6, 7])("status %i: the vendor has not brought it to the lock", async (status) => {
  const remoteId = await added();
  world.simulator.setStatus(Number(remoteId), status);
  const found = await world.account.findCode("1", { remoteId, ...code });
  expect(found).toMatchObject({ value: { isWritten: false } });
});

test("reads answers whose numbers came as texts", async () => {
  world.simulator.quirks.numbersAsText = true;
  const remoteId = await added();
  const found = await world.account.findCode("1", { remoteId, ...code });
  expect(found).toMatchObject({ value: { ...code, isWritten: true } });
  expect(await world.account.deleteCode("1", remoteId)).toMatchObject({ outcome: "accepted" });
  const described = await world.account.describe("1");
  expect(described).toMatchObject({ value: { takesCodes: true, gateways: [{ isOnline: true }] } });
});

test("keeps ids that are too large to be exact numbers", async () => {
  const body = '<html>{"keyboardPwdId": 90071992547409931234}'.slice("<html>".length);
  world.simulator.faults.add(/add$/, { kind: "answer", answer: { status: 200, body } });
  expect(await added()).toBe("90071992547409931234");
});

test("waits long enough for a talk with the lock, and calls silence uncertain", async () => {
  const asked: (number | undefined)[] = [];
  const impatient = makeTools(world.simulator.url, {
    environment: world.tools.environment,
    timeoutCapMs: 750,
  });
  const http: Tools["http"] = async (request) => {
    if (request.url.includes("keyboardPwd")) asked.push(request.timeoutMs);
    return impatient.http(request);
  };
  const account = ttlock.connect({ username, password }, { ...impatient, http });
  world.simulator.faults.add(/add$/, { kind: "silence-after-apply" });
  expect((await account.addCode("1", code)).outcome).toBe("uncertain");
  expect(asked[0]).toBeGreaterThanOrEqual(30_000);
  expect(await account.findCode("1", code)).toMatchObject({ value: { code: code.code } });
});

test("cannot move a code that the lock wants used first", async () => {
  const remoteId = await added();
  world.simulator.quirks.changeOfUnused = "refused";
  const moved = await world.account.moveCode("1", remoteId, code);
  expect(moved).toMatchObject({ outcome: "refused", because: "unchangeable" });
});

test("takes both answers to the deletion of a code that is gone", async () => {
  const remoteId = await added();
  await world.account.deleteCode("1", remoteId);
  for (const answer of ["refused", "accepted"] as const) {
    world.simulator.quirks.deleteUnknown = answer;
    expect((await world.account.deleteCode("1", remoteId)).outcome).toBe("accepted");
  }
});

test("locks of one gateway wait for each other, locks of another don't", async () => {
  world.simulator.setGatewayLatency(40);
  world.simulator.addLock({ lockId: 2, owner: username });
  world.simulator.addLock({ lockId: 3, owner: username, gatewayIds: [90_002] });
  for (const lockId of ["1", "2", "3"]) await world.account.describe(lockId);
  const all = await Promise.all(
    ["1", "2", "3"].map((lockId) => world.account.addCode(lockId, code)),
  );
  expect(all.map(({ outcome }) => outcome)).toEqual(["accepted", "accepted", "accepted"]);
  const order = world.simulator.effects.map(({ lockId }) => lockId);
  expect(order.indexOf(3)).toBeLessThan(order.indexOf(2));
});

test("locks whose gateway is not known yet wait for the whole account", async () => {
  world.simulator.setGatewayLatency(20);
  world.simulator.addLock({ lockId: 2, owner: username });
  const both = await Promise.all(["1", "2"].map((lockId) => world.account.addCode(lockId, code)));
  expect(both.map(({ outcome }) => outcome)).toEqual(["accepted", "accepted"]);
});

test("an account opened twice still holds one talk per gateway", async () => {
  world.simulator.setGatewayLatency(20);
  world.simulator.addLock({ lockId: 2, owner: username });
  const again = ttlock.connect({ username, password }, world.tools);
  const both = await Promise.all([world.account.addCode("1", code), again.addCode("2", code)]);
  expect(both.map(({ outcome }) => outcome)).toEqual(["accepted", "accepted"]);
});

const offline = () => world.account.offlineCode("1", code);

test("the offline code opens during the whole wish", async () => {
  world.simulator.gateway(gatewayId).setOnline(false);
  const got = await offline();
  const hours = toWholeHours(code, offsetMs);
  expect(got).toMatchObject({ value: hours });
  expect(world.simulator.codesOf(1)).toMatchObject([
    { startDate: hours.validFrom, endDate: hours.validTo, isCustom: false },
  ]);
});

test("spent hours are widened by one at the end, then at the start, then given up", async () => {
  const hours = toWholeHours(code, offsetMs);
  world.simulator.failNext(/get$/, -1026, 1);
  expect(await offline()).toMatchObject({ value: { ...hours, validTo: hours.validTo + hour } });
  world.simulator.failNext(/get$/, -1026, 2);
  expect(await offline()).toMatchObject({ value: { ...hours, validFrom: hours.validFrom - hour } });
  world.simulator.failNext(/get$/, -1026, 3);
  expect(await offline()).toMatchObject({ outcome: "refused", because: "hours-spent" });
});

test("an offline code whose answer got lost is asked for again: nobody knows it", async () => {
  world.simulator.faults.add(/get$/, { kind: "reset-after-apply" });
  expect((await offline()).outcome).toBe("unreachable");
  expect((await offline()).outcome).toBe("accepted");
  expect(world.simulator.codesOf(1)).toHaveLength(1);
});

test("whole hours lie around the wish, less than an hour away, in any zone", () => {
  const quarter = hour / 4;
  assert(
    property(
      integer({ min: 0, max: 2 ** 41 }),
      integer({ min: 1, max: 1e9 }),
      integer({ min: -56, max: 56 }),
      (validFrom, length, quarters) => {
        const offset = quarters * quarter;
        const hours = toWholeHours({ validFrom, validTo: validFrom + length }, offset);
        expect(validFrom - hours.validFrom).toBeGreaterThanOrEqual(0);
        expect(validFrom - hours.validFrom).toBeLessThan(hour);
        expect(hours.validTo - validFrom - length).toBeGreaterThanOrEqual(0);
        expect(hours.validTo - validFrom - length).toBeLessThan(hour);
        expect(Math.abs((hours.validFrom + offset) % hour)).toBe(0);
        expect(Math.abs((hours.validTo + offset) % hour)).toBe(0);
      },
    ),
  );
});
