import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const checkout = join(import.meta.dirname, "..", "..");

/** Every page of the project, by its path in the checkout. */
export function listPages(): readonly string[] {
  const pages = globSync(["*.md", "docs/**/*.md", "test/trespass/*.md"], { cwd: checkout });
  return pages.map((page) => page.replaceAll("\\", "/")).toSorted();
}

export const readPage = (path: string): string => readFileSync(join(checkout, path), "utf8");

/** A page without its blocks of code, whose brackets are no links. */
export const proseOf = (page: string): string =>
  page.replaceAll(/^ *```[\s\S]*?^ *```/gm, "").replaceAll(/`[^`\n]*`/g, "");

/** As GitHub makes them out of headings; a repeated one gets a number. */
export function anchorsOf(page: string): ReadonlySet<string> {
  const headings = page.replaceAll(/^ *```[\s\S]*?^ *```/gm, "").match(/^#{1,6} .+$/gm) ?? [];
  const seen = new Map<string, number>();
  return new Set(
    headings.map((heading) => {
      const text = heading.replace(/^#+ /, "").trim().toLowerCase();
      const slug = text.replaceAll(/[^\p{L}\p{N}\p{M}_ -]/gu, "").replaceAll(" ", "-");
      const before = seen.get(slug) ?? 0;
      seen.set(slug, before + 1);
      return before === 0 ? slug : `${slug}-${before}`;
    }),
  );
}
