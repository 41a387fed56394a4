import fc from "fast-check";
import { expect, test } from "vitest";
import { parseKeyRing, printKeyRing } from "./key-ring.ts";

const key = fc.uint8Array({ minLength: 32, maxLength: 32 });

test("reads what it printed, and keys between commas", () => {
  fc.assert(
    fc.property(key, fc.array(key), (first, older) => {
      const text = printKeyRing([first, ...older]);
      expect(parseKeyRing(text)).toEqual([first, ...older]);
      expect(parseKeyRing(text.trim().replaceAll("\n", ", "))).toEqual([first, ...older]);
    }),
  );
});

test("takes the URL alphabet of base64 as well", () => {
  const bytes = new Uint8Array(32).fill(0xfb);
  expect(parseKeyRing(Buffer.from(bytes).toString("base64url"))).toEqual([bytes]);
});

test("refuses a ring in which one key has the wrong length or strange letters", () => {
  const good = Buffer.alloc(32, 7).toString("base64");
  for (const bad of [
    "",
    "short",
    `${good},${good.slice(1)}`,
    `${good},secret`,
    `!${good}`,
    `${good}A`,
  ])
    expect(parseKeyRing(bad)).toBeUndefined();
});
