import { expect, test } from "vitest";
import { toStorable } from "./storable.ts";

test("what the database refuses is taken out of names and values", () => {
  expect(toStorable({ "a\0b": ["x\ud800", 1, null, { c: "d\0" }] })).toEqual({
    ab: ["x\ufffd", 1, null, { c: "d" }],
  });
});

test("a value that nests too deep to be read is cut there", () => {
  const deep: unknown = JSON.parse(`${"[".repeat(200_000)}1${"]".repeat(200_000)}`);
  expect(JSON.stringify(toStorable({ kept: { as: "it is" }, deep }))).toMatch(
    /^\{"kept":\{"as":"it is"\},"deep":\[+null\]+\}$/,
  );
});
