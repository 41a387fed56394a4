import { expect, test } from "vitest";
import { aBooking, aParticipant, aResource, bookedAt } from "../../test/support/a-booking.ts";
import { lockIdsOf, planCode, type CodeValues } from "./code-plan.ts";

const HOUR = 3_600_000;

const values: CodeValues = {
  lockId: "77",
  codeLength: 6,
  codeDigits: "0123456789",
  keepHours: 120,
  validBeforeMinutes: 0,
  expiredBeforeMinutes: 0,
};

const plan = (booking = aBooking(), given: Partial<CodeValues> = {}) =>
  planCode({
    booking,
    values: { ...values, ...given },
    receivedAt: bookedAt - 24 * HOUR,
    before: undefined,
  });

test("the hook's own lock goes before those that the booking's resources name", () => {
  const booking = aBooking({ resources: [aResource({ code: "lockId_5" })] });
  expect(lockIdsOf(booking, "77")).toEqual(["77"]);
  expect(lockIdsOf(booking, undefined)).toEqual(["5"]);
});

test.each([
  ["an article", { code: "lockId_11432744" }],
  ["an article typed carelessly", { code: " lockid_11432744 " }],
  ["a tag", { tags: ["11432744:lockId"] }],
  ["a tag with its hash", { tags: ["1440:DisableUpdateOrderTime", "#11432744:lockId"] }],
])("a resource names its lock by %s", (_, given) => {
  expect(lockIdsOf(aBooking({ resources: [aResource(given)] }), undefined)).toEqual(["11432744"]);
});

test.each(
  [
    ["lockId_", "lockId_12a", "11432744", "myLockId_5"].map((code) => ({ code })),
    ["lockId:5", "5:lock", ":lockId", "5:lockIds"].map((tag) => ({ tags: [tag] })),
  ].flat(),
)("%j names no lock", (given) => {
  expect(lockIdsOf(aBooking({ resources: [aResource(given)] }), undefined)).toEqual([]);
});

test("an order of several resources has a code on every lock, on each once", () => {
  const resources = [
    aResource({ code: "lockId_2", tags: ["1:lockId", "2:lockId"] }),
    aResource({ tags: ["3:lockId"] }),
  ];
  expect(lockIdsOf(aBooking({ resources }), undefined)).toEqual(["1", "2", "3"]);
});

test("a booking that takes place gets a code, kept for keepHours after its end", () => {
  expect(plan(undefined, { keepHours: 48 })).toMatchObject({
    plan: "issue",
    lockIds: ["77"],
    keepUntil: bookedAt + 90 * 60_000 + 48 * HOUR,
  });
});

test("a code that outlasts the booking is kept for keepHours after its own end", () => {
  expect(plan(undefined, { keepHours: 1, expiredBeforeMinutes: -60 })).toMatchObject({
    keepUntil: bookedAt + 90 * 60_000 + 2 * HOUR,
  });
});

test.each([
  ["is cancelled", { state: "cancelled" }],
  ["is rejected", { state: "rejected" }],
  ["has lost its last guest", { participants: [aParticipant({ state: "cancelled" })] }],
] as const)("the code goes when the booking %s", (_, given) => {
  expect(plan(aBooking(given))).toEqual({ plan: "revoke" });
});

test("the code stays while one guest of several is left", () => {
  const participants = [aParticipant({ state: "cancelled" }), aParticipant({ id: "p2" })];
  expect(plan(aBooking({ participants })).plan).toBe("issue");
});

test("a completed booking keeps what it has", () => {
  expect(plan(aBooking({ state: "completed" }))).toEqual({ plan: "leave" });
});

test.each([
  ["no start", { startsAt: undefined }, {}],
  ["no end", { endsAt: undefined }, {}],
  ["an end before its start", { endsAt: bookedAt - 1 }, {}],
  ["nothing left of its validity", {}, { validBeforeMinutes: -90 }],
] as const)("a booking with %s gets no code, and a person hears why", (_, booking, given) => {
  expect(plan(aBooking(booking), given)).toHaveProperty("why.ru");
});

test("a booking without any lock gets no code, and a person hears how to name one", () => {
  const { lockId: _, ...withoutLock } = values;
  const planned = planCode({
    booking: aBooking(),
    values: withoutLock,
    receivedAt: bookedAt - 24 * HOUR,
    before: undefined,
  });
  expect(planned).toHaveProperty("why.en", expect.stringContaining("lockId_<number>"));
});
