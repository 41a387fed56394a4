import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { bookingSources } from "#booking-sources/registry.ts";
import { channels } from "#channels/registry.ts";
import { commands } from "#cli/commands.ts";
import type { Manifest } from "#domain/manifest.ts";
import { locks } from "#locks/registry.ts";
import { checkout, listPages, readPage } from "./pages.ts";

const pages = listPages().filter((path) => !path.startsWith("test/"));
const manifests: readonly Manifest[] = [locks, channels, bookingSources]
  .flatMap((family) => Object.values(family))
  .map(({ manifest }) => manifest);

/** Read by the environment's reader, without any effect yet: no page promises them. */
const withoutEffect = [
  "CONCIERGE_FILES_URL",
  "CONCIERGE_OWNER_EMAIL",
  "CONCIERGE_OWNER_PASSWORD",
  "CONCIERGE_PLUGINS",
];

describe("variables", () => {
  const known = new Set([
    ...variablesIn(readPage("src/config/environment.ts")),
    ...manifests.flatMap(({ environment }) => environment.map(({ name }): string => name)),
    ...manifests.map(({ api }) => `CONCIERGE_API_BASE_${api.environmentName}`),
  ]);
  const named = new Map(pages.map((path) => [path, variablesIn(readPage(path))]));

  it.each(pages)("of %s are all known", (path) => {
    const unknown = named.get(path)?.filter((name) => !known.has(name));
    expect(unknown).toEqual([]);
  });

  it("that have an effect all stand on a page, and no others", () => {
    const all = new Set([...named.values()].flat());
    const absent = [...known].filter((name) => !all.has(name));
    expect(new Set(absent)).toEqual(new Set(withoutEffect));
  });

  it.each(["README.md", "README.en.md"])("of the server stand in the table of %s", (path) => {
    const table = new Set(variablesIn(readPage(path)));
    const own = variablesIn(readPage("src/config/environment.ts"));
    const missing = own.filter((name) => !table.has(name) && !withoutEffect.includes(name));
    expect(missing).toEqual([]);
  });
});

describe("commands", () => {
  const names = Object.keys(commands);
  const groups = new Map(
    names.map((name) => name.split(" ")).map(([first = ""]) => [first, first]),
  );

  it.each(pages)("of %s exist", (path) => {
    const unknown = commandsIn(readPage(path)).filter((words) => !isCommand(words));
    expect(unknown).toEqual([]);
  });

  it.each(["README.md", "README.en.md"])("all stand in %s", (path) => {
    const table = commandsIn(readPage(path));
    const missing = names.filter((name) => !table.some((words) => covers(words, name)));
    expect(missing).toEqual([]);
  });

  it("of npm that are named exist", () => {
    const { scripts } = JSON.parse(readPage("package.json")) as { scripts: Record<string, string> };
    const used = pages.flatMap((path) => [...readPage(path).matchAll(/\bnpm run ([\w-]+)/g)]);
    expect(Object.keys(scripts)).toEqual(
      expect.arrayContaining([...new Set(used.map((found) => found[1]))]),
    );
  });

  it("of the program are those of its help", () => {
    const help = execFileSync("sh", ["bin/concierge", "--help"], {
      cwd: checkout,
      encoding: "utf8",
    });
    for (const name of names) expect(help).toContain(`concierge ${name}`);
  });

  /** `hooks add`, `doctor`, or a group alone or with alternatives: `hooks`, `hooks add|list`. */
  function isCommand(words: string): boolean {
    const [first = "", second = ""] = words.split(" ");
    if (!groups.has(first)) return false;
    if (names.includes(first)) return true;
    return second === "" || second.split("|").every((one) => names.includes(`${first} ${one}`));
  }
});

function covers(words: string, name: string): boolean {
  const [first, second = ""] = words.split(" ");
  return second.split("|").some((one) => `${first} ${one}`.trim() === name) || first === name;
}

function variablesIn(text: string): string[] {
  const found = text.match(/\b(?:CONCIERGE_[A-Z0-9_]*[A-Z0-9]|DATABASE_URL|SMTP_URL)\b/g) ?? [];
  return [...new Set(found)].filter((name) => name !== "CONCIERGE_API_BASE");
}

/** What stands behind `concierge` in code, flags and values cut off; alternatives keep their bars. */
function commandsIn(text: string): readonly string[] {
  // The user whom the service runs as has the same name.
  const page = text.replaceAll(/(-u|\*) concierge /g, "");
  const code = [
    ...(page.match(/`[^`\n]+`/g) ?? []),
    ...(page.match(/^ *```[\s\S]*?^ *```/gm) ?? []),
  ];
  return code.flatMap((piece) =>
    [...piece.matchAll(/(?:^|[\s`/])concierge ([a-z]+)(?: ([a-z][a-z|\\]*)(?=[\s`]|$))?/gm)].map(
      ([, first = "", second = ""]) => `${first} ${second.replaceAll("\\", "")}`.trim(),
    ),
  );
}
