import { expect, test } from "vitest";
import { mayComeLate } from "./late-act.ts";

const NOW = 1_800_000_000_000;
const wish = { generation: 1, validFrom: 10, validTo: 20 };
const begun = { ...wish, digits: "", remoteId: "r1", begunAt: NOW - 5_000 };
const late = (
  act: "add" | "move" | "delete" | "offline",
  wished: typeof wish | undefined,
  more: { begunAt?: number; leftovers?: readonly string[] } = {},
): boolean => {
  const { leftovers = [], ...given } = more;
  return mayComeLate({ pending: { ...begun, act, ...given }, leftovers }, wished, NOW);
};

test("an addition that was begun is waited for when its code is not wished any more, or another one is", () => {
  expect(late("add", undefined)).toBe(true);
  expect(late("add", { ...wish, generation: 2 })).toBe(true);
  expect(late("add", { ...wish, validTo: 30 })).toBe(false);
});

test("a move that was begun is waited for when another time is wished, or none", () => {
  expect(late("move", undefined)).toBe(true);
  expect(late("move", { ...wish, validTo: 30 })).toBe(true);
  expect(late("move", wish)).toBe(false);
});

test("a deletion that was begun is waited for when the code is wished again", () => {
  expect(late("delete", wish)).toBe(true);
  expect(late("delete", undefined)).toBe(false);
  expect(late("delete", wish, { leftovers: ["r1"] })).toBe(false);
});

test("an act that was begun a minute ago, or at an unknown time, comes no more", () => {
  expect(late("add", undefined, { begunAt: NOW - 60_000 })).toBe(false);
  expect(
    mayComeLate({ pending: { ...wish, act: "add", digits: "" }, leftovers: [] }, undefined, NOW),
  ).toBe(false);
  expect(mayComeLate({ pending: undefined, leftovers: [] }, undefined, NOW)).toBe(false);
});
