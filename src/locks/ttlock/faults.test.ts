import { readFileSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openTtlock, type TtlockWorld } from "../../../test/support/ttlock-world.ts";
import type { LockRefusal } from "../lock.ts";
import { faults } from "./faults.ts";

let world: TtlockWorld;
beforeEach(async () => {
  world = await openTtlock();
});
afterEach(() => world.simulator[Symbol.asyncDispose]());

const start = Date.UTC(2030, 4, 17, 12);
const code = { code: "031415", name: "Booking 42", validFrom: start, validTo: start + 3_600_000 };
const add = () => world.account.addCode("1", code);

const refusals: Readonly<Record<LockRefusal, readonly number[]>> = {
  "code-taken": [-3007],
  "code-too-simple": [-2032],
  "code-length": [-3006],
  "storage-full": [-3009, -4056],
  unchangeable: [-2009, -3008],
  "lock-missing": [-1003],
  "no-permission": [20002, -1008, -2018, -3039, -3046],
  frozen: [-2025],
  unsupported: [-1007, -3035, -4037, -4043, -4067],
  "hours-spent": [-1026],
  "sign-in": [10007, 10011],
  application: [10000, 10001, 30008],
  quota: [30007],
  invalid: [-3, 30002, 30003, 30004, 30005, 80002, -4063],
};
const later = [10003, 10004, 30006, 80000, -2012, -3002, -3003, -3034, -3036, -3037];
const doubtful = [1, 90000];

const refused = Object.entries(refusals).flatMap(([because, codes]) =>
  codes.map((errcode) => [errcode, because] as const),
);

test.each(refused)("errcode %i refuses for good: %s", async (errcode, because) => {
  world.simulator.failNext(/add$/, errcode, 2);
  expect(await add()).toMatchObject({ outcome: "refused", because });
});

test.each(later)("errcode %i certainly changed nothing and may pass", async (errcode) => {
  world.simulator.failNext(/add$/, errcode, 2);
  expect(await add()).toMatchObject({ outcome: "unreachable" });
  expect(world.simulator.codesOf(1)).toEqual([]);
  world.simulator.faults.clear();
  expect(await add()).toMatchObject({ outcome: "accepted" });
});

test.each(doubtful)(
  "errcode %i leaves a command in doubt and a question unanswered",
  async (errcode) => {
    world.simulator.failAfterApply(/add$/, errcode);
    expect((await add()).outcome).toBe("uncertain");
    expect(world.simulator.codesOf(1)).toHaveLength(1);
    world.simulator.failNext(/listKeyboardPwd$/, errcode);
    expect((await world.account.findCode("1", code)).outcome).toBe("unreachable");
  },
);

test("an errcode that nobody described leaves a command in doubt", async () => {
  world.simulator.failNext(/add$/, -9999);
  expect(await add()).toMatchObject({ outcome: "uncertain" });
  world.simulator.failNext(/detail$/, -9999);
  expect((await world.account.describe("1")).outcome).toBe("unreachable");
});

test("every errcode of the table is tried above, and says something in both languages", () => {
  const tried = [...refused.map(([errcode]) => errcode), ...later, ...doubtful];
  expect(Object.keys(faults).toSorted()).toEqual(tried.map(String).toSorted());
  for (const { detail } of Object.values(faults)) {
    expect(detail.ru).toMatch(/[а-я].*\.$/i);
    expect(detail.en).toMatch(/^[A-Z][^а-яА-Я]*\.$/);
  }
});

test("the operators' page explains every errcode in the same words", () => {
  const page = readFileSync(new URL("../../../docs/providers/ttlock.md", import.meta.url), "utf8");
  const cells = (line: string) => line.split("|").map((cell) => cell.trim());
  const rows = page.split("\n").map((line) => cells(line).slice(1, 3).join(": "));
  for (const [errcode, { detail }] of Object.entries(faults)) {
    expect(rows).toContain(`${errcode}: ${detail.ru}`);
    expect(rows).toContain(`${errcode}: ${detail.en}`);
  }
});

test("a busy gateway is asked again in seconds, a rate limit holds the whole account", async () => {
  world.simulator.failNext(/add$/, -3003);
  expect(await add()).toMatchObject({ outcome: "unreachable", retryAfterMs: 10_000 });
  world.simulator.failNext(/add$/, 30006);
  expect(await add()).toMatchObject({ retryAfterMs: 60_000, holds: "integration" });
});

test("a proxy's page: 5xx leaves a command in doubt, 4xx certainly did nothing", async () => {
  const answer = (status: number) => {
    const given = { status, body: "<html>no</html>", headers: { "retry-after": "7" } };
    world.simulator.faults.add(/add$/, { kind: "answer", answer: given });
  };
  answer(502);
  expect((await add()).outcome).toBe("uncertain");
  answer(429);
  expect(await add()).toMatchObject({ outcome: "unreachable", retryAfterMs: 7000 });
  answer(302);
  expect((await add()).outcome).toBe("unreachable");
  answer(200);
  expect((await add()).outcome).toBe("uncertain");
});

test("a failed sign-in leaves no command in doubt: the command never left", async () => {
  world.simulator.faults.add(/token$/, { kind: "reset" });
  expect((await add()).outcome).toBe("unreachable");
  world.simulator.failNext(/token$/, 90000);
  expect((await add()).outcome).toBe("unreachable");
});

test("a real gateway out of range, offline or busy is unreachable", async () => {
  const gateway = world.simulator.gateway(90_001);
  gateway.setInRange(1, false);
  expect((await add()).outcome).toBe("unreachable");
  gateway.setInRange(1, true);
  gateway.setBusyUntil(Date.now() + 60_000);
  expect((await add()).outcome).toBe("unreachable");
});

test("spent calls of the month refuse with the quota", async () => {
  world.simulator.spendQuota();
  expect(await add()).toMatchObject({ outcome: "refused", because: "quota" });
});
