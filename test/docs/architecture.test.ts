import { globSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, it } from "vitest";
import { migrationsTable } from "#platform/db/migrate.ts";
import { checkout, readPage } from "./pages.ts";

const page = readPage("docs/architecture.md");
const sources = globSync("{src,bin,test,migrations}/**/*", { cwd: checkout });
const tree = /^```\n([\s\S]*?)^```/m.exec(page)?.[1] ?? "";

it("shows every folder of the sources in its tree", () => {
  const folders = (path: string) =>
    readdirSync(join(checkout, path), { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    );
  const names = [...folders("src"), ...folders("src/platform")].map(({ name }) => `${name}/`);
  expect(names.filter((name) => !tree.includes(name))).toEqual([]);
});

it("names files that are there", () => {
  const prose = page.replace(tree, "");
  const named = [...prose.matchAll(/`([\w./-]+\.(?:ts|mjs))`/g)].map((found) => found[1] ?? "");
  const ofTree = tree.match(/[\w-]+\.ts\b/g) ?? [];
  const missing = [...named, ...ofTree].filter((name) => !isThere(name));
  expect(missing).toEqual([]);
});

it("lists exactly the tables that migrations make", () => {
  const sql = globSync("migrations/*.sql", { cwd: checkout }).map(readPage).join("\n");
  const made = [...sql.matchAll(/^create table (\w+)/gim)].map((found) => found[1]);
  const rows = /^## Tables$([\s\S]*?)^## /m.exec(page)?.[1] ?? "";
  const listed = [...rows.matchAll(/^\| `(\w+)`/gm)].map((found) => found[1]);
  expect(new Set(listed)).toEqual(new Set([...made, migrationsTable]));
});

/** By its own name, or by its path within the sources; `.dependency-cruiser.mjs` stands at the top. */
function isThere(name: string): boolean {
  if (name.startsWith(".")) return readdirSync(checkout).includes(name);
  return sources.some((path) => basename(path) === name || path.endsWith(`/${name}`));
}
