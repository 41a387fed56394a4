import { describe, expect, it } from "vitest";
import { grouped } from "./format.js";
import { arrange } from "./state.js";
import { kinds, texts } from "./words.js";

const item = (id: string) => ({ id });
const listOf = (ids: string, shown: string) => ({
  items: ids.split("").map(item),
  shownIds: shown.split(""),
  held: 0,
});

describe("the list of bookings", () => {
  it("puts the last changed first", () => {
    const list = listOf("cab", "abc");
    arrange(list, false);
    expect(list).toMatchObject({ shownIds: ["c", "a", "b"], held: 0 });
  });

  it("keeps every row where it is while it is pointed at, and counts what is new", () => {
    const list = listOf("dcab", "abc");
    arrange(list, true);
    expect(list).toMatchObject({ shownIds: ["a", "b", "c"], held: 1 });
  });
});

it.each([
  ["4829", "48 29"],
  ["48291", "482 91"],
  ["482913", "482 913"],
  ["4829135", "4829 135"],
  ["482913507", "482 913 507"],
])("sets the code %s as %s", (digits, said) => {
  expect(grouped(digits)).toBe(said);
});

it("says everything in both languages", () => {
  const { language, ...sentences } = texts;
  const words = Object.values(kinds).flatMap((kind) => Object.values(kind));
  const faulty = [...Object.values(sentences), ...words].filter(
    ([ru, en, ...more]) => !ru || !en || more.length > 0 || /!/.test(ru) || /[а-яё!]/i.test(en),
  );
  expect(faulty).toEqual([]);
  expect(language).toEqual(["English", "Русский"]);
});
