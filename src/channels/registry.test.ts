import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { AnyChannelProvider } from "./channel.ts";
import { channels } from "./registry.ts";

const entries: [string, AnyChannelProvider][] = Object.entries(channels);
const manifests = entries.map(([, { manifest }]) => manifest);

it("stands in the order shown on screen", () => {
  const order = ["telegram", "wappi", "green-api", "wazzup24"];
  expect(Object.keys(channels)).toEqual(order.filter((kind) => Object.hasOwn(channels, kind)));
});

it.each<[string, (index: number) => unknown]>([
  ["id", (index) => manifests[index]?.id],
  ["name", (index) => manifests[index]?.name],
  ["hook", (index) => manifests[index]?.hook.kind],
  ["environment name", (index) => manifests[index]?.api.environmentName],
])("gives no %s twice", (_, read) => {
  const values = manifests.map((_, index) => read(index));
  expect(new Set(values).size).toBe(manifests.length);
});

describe.each(entries)("%s", (kind, { manifest }) => {
  const { parameters } = manifest.hook;
  const page = () => readFileSync(`docs/providers/${manifest.id}.md`, "utf8");

  it("is named by its hook", () => {
    expect(manifest.hook.kind).toBe(kind);
    expect(manifest.id).toMatch(/^[a-z][a-z0-9-]*$/);
  });

  it("has a name, an icon, an address and limits", () => {
    expect(manifest.name).toMatch(/\S/);
    expect(manifest.icon).toMatch(/^[a-z][a-z0-9-]*$/);
    expect(manifest.api.baseUrl).toMatch(/^https:\/\/[^/]+(\/.*[^/])?$/);
    expect(manifest.api.environmentName).toMatch(/^[A-Z][A-Z0-9_]*$/);
    expect(manifest.limits.callsPerSecond).toBeGreaterThan(0);
    expect(manifest.maxTextLength).toBeGreaterThan(0);
  });

  it("names each parameter and alias once, whatever the case", () => {
    const names = parameters.flatMap(({ name, aliases = [] }) => [name, ...aliases]);
    const folded = names.map((name) => name.toLowerCase());
    expect(new Set(folded).size).toBe(names.length);
  });

  it("marks its secrets", () => {
    const secret = /token|password|secret|(^|_)key|key(_|$)/i;
    for (const one of [...parameters, ...manifest.settings])
      expect([one.name, one.isSecret ?? false]).toEqual([one.name, secret.test(one.name)]);
    expect(manifest.settings.some(({ isSecret }) => isSecret)).toBe(true);
  });

  it("says what it means in both languages", () => {
    const texts = [
      ...parameters.map(({ meaning }) => meaning),
      ...manifest.settings.map(({ label }) => label),
      ...manifest.environment.map(({ meaning }) => meaning),
    ];
    for (const { ru, en } of texts) {
      expect(ru).toMatch(/[а-яё]/i);
      expect(en).toMatch(/^[^а-яё]+$/i);
    }
  });

  it("declares what every notification hook has", () => {
    const names = parameters.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(["errorEmail", "message"]));
  });

  it("has a page in both languages that tells set-up, limits, faults and removal of every parameter", () => {
    const headings = page().match(/^##+ .*$/gm);
    expect(headings).toEqual(
      expect.arrayContaining([
        "## По-русски",
        "### Подключить",
        "### Пределы",
        "### Если что-то не так",
        "### Отключить",
        "## In English",
        "### Set up",
        "### Limits",
        "### When something is wrong",
        "### Remove",
      ]),
    );
    for (const { name } of parameters) expect(page()).toContain(`\`${name}\``);
  });
});
