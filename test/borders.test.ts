import { execFile } from "node:child_process";
import { expect, test } from "vitest";

test("every border rule is reported once in the tree that breaks each once", async () => {
  const { violations, ruleSetUsed } = await borders("test/trespass");
  const names = ruleSetUsed.forbidden.map((rule) => rule.name);
  expect(names.length).toBeGreaterThan(0);
  expect(violations.map(({ rule }) => rule.name).sort()).toEqual(names.sort());
});

interface Summary {
  readonly violations: readonly { readonly rule: { readonly name: string } }[];
  readonly ruleSetUsed: { readonly forbidden: readonly { readonly name: string }[] };
}

function borders(folder: string): Promise<Summary> {
  const program = `${process.cwd()}/bin/borders.mjs`;
  const flags = ["--output-type", "json", "src", "web", "simulators"];
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...flags], { cwd: folder }, (_error, stdout) =>
      resolve((JSON.parse(stdout) as { summary: Summary }).summary),
    );
  });
}
