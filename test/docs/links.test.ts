import { existsSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";
import { anchorsOf, checkout, listPages, proseOf, readPage } from "./pages.ts";

describe.each(listPages())("%s", (path) => {
  const page = readPage(path);
  const links = [...proseOf(page).matchAll(/\]\(([^)\s]+)\)/g)].map((found) => found[1] ?? "");
  const own = links.filter((link) => !/^[a-z]+:/i.test(link)).map(decodeURIComponent);

  it("leads to files that are there", () => {
    const missing = own
      .map((link) => link.replace(/#.*$/, ""))
      .filter((file) => file !== "" && !existsSync(join(checkout, dirname(path), file)));
    expect(missing).toEqual([]);
  });

  it("leads to headings that are there", () => {
    const missing = own.filter((link) => {
      const [file = "", anchor] = link.split("#");
      const target = file === "" ? path : normalize(join(dirname(path), file));
      return anchor !== undefined && !anchorsOf(readPage(target)).has(anchor);
    });
    expect(missing).toEqual([]);
  });

  it("names no path of one machine", () => {
    expect(page).not.toMatch(/\/(?:home|root|Users|work)\//);
  });
});

it("finds the pages", () => {
  expect(listPages()).toEqual(expect.arrayContaining(["README.md", "docs/architecture.md"]));
});
