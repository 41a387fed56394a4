import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { bookingSources } from "./registry.ts";

const docs = new URL("../../docs/providers/", import.meta.url);

test.each(Object.entries(bookingSources))("%s is registered under its own id", (key, source) => {
  expect(source.manifest.id).toBe(key);
});

describe.each(Object.values(bookingSources))("$manifest.name", (source) => {
  test("has an address, an icon, a page for operators and words in both languages", () => {
    const { manifest } = source;
    expect(new URL(manifest.api.baseUrl).protocol).toBe("https:");
    expect(manifest.api.environmentName).toMatch(/^[A-Z][A-Z0-9_]*$/u);
    expect(manifest.icon).toMatch(/^[a-z][a-z0-9-]*$/u);
    expect(existsSync(new URL(`${manifest.id}.md`, docs))).toBe(true);
    for (const variable of manifest.environment) {
      expect(variable.meaning.ru).toMatch(/[а-яё]/iu);
      expect(variable.meaning.en).not.toMatch(/[а-яё]/iu);
    }
  });

  test("reads its own sample event", () => {
    expect(source.receive(source.sampleEvent({ now: Date.UTC(2026, 0, 15) }))).toHaveProperty(
      "event",
    );
  });

  test("says what is missing in a body that is none", () => {
    expect(source.receive({})).toHaveProperty("unreadable");
  });
});
