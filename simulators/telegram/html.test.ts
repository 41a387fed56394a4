import { assert, property, string } from "fast-check";
import { expect, it } from "vitest";
import { parseTelegramHtml } from "./html.ts";

it.each([
  ["plain &lt;b&gt; &amp; &#1078;&#x436; &quot;x&quot;", 'plain <b> & жж "x"'],
  ["<b>a<i>b</i></b> c", "ab c"],
  ['<a href="https://a.example/?x=1&amp;y=2">link</a>', "link"],
  ['<span class="tg-spoiler">s</span><tg-spoiler>t</tg-spoiler>', "st"],
  ["<pre><code class='language-ts'>x</code></pre>", "x"],
  ["<blockquote expandable>x</blockquote>", "x"],
  ["<B>x</B>", "x"],
  ["5 > 3 &nbsp;", "5 > 3 &nbsp;"],
])("reads %s", (html, text) => {
  expect(parseTelegramHtml(html)).toMatchObject({ text });
});

it.each([
  ["<b>x", "Can't find end tag"],
  ["x</b>", "Unexpected end tag"],
  ["<b><i>x</b></i>", "Unmatched end tag"],
  ["<p>x</p>", "Unsupported start tag"],
  ["<br>", "Unsupported start tag"],
  ["<span>x</span>", "Unsupported start tag"],
  ["a < b", "Unclosed start tag"],
  ["<b", "Unclosed start tag"],
])("refuses %s", (html, fault) => {
  expect(parseTelegramHtml(html)).toMatchObject({ fault: expect.stringContaining(fault) });
});

it("gives any escaped text back as it was", () => {
  assert(
    property(string({ unit: "grapheme" }), (text) => {
      const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
      expect(parseTelegramHtml(`<b>${escaped}</b>`)).toEqual({ text, tags: ["b"] });
    }),
  );
});
