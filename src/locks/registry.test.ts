import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import type { AnyLockProvider } from "./lock.ts";
import { demoLocks, locks } from "./registry.ts";

const everyone: [string, AnyLockProvider][] = Object.entries({ ...locks, ...demoLocks });
const real: [string, AnyLockProvider][] = Object.entries(locks);
const unique = (names: readonly string[]) => new Set(names).size === names.length;

test("no two providers share an id, a hook or an environment name", () => {
  const manifests = everyone.map(([, { manifest }]) => manifest);
  expect(unique(manifests.map(({ id }) => id))).toBe(true);
  expect(unique(manifests.map(({ hook }) => hook.kind))).toBe(true);
  expect(unique(manifests.map(({ api }) => api.environmentName))).toBe(true);
});

test.each(real)("%s is listed under the kind of its hook", (kind, { manifest }) => {
  expect(manifest.hook.kind).toBe(kind);
  expect(manifest.id).toMatch(/^[a-z][a-z0-9-]*$/);
});

test.each(real)("%s has a page for operators", (_, { manifest }) => {
  const page = new URL(`../../docs/providers/${manifest.id}.md`, import.meta.url);
  expect(existsSync(page)).toBe(true);
});

test.each(everyone)("%s names itself, its icon and its address", (_, { manifest }) => {
  expect(manifest.name).not.toBe("");
  expect(manifest.icon).toMatch(/^[a-z-]+$/);
  expect(new URL(manifest.api.baseUrl).pathname).toBe("/");
  expect(manifest.limits.callsPerSecond).toBeGreaterThan(0);
});

test.each(everyone)(
  "%s explains every parameter in both languages, with unique names",
  (_, lock) => {
    const { parameters } = lock.manifest.hook;
    expect(unique(parameters.flatMap(({ name, aliases = [] }) => [name, ...aliases]))).toBe(true);
    for (const { meaning } of parameters) {
      expect(meaning.ru).toMatch(/[а-я].*\.$/i);
      expect(meaning.en).toMatch(/[a-z].*\.$/i);
    }
  },
);

test.each(everyone)("%s hides what is secret", (_, { manifest }) => {
  const secret = /password|token|secret/i;
  const named = [...manifest.settings, ...manifest.environment, ...manifest.hook.parameters];
  const shown = named.filter(({ name, isSecret }) => secret.test(name) && !isSecret);
  expect(shown).toEqual([]);
});
