import fc from "fast-check";
import { expect, test } from "vitest";
import { planValidity, type ValidityRequest } from "./validity.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const START = Date.parse("2026-11-09T09:00:00Z");

const plan = (given: Partial<ValidityRequest> = {}) =>
  planValidity({
    startsAt: START,
    endsAt: START + 2 * HOUR,
    rules: { validBeforeMinutes: 0, expiredBeforeMinutes: 0 },
    receivedAt: START - 24 * HOUR,
    ...given,
  });

test("a code works from the start to the end", () => {
  expect(plan()).toEqual({ wishedFrom: START, validFrom: START, validTo: START + 2 * HOUR });
});

test("minutes before the start and before the end shift it, negative ones the other way", () => {
  const rules = { validBeforeMinutes: 15, expiredBeforeMinutes: 15 };
  expect(plan({ rules })).toMatchObject({
    validFrom: START - 15 * MINUTE,
    validTo: START + 105 * MINUTE,
  });
  const negative = { validBeforeMinutes: -5, expiredBeforeMinutes: -30 };
  expect(plan({ rules: negative })).toMatchObject({
    validFrom: START + 5 * MINUTE,
    validTo: START + 150 * MINUTE,
  });
});

test("a code begins ten minutes after receipt at the earliest, on a whole minute", () => {
  expect(plan({ receivedAt: START + 1 })).toMatchObject({
    wishedFrom: START,
    validFrom: START + 11 * MINUTE,
  });
  expect(plan({ receivedAt: START })?.validFrom).toBe(START + 10 * MINUTE);
});

test("the floor is counted once: a repeat that comes late shifts nothing", () => {
  const first = plan({ receivedAt: START });
  const late = plan({ receivedAt: START + HOUR, before: first });
  expect(late).toEqual(first);
});

test("a code that opens the door already goes on doing so when its start moves earlier", () => {
  const before = { wishedFrom: START, validFrom: START };
  const moved = plan({
    startsAt: START - 30 * MINUTE,
    receivedAt: START + 5 * MINUTE,
    before,
  });
  expect(moved?.validFrom).toBe(START);
});

test("a code that moves later is not held at its old start", () => {
  const before = { wishedFrom: START, validFrom: START };
  const moved = plan({
    startsAt: START + 5 * HOUR,
    endsAt: START + 6 * HOUR,
    receivedAt: START + 5 * MINUTE,
    before,
  });
  expect(moved?.validFrom).toBe(START + 5 * HOUR);
});

test.each([
  ["its end is before its start", { endsAt: START - MINUTE }],
  ["start and end are one moment", { endsAt: START }],
  ["the minutes leave nothing", { rules: { validBeforeMinutes: -60, expiredBeforeMinutes: 60 } }],
  ["it is over before it can begin to work", { receivedAt: START + 2 * HOUR - 5 * MINUTE }],
])("nothing is left of a code when %s", (_, given) => {
  expect(plan(given)).toBeUndefined();
});

const request = fc.record({
  startsAt: fc.integer({ min: 1_000_000_000_000, max: 4_000_000_000_000 }),
  length: fc.integer({ min: -2 * HOUR, max: 48 * HOUR }),
  rules: fc.record({
    validBeforeMinutes: fc.integer({ min: -10_080, max: 10_080 }),
    expiredBeforeMinutes: fc.integer({ min: -10_080, max: 10_080 }),
  }),
  lead: fc.integer({ min: -72 * HOUR, max: 72 * HOUR }),
});

const toRequest = ({
  startsAt,
  length,
  rules,
  lead,
}: {
  startsAt: number;
  length: number;
  rules: ValidityRequest["rules"];
  lead: number;
}): ValidityRequest => ({
  startsAt,
  endsAt: startsAt + length,
  rules,
  receivedAt: startsAt - lead,
});

test("a validity is whole minutes, never empty, never before ten minutes after receipt, never past what was wished", () => {
  fc.assert(
    fc.property(request, (given) => {
      const asked = toRequest(given);
      const planned = planValidity(asked);
      const wishedTo =
        Math.floor(asked.endsAt / MINUTE) * MINUTE - asked.rules.expiredBeforeMinutes * MINUTE;
      if (!planned) {
        expect(wishedTo).toBeLessThanOrEqual(
          Math.max(
            Math.floor(asked.startsAt / MINUTE) * MINUTE - asked.rules.validBeforeMinutes * MINUTE,
            asked.receivedAt + 11 * MINUTE,
          ),
        );
        return;
      }
      expect(planned.validFrom % MINUTE).toBe(0);
      expect(planned.validTo).toBe(wishedTo);
      expect(planned.validTo).toBeGreaterThan(planned.validFrom);
      expect(planned.validFrom).toBeGreaterThanOrEqual(planned.wishedFrom);
      expect(planned.validFrom).toBeGreaterThanOrEqual(asked.receivedAt + 10 * MINUTE);
    }),
  );
});

test("arithmetic is by instants: a night when the clocks change is as long as it is", () => {
  // Lisbon leaves summer time at 01:00 UTC on 25 October 2026.
  const startsAt = Date.parse("2026-10-24T22:00:00+01:00");
  const endsAt = Date.parse("2026-10-25T08:00:00+00:00");
  const rules = { validBeforeMinutes: 60, expiredBeforeMinutes: -60 };
  const planned = plan({ startsAt, endsAt, rules, receivedAt: startsAt - 24 * HOUR });
  expect(planned && planned.validTo - planned.validFrom).toBe(13 * HOUR);
});

test("however often and however late an event repeats, its validity stays", () => {
  fc.assert(
    fc.property(request, fc.array(fc.nat({ max: 100 * HOUR })), (given, delays) => {
      const asked = toRequest(given);
      const first = planValidity(asked);
      fc.pre(first !== undefined);
      let before = first;
      for (const delay of delays) {
        const again = planValidity({ ...asked, receivedAt: asked.receivedAt + delay, before });
        expect(again).toEqual(first);
        before = again ?? before;
      }
    }),
  );
});
