import { describe, expect, test } from "vitest";
import type { Parameter, ParameterKind } from "#domain/parameter.ts";
import { readValue } from "./parameter-value.ts";

const parameter = (kind: ParameterKind, more: Partial<Parameter> = {}): Parameter => ({
  name: "p",
  kind,
  meaning: { en: "", ru: "" },
  ...more,
});

const good: readonly [ParameterKind, string, string | number | boolean][] = [
  ["text", " as it is ", " as it is "],
  ["integer", "120", 120],
  ["integer", " -15 ", -15],
  ["integer", "+15", 15],
  ["boolean", "true", true],
  ["boolean", "False", false],
  ["email", " a+b@example.org ", "a+b@example.org"],
  ["phone", "+79001234567", "+79001234567"],
  ["phone", "79001234567", "+79001234567"],
  ["phone", "89001234567", "+79001234567"],
  ["phone", "8 (900) 123-45-67", "+79001234567"],
  ["phone", "9001234567", "+79001234567"],
  ["phone", "+4915112345678", "+4915112345678"],
  ["phone", "4915112345678", "+4915112345678"],
  ["digits", "0123", "0123"],
  ["digits", " 0123 ", "0123"],
  ["host", "1103.api.green-api.com", "1103.api.green-api.com"],
  ["host", "https://1103.api.green-api.com/", "1103.api.green-api.com"],
  ["host", "HTTPS://api.example.org:8443", "api.example.org:8443"],
  ["timezone", "Europe/Moscow", "Europe/Moscow"],
  ["timezone", " Asia/Kathmandu", "Asia/Kathmandu"],
  ["locale", "ru-RU", "ru-RU"],
  ["locale", "en-us", "en-US"],
];

const bad: readonly [ParameterKind, string][] = [
  ["integer", "1.5"],
  ["integer", "1e3"],
  ["integer", "0x10"],
  ["integer", "12 h"],
  ["integer", "9999999999999999"],
  ["boolean", "1"],
  ["boolean", "yes"],
  ["email", "not an address"],
  ["email", "a@b"],
  ["phone", "12345"],
  ["phone", "phone"],
  ["digits", "12a"],
  ["digits", "-1"],
  ["digits", "１２"],
  ["host", "http://example.org"],
  ["host", "user@example.org"],
  ["host", "example.org/path"],
  ["host", "example.org?x"],
  ["host", "[::1]"],
  ["timezone", "Moscow"],
  ["timezone", "Мск"],
  ["locale", "русский"],
];

describe("a value is read as its kind says", () => {
  test.each(good)("%s %j", (kind, text, value) => {
    expect(readValue(parameter(kind), text)).toEqual({ value });
  });
});

describe("a value that is of no use says what would be", () => {
  test.each(bad)("%s %j", (kind, text) => {
    const read = readValue(parameter(kind), text);
    expect(read).toHaveProperty("fault.ru");
    expect(read).toHaveProperty("fault.en", expect.stringContaining(`<${text}>`));
  });
});

test("bounds hold for the number of an integer and for the length of anything else", () => {
  const length = parameter("integer", { min: 4, max: 9 });
  expect(readValue(length, "4")).toEqual({ value: 4 });
  expect(readValue(length, "9")).toEqual({ value: 9 });
  expect(readValue(length, "3")).toHaveProperty("fault");
  expect(readValue(length, "10")).toHaveProperty("fault");
  const digits = parameter("digits", { min: 2, max: 10 });
  expect(readValue(digits, "01")).toEqual({ value: "01" });
  expect(readValue(digits, "0")).toHaveProperty("fault");
  expect(readValue(parameter("text", { max: 3 }), "four")).toHaveProperty("fault");
});

test("of options only those are good that are named, and a fault lists them", () => {
  const type = parameter("text", { options: ["whatsapp", "telegram"] });
  expect(readValue(type, "telegram")).toEqual({ value: "telegram" });
  expect(readValue(type, "icq")).toHaveProperty(
    "fault.en",
    expect.stringContaining("whatsapp, telegram"),
  );
});

test("a long value is cut in the sentence that names it", () => {
  const read = readValue(parameter("integer"), "x".repeat(5_000));
  expect("fault" in read && read.fault.en.length).toBeLessThan(300);
});
