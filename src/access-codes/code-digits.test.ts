import fc from "fast-check";
import { randomInt } from "node:crypto";
import { expect, test } from "vitest";
import { isTrivial, makeDigits } from "./code-digits.ts";

test.each(["111111", "0000", "123456", "987654", "6789", "121212", "123123", "12341234", "0101"])(
  "%s is trivial",
  (code) => expect(isTrivial(code)).toBe(true),
);

test.each(["112233", "1213", "135790", "9012", "121213", "0001", "1100"])(
  "%s is not trivial",
  (code) => expect(isTrivial(code)).toBe(false),
);

test("a code has its length, only its digits, and is never trivial", () => {
  const alphabet = fc.uniqueArray(fc.integer({ min: 0, max: 9 }), { minLength: 2 });
  fc.assert(
    fc.property(alphabet, fc.integer({ min: 4, max: 9 }), (digits, length) => {
      const code = makeDigits(digits.join(""), length, randomInt);
      expect(code).toHaveLength(length);
      expect([...code].every((digit) => digits.includes(Number(digit)))).toBe(true);
      expect(isTrivial(code)).toBe(false);
    }),
  );
});

test("every code that is not trivial comes up about as often: two digits, four places", () => {
  const counts = new Map<string, number>();
  for (let made = 0; made < 14_000; made += 1) {
    const code = makeDigits("01", 4, randomInt);
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  const codes = Array.from({ length: 16 }, (_, n) => n.toString(2).padStart(4, "0"));
  const possible = codes.filter((code) => !isTrivial(code));
  expect(counts.size).toBe(possible.length);
  expect(chiSquare([...counts.values()], 14_000)).toBeLessThan(critical(possible.length - 1));
});

test("every digit comes up about as often in every place", () => {
  const made = 20_000;
  const counts = Array.from({ length: 6 }, () => Array.from({ length: 10 }, () => 0));
  for (let left = made; left > 0; left -= 1)
    for (const [place, digit] of [...makeDigits("0123456789", 6, randomInt)].entries())
      counts[place]![Number(digit)]! += 1;
  for (const place of counts) expect(chiSquare(place, made)).toBeLessThan(critical(9));
});

test("a digit that stands twice among the digits weighs no more", () => {
  let ones = 0;
  for (let left = 5_000; left > 0; left -= 1)
    ones += [...makeDigits("1112", 5, randomInt)].filter((digit) => digit === "1").length;
  expect(Math.abs(ones / 25_000 - 0.5)).toBeLessThan(0.03);
});

test("one digit alone allows no code, and that is said", () => {
  expect(() => makeDigits("7", 6, randomInt)).toThrow(/codeDigits/);
});

function chiSquare(counts: readonly number[], total: number): number {
  const expected = total / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

/** Passed by chance about once in a million runs (Wilson and Hilferty's approximation). */
function critical(freedom: number): number {
  const a = 2 / (9 * freedom);
  return freedom * (1 - a + 4.9 * Math.sqrt(a)) ** 3;
}
