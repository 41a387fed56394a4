import { expect, test } from "vitest";
import type { Finding } from "#domain/parameter.ts";
import { checkHook, toAnswer } from "./check.ts";

const finding = (kind: Finding["kind"], en: string): Finding => ({
  kind,
  text: { en, ru: `ру ${en}` },
});

async function answerTo(own: readonly Finding[], found: readonly Finding[] = []) {
  const reading = { kind: "telegram", values: {}, shown: [], findings: own };
  const check = await checkHook(reading, () =>
    Promise.resolve([
      { findings: found, facts: [{ label: { en: "Bot", ru: "Бот" }, value: "b" }] },
    ]),
  );
  return JSON.stringify(toAnswer(check));
}

test("a sound hook is answered with two keys, in the documented order", async () => {
  expect(await answerTo([])).toBe(
    '{"Status":"Success","Message":"The WebHook has been successfully verified"}',
  );
});

test("a success may carry warnings", async () => {
  expect(await answerTo([finding("warning", "W1.")], [finding("warning", "W2.")])).toBe(
    '{"Status":"Success","Message":"The WebHook has been successfully verified","WarningMessage":"W1. W2."}',
  );
});

test("a failure has an empty warning when there is none", async () => {
  expect(await answerTo([finding("wrong", "A.")])).toBe(
    '{"Status":"Wrong parameters","ErrorMessage":"A.","WarningMessage":""}',
  );
  expect(await answerTo([], [finding("error", "B.")])).toBe(
    '{"Status":"Error","ErrorMessage":"B.","WarningMessage":""}',
  );
});

test("wrong parameters go before errors, and all of both are told", async () => {
  expect(
    await answerTo(
      [finding("wrong", "A."), finding("warning", "W.")],
      [finding("error", "E."), finding("wrong", "B.")],
    ),
  ).toBe('{"Status":"Wrong parameters","ErrorMessage":"A. B. E.","WarningMessage":"W."}');
});

test("the same sentence of two accounts is told once", async () => {
  expect(await answerTo([finding("error", "E.")], [finding("error", "E.")])).toContain(
    '"ErrorMessage":"E."',
  );
});
