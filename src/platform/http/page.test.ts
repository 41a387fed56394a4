import { expect, it } from "vitest";
import { escapeHtml, renderPage } from "./page.ts";

it("shows texts from outside as texts", () => {
  const odd = `<script>"a"&'b'</script>`;
  expect(escapeHtml(odd)).toBe("&#60;script&#62;&#34;a&#34;&#38;&#39;b&#39;&#60;/script&#62;");
  expect(renderPage({ language: "ru", title: odd, body: "<p>body</p>" })).not.toContain("<script>");
});
