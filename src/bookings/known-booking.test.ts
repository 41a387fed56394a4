import fc from "fast-check";
import { expect, test } from "vitest";
import type { Booking } from "#domain/booking.ts";
import { aBooking, aParticipant, bookedAt } from "../../test/support/a-booking.ts";
import { describeChange, hasSamePlan, isOff, mergeBooking } from "./known-booking.ts";

const known = aBooking({ version: 2 });
const change = (told: Partial<Booking>, before: Booking = known) =>
  mergeBooking(before, aBooking({ version: 3, ...told })).change;

test("a booking that is met for the first time is new", () => {
  expect(mergeBooking(undefined, known)).toEqual({ booking: known, change: "new" });
});

test.each([
  ["moved", { startsAt: bookedAt + 1 }],
  ["moved", { endsAt: bookedAt }],
  ["cancelled", { state: "cancelled" }],
  ["cancelled", { state: "rejected", startsAt: 1 }],
  ["cancelled", { participants: [aParticipant({ state: "cancelled" })] }],
  ["updated", { description: "other" }],
] as const)("a newer event makes it %s by %j", (expected, told) => {
  expect(change(told)).toBe(expected);
});

test("the same version again is the same", () => {
  expect(change({ version: 2 })).toBe("same");
});

test("a cancelled booking that is told again open takes place again", () => {
  expect(change({}, aBooking({ version: 2, state: "cancelled" }))).toBe("reopened");
  expect(change({ state: "rejected" }, aBooking({ version: 2, state: "cancelled" }))).toBe("same");
});

test("an older version changes nothing", () => {
  expect(mergeBooking(known, aBooking({ version: 1, state: "cancelled" }))).toEqual({
    booking: known,
    change: "stale",
  });
});

test("an event without a version is never stale", () => {
  expect(change({ version: undefined, startsAt: 1 })).toBe("moved");
});

test("an event tells of some participants only: the others stay as they were", () => {
  const [a, b] = [aParticipant({ id: "a" }), aParticipant({ id: "b" })];
  const before = aBooking({ version: 2, participants: [a, b] });
  const { booking, change } = mergeBooking(
    before,
    aBooking({ version: 3, participants: [{ ...a, state: "cancelled" }] }),
  );
  expect(booking.participants).toEqual([b, { ...a, state: "cancelled" }]);
  expect(change).toBe("updated");
  expect(
    mergeBooking(booking, aBooking({ version: 4, participants: [{ ...b, state: "cancelled" }] }))
      .change,
  ).toBe("cancelled");
});

test("executors coming and going call no booking off", () => {
  const participants = [
    aParticipant(),
    aParticipant({ id: "x", role: "executor", state: "cancelled" }),
  ];
  expect(isOff(aBooking({ participants }))).toBe(false);
  expect(isOff(aBooking({ participants: [] }))).toBe(false);
});

test("whatever order versions arrive in, the newest stands at the end", () => {
  const events = fc.uniqueArray(fc.record({ version: fc.nat({ max: 20 }), startsAt: fc.nat() }), {
    selector: (one) => one.version,
    minLength: 1,
  });
  fc.assert(
    fc.property(events, (told) => {
      let latest: Booking | undefined;
      for (const one of told) latest = mergeBooking(latest, aBooking(one)).booking;
      const newest = told.toSorted((a, b) => b.version - a.version)[0]!;
      expect(latest).toMatchObject(newest);
    }),
  );
});

test("two readings have the same plan when time and taking place agree", () => {
  expect(hasSamePlan(known, aBooking({ description: "other" }))).toBe(true);
  expect(hasSamePlan(known, aBooking({ startsAt: 1 }))).toBe(false);
  expect(hasSamePlan(known, aBooking({ state: "cancelled" }))).toBe(false);
});

test("only what changes nothing leaves no point on the timeline", () => {
  const silent = (
    ["new", "moved", "cancelled", "reopened", "updated", "same", "stale"] as const
  ).filter((one) => describeChange(one) === undefined);
  expect(silent).toEqual(["same"]);
});
