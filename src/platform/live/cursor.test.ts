import fc from "fast-check";
import { expect, it } from "vitest";
import { isAfter, isCursor } from "./cursor.ts";

it("knows a place in the feed from anything else", () => {
  expect(["0-0", "7-12", "18446744073709551615-9223372036854775807"].every(isCursor)).toBe(true);
  const others = [
    "",
    "7",
    "7-",
    "-7",
    "a-1",
    "1-1-1",
    "18446744073709551616-0",
    "1-9223372036854775808",
  ];
  expect(others.filter(isCursor)).toEqual([]);
});

it("orders places by transaction first, beyond what a number holds", () => {
  const part = fc.bigInt({ min: 0n, max: 2n ** 63n - 1n });
  fc.assert(
    fc.property(fc.tuple(part, part), fc.tuple(part, part), (one, other) => {
      const isGreater = one[0] > other[0] || (one[0] === other[0] && one[1] > other[1]);
      expect(isAfter(one.join("-"), other.join("-"))).toBe(isGreater);
    }),
  );
});
