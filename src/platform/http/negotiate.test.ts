import { describe, expect, it } from "vitest";
import { preferredLanguage, prefersHtml } from "./negotiate.ts";

describe("a page", () => {
  it.each([
    ["text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", true],
    ["text/html", true],
    ["TEXT/HTML; q=0.9", true],
    ["text/html, application/json", true],
    ["text/html;q=0.9, application/json;q=0.8", true],
    ["application/json, text/html", false],
    ["application/json, text/html;q=0.9", false],
    ["application/problem+json, text/html;q=0.9", false],
    ["text/html;q=0, application/json", false],
    ["text/html;q=nonsense", false],
    ["application/json", false],
    ["*/*", false],
    ["", false],
    [undefined, false],
  ])("for Accept %s: %s", (accept, expected) => {
    expect(prefersHtml({ url: "/", headers: { accept } })).toBe(expected);
  });
});

describe("the language", () => {
  it.each([
    ["/", "ru-RU,ru;q=0.9,en-US;q=0.8,en;q=0.7", "ru"],
    ["/", "en-US,en;q=0.9,ru;q=0.8", "en"],
    ["/", "en;q=0.5, ru", "ru"],
    ["/", "ru;q=0, en;q=0.1", "en"],
    ["/", "de-DE,de;q=0.9", "ru"],
    ["/", "rup, en", "en"],
    ["/", undefined, "ru"],
    ["/?a=1&lang=en", "ru", "en"],
    ["/?lang=ru", "en", "ru"],
    ["/?lang=de", "en", "en"],
  ])("at %s for %s is %s", (url, language, expected) => {
    expect(preferredLanguage({ url, headers: { "accept-language": language } })).toBe(expected);
  });
});
