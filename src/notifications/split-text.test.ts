import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Line, type Markup, type Run, writeLine } from "./markup.ts";
import { splitText } from "./split-text.ts";

const line = (text: string): Line => [{ text }];

describe("splitting", () => {
  const limits = { markup: "plain", maxLength: 20 } as const;

  test("keeps a block whole where it can", () => {
    const blocks = [[line("первый блок")], [line("второй"), line("блок")]];
    expect(splitText(blocks, limits)).toEqual(["первый блок", "второй\nблок"]);
    expect(splitText(blocks, { ...limits, maxLength: 40 })).toEqual([
      "первый блок\n\nвторой\nблок",
    ]);
  });

  test("else keeps lines whole, else words, else characters", () => {
    expect(splitText([[line("одна строка"), line("другая строка")]], limits)).toEqual([
      "одна строка",
      "другая строка",
    ]);
    expect(splitText([[line("слова целиком остаются")]], limits)).toEqual([
      "слова целиком",
      "остаются",
    ]);
    expect(splitText([[line("я".repeat(45))]], limits).map((part) => part.length)).toEqual([
      20, 20, 5,
    ]);
  });

  test("never cuts a character that people see as one", () => {
    const family = "👨‍👩‍👧";
    const parts = splitText([[line(family.repeat(5))]], limits);
    expect(parts).toEqual([family.repeat(2), family.repeat(2), family]);
  });

  test("closes a style in one part and opens it in the next", () => {
    const bold: Run = { text: "полужирный текст из слов", style: "bold" };
    const html = splitText([[[bold]]], { markup: "telegram-html", maxLength: 20 });
    expect(html).toEqual(["<b>полужирный текст из</b>", "<b>слов</b>"]);
  });

  test("has nothing to say when there is no text", () => {
    expect(splitText([[], [line("  ")], []], limits)).toEqual([]);
  });
});

const markups: readonly Markup[] = ["telegram-html", "whatsapp", "plain"];
const piece = fc.constantFrom(
  ..."a Ж 1 * _ ~ ` < > & \" ' / b i / :".split(" "),
  " ",
  "\t",
  "🙂",
  "👨‍👩‍👧",
  "<b>",
  "</a>",
  "&amp;",
  "https://x.example/a_b",
  "\uD83D",
  "\u0000",
);
const text = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(""));
const run = fc.record(
  {
    text,
    style: fc.constantFrom("bold", "italic"),
    href: fc.constant('https://x.example/?a=1&b="2"'),
  },
  { requiredKeys: ["text"] },
);
const blocks = fc.array(fc.array(fc.array(run, { maxLength: 3 }), { maxLength: 4 }), {
  maxLength: 4,
});

/** What Telegram shows of its HTML; fails on what it would refuse. */
function readHtml(html: string): string {
  const open: string[] = [];
  const shown = html.replaceAll(/<(\/?)(\w+)((?: href="[^"<>]*")?)>/gu, (_, ...[end, name]) => {
    if (!end) open.push(String(name));
    else if (open.pop() !== name) throw new Error(`Unbalanced: ${html}`);
    return "";
  });
  if (open.length > 0 || /[<>]|&(?!(?:amp|lt|gt|quot);)/u.test(shown))
    throw new Error(`Broken: ${html}`);
  return shown
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
}

const shown = (part: string, markup: Markup): string =>
  markup === "telegram-html" ? readHtml(part) : part;

/** Without blanks, and without the marks of WhatsApp, which stand around other stretches after a cut. */
const essence = (texts: readonly string[], markup: Markup): string =>
  texts
    .map((part) => shown(part, markup))
    .join("")
    .replaceAll(markup === "whatsapp" ? /[\s*_∗ˍ~∼`ʹ›>]/gu : /\s/gu, "");

test.each(markups)(
  "every part in %s is valid, within the limit, and together they say all",
  (markup) => {
    const property = fc.property(blocks, fc.integer({ min: 16, max: 80 }), (given, maxLength) => {
      const parts = splitText(given, { markup, maxLength });
      const whole = given.flat().map((one) => writeLine(one, markup));
      return (
        parts.every((part) => shown(part, markup).length <= maxLength && part.isWellFormed()) &&
        essence(parts, markup) === essence(whole, markup)
      );
    });
    expect(fc.check(property, { numRuns: 400 })).toMatchObject({
      failed: false,
      counterexample: null,
    });
  },
);

test("a megabyte is split in no time", () => {
  const started = performance.now();
  const parts = splitText([[line("слово ".repeat(150_000))]], {
    markup: "whatsapp",
    maxLength: 4096,
  });
  expect(parts.length).toBeGreaterThan(200);
  expect(performance.now() - started).toBeLessThan(5_000);
});
