import { describe, expect, test } from "vitest";
import { writeLine } from "./markup.ts";

describe("Telegram", () => {
  test("shows what was typed, whatever it looks like", () => {
    expect(writeLine([{ text: 'a <b>&amp; "c"' }], "telegram-html")).toBe(
      "a &lt;b&gt;&amp;amp; &quot;c&quot;",
    );
  });

  test("a link's address can't break out of its attribute", () => {
    expect(writeLine([{ text: "a", href: 'https://x.example/?a="><b>' }], "telegram-html")).toBe(
      '<a href="https://x.example/?a=&quot;&gt;&lt;b&gt;">a</a>',
    );
  });

  test("an empty stretch leaves no empty tags", () => {
    expect(writeLine([{ text: "", style: "bold" }], "telegram-html")).toBe("");
  });
});

describe("WhatsApp", () => {
  test.each([
    ["*важно*", "∗важно∗"],
    ["_так_ и ~не так~", "ˍтакˍ и ∼не так∼"],
    ["```код```", "ʹʹʹкодʹʹʹ"],
    ["2*3 и my_name", "2*3 и my_name"],
    ["пишите на my_name_@example.com, до", "пишите на my_name_@example.com, до"],
    ["см. https://x.example/_a_/*b*", "см. https://x.example/_a_/*b*"],
    ["> цитата", "› цитата"],
    ["a > b", "a > b"],
  ])("%j is shown as it was typed: %j", (typed, written) => {
    expect(writeLine([{ text: typed }], "whatsapp")).toBe(written);
  });

  test("marks stand close to the text that they mark", () => {
    expect(writeLine([{ text: " Адрес: ", style: "bold" }], "whatsapp")).toBe(" *Адрес:* ");
    expect(writeLine([{ text: "_a_", style: "italic" }], "whatsapp")).toBe("_ˍaˍ_");
  });
});

test("what no messenger shows is taken out", () => {
  expect(writeLine([{ text: "a\u0000b\uD83Dc\td" }], "plain")).toBe("a b\uFFFDc d");
});
