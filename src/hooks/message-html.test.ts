import fc from "fast-check";
import { expect, it } from "vitest";
import { drawMessage } from "./message-html.ts";

const draw = (text: string, markup: "telegram-html" | "whatsapp" | "plain") =>
  drawMessage(text, markup).html;

it("shows Telegram's styles and draws its links without leading anywhere", () => {
  expect(
    draw('<b>Адрес:</b> <a href="javascript:alert(1)">дом &amp; двор</a>', "telegram-html"),
  ).toBe('<b>Адрес:</b> <u class="link">дом &#38; двор</u>');
});

it("shows typed angle brackets as they were typed", () => {
  expect(draw("&lt;script&gt; &quot;1&quot; &lt;b&gt;", "telegram-html")).toBe(
    "&#60;script&#62; &#34;1&#34; &#60;b&#62;",
  );
});

it("closes what was left open and passes over what is unknown", () => {
  expect(draw("<b><i>x</b><img src=x onerror=y>", "telegram-html")).toBe("<b><i>x</i></b>");
});

it("shows WhatsApp's marks where WhatsApp would", () => {
  expect(draw("*Адрес:* my_own_name _курсив_ 2*3*4", "whatsapp")).toBe(
    "<b>Адрес:</b> my_own_name <i>курсив</i> 2*3*4",
  );
});

it("leaves marks in addresses alone", () => {
  expect(draw("https://a.example/_x_ ждём", "whatsapp")).toBe(
    '<u class="link">https://a.example/_x_</u> ждём',
  );
});

it("shows marks as they are where there is no markup", () => {
  expect(draw("*x* <b>", "plain")).toBe("*x* &#60;b&#62;");
});

it("makes nothing but its own tags of any text, each of them closed", () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom(
      "<b>",
      "</b>",
      "<i>",
      "</a>",
      '<a href="x">',
      "<script>",
      "*",
      "_",
      "&lt;",
      "\n",
    ),
  );
  const markup = fc.constantFrom("telegram-html", "whatsapp", "plain");
  fc.assert(
    fc.property(fc.array(piece), markup, (pieces, markup) => {
      const drawn = draw(pieces.join(""), markup);
      const tags = drawn.match(/<[^>]*>?/g) ?? [];
      const known = /^<(\/?(b|i|s|u|code)|u class="link")>$/;
      expect(tags.filter((tag) => !known.test(tag))).toEqual([]);
      const closing = tags.filter((tag) => tag.startsWith("</"));
      expect(closing.length * 2).toBe(tags.length);
    }),
  );
});
