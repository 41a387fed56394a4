import fc from "fast-check";
import { expect, test } from "vitest";
import { isLate, nextTry, wishKey } from "./timing.ts";

const MINUTE = 60_000;
const START = 1_800_000_000_000;
const code = { validFrom: START, validTo: START + 120 * MINUTE };

test("a code is late from half an hour before its start", () => {
  expect(isLate(code, START - 30 * MINUTE - 1)).toBe(false);
  expect(isLate(code, START - 30 * MINUTE)).toBe(true);
});

test("far from the start the ladder's wait holds", () => {
  expect(nextTry(code, { now: START - 600 * MINUTE, wait: 60 * MINUTE })).toBe(
    START - 540 * MINUTE,
  );
});

test("a wait never sleeps through the moment of alarm", () => {
  const now = START - 40 * MINUTE;
  expect(
    nextTry({ ...code, validFrom: START }, { now: START - 150 * MINUTE, wait: 240 * MINUTE }),
  ).toBe(START - 30 * MINUTE);
  expect(nextTry(code, { now, wait: 60 * MINUTE })).toBe(now + 5 * MINUTE);
});

test("a try is always later than now, and never later than the wait", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -1_000, max: 1_000 }),
      fc.integer({ min: 1, max: 10_000_000 }),
      (minutes, wait) => {
        const now = START + minutes * MINUTE;
        const at = nextTry(code, { now, wait });
        expect(at).toBeGreaterThan(now);
        expect(at).toBeLessThanOrEqual(now + wait);
      },
    ),
  );
});

test("each wish has a key of its own", () => {
  const wish = { generation: 1, ...code, isWanted: true };
  const keys = [
    wish,
    { ...wish, generation: 2 },
    { ...wish, validFrom: 0 },
    { ...wish, validTo: 0 },
    { ...wish, isWanted: false },
  ];
  expect(new Set(keys.map(wishKey)).size).toBe(5);
});
