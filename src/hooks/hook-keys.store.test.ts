import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeVault } from "#platform/secrets/vault.ts";
import { testDatabase, type TestDatabase } from "../../test/support/database.ts";
import { makeHookKeys } from "./hook-keys.ts";
import {
  ensureHookKey,
  keyOverlapMs,
  listHookKeys,
  retireHookKey,
  rotateHookKey,
  type HookKeyNeeds,
} from "./hook-keys.store.ts";

let database: TestDatabase;
let needs: HookKeyNeeds;
let now: number;

beforeEach(async () => {
  database = await testDatabase();
  now = 1_000_000;
  needs = { database, vault: makeVault({ keys: [randomBytes(32)] }), now: () => now };
  await database.query("insert into workspace values ('main', 'main', 1), ('two', 'two', 1)");
});
afterEach(() => database[Symbol.asyncDispose]());

describe("the hook key", () => {
  it("is made once, on however many nodes that start together", async () => {
    const keys = await Promise.all(Array.from({ length: 5 }, () => ensureHookKey(needs, "main")));
    expect(new Set(keys).size).toBe(1);
    expect(keys[0]).toMatch(/^[\w-]{32}$/);
    expect(await listHookKeys(needs)).toMatchObject([{ key: keys[0], isCurrent: true }]);
  });

  it("lies encrypted in the database", async () => {
    const key = await ensureHookKey(needs, "main");
    const rows = await database.query<{ sealed: Buffer }>("select sealed from hook_key");
    expect(rows[0]!.sealed.includes(key)).toBe(false);
  });

  it("that was rotated lets callers in for a day more", async () => {
    const old = await ensureHookKey(needs, "main");
    now += 5;
    const fresh = await rotateHookKey(needs, "main");
    const workspaceOf = async (key: string) =>
      makeHookKeys(await listHookKeys(needs)).workspaceOf(key);
    expect((await listHookKeys(needs)).map(({ key, isCurrent }) => [key, isCurrent])).toEqual([
      [fresh, true],
      [old, false],
    ]);
    expect(await ensureHookKey(needs, "main")).toBe(fresh);
    now += keyOverlapMs - 1;
    expect(await workspaceOf(old)).toBe("main");
    now += 1;
    expect(await workspaceOf(old)).toBeUndefined();
    expect(await workspaceOf(fresh)).toBe("main");
  });

  it("is ended at once when it has leaked", async () => {
    await ensureHookKey(needs, "main");
    await rotateHookKey(needs, "main");
    const [, old] = await listHookKeys(needs);
    expect(await retireHookKey(needs, { workspaceId: "two", id: old!.id })).toBe(false);
    expect(await retireHookKey(needs, { workspaceId: "main", id: old!.id })).toBe(true);
    expect(await listHookKeys(needs)).toHaveLength(1);
    expect(await retireHookKey(needs, { workspaceId: "main", id: old!.id })).toBe(false);
  });

  it("of one workspace is not rotated with another's", async () => {
    const two = await ensureHookKey(needs, "two");
    await ensureHookKey(needs, "main");
    await rotateHookKey(needs, "main", 0);
    const open = await listHookKeys(needs);
    expect(open.map((one) => [one.workspaceId, one.isCurrent])).toEqual([
      ["main", true],
      ["two", true],
    ]);
    expect(open[1]!.key).toBe(two);
  });
});

describe("a key that the environment sets", () => {
  const fixed = { workspaceId: "main", key: "from-environment" };

  it("is the current one beside those that are stored", async () => {
    const stored = await ensureHookKey(needs, "main");
    const withFixed = { ...needs, fixed };
    expect(await ensureHookKey(withFixed, "main")).toBe("from-environment");
    expect(await listHookKeys(withFixed)).toMatchObject([
      { id: "environment", key: "from-environment", isCurrent: true },
      { key: stored, isCurrent: false },
    ]);
  });

  it("makes no other, and is changed where it stands", async () => {
    const withFixed = { ...needs, fixed };
    await ensureHookKey(withFixed, "main");
    expect(await database.query("select 1 from hook_key")).toEqual([]);
    await expect(rotateHookKey(withFixed, "main")).rejects.toMatchObject({
      code: "hook_key_fixed",
      message: expect.stringContaining("CONCIERGE_HOOK_KEY") as string,
    });
    await expect(
      retireHookKey(withFixed, { workspaceId: "main", id: "environment" }),
    ).rejects.toMatchObject({ code: "hook_key_fixed" });
  });
});
