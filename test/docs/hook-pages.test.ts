import { describe, expect, it } from "vitest";
import { channels } from "#channels/registry.ts";
import { listKinds, parametersOf, type HookKinds } from "#hooks/hook-kind.ts";
import { locks } from "#locks/registry.ts";
import { formatParameters } from "#notifications/format-parameters.ts";
import { readPage } from "./pages.ts";
import { parameterTable } from "./parameter-table.ts";

const kinds: HookKinds = { locks, channels, messageParameters: formatParameters };

const languages = [
  ["По-русски", "ru"],
  ["In English", "en"],
] as const;

describe.each(listKinds(kinds))("docs/hooks/%s.md", (kind) => {
  const page = readPage(`docs/hooks/${kind}.md`);
  const halves = halvesOf(page);

  it("speaks Russian first, then English", () => {
    expect(page.match(/^## .*$/gm)).toEqual(languages.map(([title]) => `## ${title}`));
  });

  // When a manifest changes, the table to put into the page is the one that this test expects.
  it.each(languages)(
    "shows the parameters of the manifest with their defaults, %s",
    (_, language) => {
      const tables = tablesOf(halves[language]);
      const own = Object.hasOwn(channels, kind) ? ownOf(kind) : parametersOf(kinds, kind);
      expect(tables).toContain(parameterTable(own, language));
    },
  );

  it.each(languages)(
    "says what a check answers and which events bring a cancellation, %s",
    (_, language) => {
      for (const word of ["Success", "Wrong parameters", "Error", "UpdateCaseTime", "CaseCancel"])
        expect(halves[language]).toContain(`\`${word}\``);
    },
  );

  it.each(languages)("gives the sample event to download, %s", (_, language) => {
    expect(halves[language]).toContain("(../samples/booking-event.json)");
  });

  it.each(languages)("names parameters alone in its example, %s", (_, language) => {
    const [, query = ""] = /\/webhook\/[\w-]+\?(\S+)/.exec(halves[language]) ?? [];
    const names = query.split("&").map((item) => item.replace(/=.*$/, ""));
    const known = parametersOf(kinds, kind).map(({ name }) => name);
    expect(["key", ...known]).toEqual(expect.arrayContaining(names));
  });
});

describe.each(Object.keys(channels))("docs/hooks/%s.md", (kind) => {
  it.each(languages)("shows how its message is formatted, %s", (_, language) => {
    const half = halvesOf(readPage(`docs/hooks/${kind}.md`))[language];
    expect(tablesOf(half)).toContain(parameterTable(formatParameters, language));
  });
});

function halvesOf(page: string) {
  const [, ru = "", en = ""] = page.split(/^## .*$/m);
  return { ru, en };
}

function ownOf(kind: string) {
  return (
    Object.entries(channels).find(([name]) => name === kind)?.[1].manifest.hook.parameters ?? []
  );
}

const tablesOf = (text: string): readonly string[] =>
  (text.match(/(?:^\|.*\n)+/gm) ?? []).map((table) => table.trim());
