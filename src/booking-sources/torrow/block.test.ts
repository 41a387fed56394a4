import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { withBlock } from "./block.ts";
import { plainTextOf } from "./wire.ts";

const block = "*** Код доступа 314159# <br>Код действителен 08.05.2026 11:15 (Мск) ***";
const moved = "*** Код доступа 314159# <br>Код действителен 08.05.2026 13:15 (Мск) ***";
const ours = "*** Код доступа 314159#\nКод действителен 08.05.2026 11:15 (Мск) ***";

describe("a block in a description", () => {
  test.each([undefined, null, ""])("stands alone when there was %j", (description) => {
    expect(plainTextOf(withBlock(description, block))).toBe(ours);
  });

  test("comes after what people wrote, on a line of its own", () => {
    expect(plainTextOf(withBlock("Вход со двора", block))).toBe(`Вход со двора\n${ours}`);
  });

  test("is replaced in its place, with what people wrote around it kept", () => {
    const written = `${withBlock("До", block)}<b>После</b>`;
    const after = withBlock(written, moved) ?? "";
    expect(plainTextOf(after)).toBe(plainTextOf(written)?.replace("11:15", "13:15"));
    expect(after).toContain("<b>После</b>");
  });

  test("is not written again when it says the same", () => {
    expect(withBlock(withBlock("До", block), block)).toBeUndefined();
  });

  test("is taken away with its line and leaves the rest as it was", () => {
    expect(withBlock(withBlock("До", block), undefined)).toBe("До");
    expect(withBlock("До", undefined)).toBeUndefined();
  });

  test("is found by its opening words when the source cleaned the marks away", () => {
    const cleaned = (withBlock("До", block) ?? "").replaceAll(/[\u2060-\u2064]/gu, "");
    expect(withBlock(cleaned, block)).toBeUndefined();
    expect(plainTextOf(withBlock(cleaned, moved))).toBe(`До\n${ours.replace("11:15", "13:15")}`);
  });

  test("leaves other notes between asterisks alone", () => {
    const note = "*** ВАЖНО: домофон 12 ***";
    expect(plainTextOf(withBlock(note, block))).toBe(`${note}\n${ours}`);
  });

  test("is escaped but for line breaks and plain emphasis", () => {
    const html = withBlock(null, 'a < b & <b>c</b>\n<script>alert("1")</script>');
    expect(html).toContain("a &lt; b &amp; <b>c</b><br>&lt;script&gt;");
    expect(html).not.toContain("<script>");
  });
});

test("whatever people write, our block goes in once, changes in place and leaves without a trace", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "Ж", " ", "\n", "<br>", "*", "1", "&") });
  const property = fc.property(text, text, (before, after) => {
    const first = before + (withBlock(before, block) ?? "").slice(before.length) + after;
    const second = withBlock(first, moved) ?? "";
    return (
      withBlock(second, moved) === undefined &&
      second.startsWith(before) &&
      second.endsWith(after) &&
      second.split("13:15").length === 2 &&
      !second.includes("11:15") &&
      (withBlock(second, undefined) ?? second) === before + after
    );
  });
  expect(fc.check(property, { numRuns: 500 })).toMatchObject({ failed: false });
});
