import { afterAll, beforeAll, expect, it } from "vitest";
import { makeId } from "#platform/uuid.ts";
import { testDatabase, type TestDatabase } from "../../test/support/database.ts";
import { createToken, ensureWorkspace, findToken, listTokens, removeToken } from "./team.store.ts";
import { hashToken } from "./token.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

it("makes a workspace once and leaves its name alone afterwards", async () => {
  await ensureWorkspace(database, { id: "main", name: "Студия", now: 1 });
  await ensureWorkspace(database, { id: "main", name: "Other", now: 2 });
  expect(await database.query("select id, name, created_at from workspace")).toEqual([
    { id: "main", name: "Студия", created_at: 1 },
  ]);
});

it("finds a token by its hash until it is removed", async () => {
  const token = { workspaceId: "main", id: makeId(), name: "script", scopes: ["read"] as const };
  const hash = hashToken("cg_one");
  await createToken(database, { ...token, hash, createdAt: 5 });
  expect(await findToken(database, hash)).toEqual({ ...token, hash, createdAt: 5 });
  expect(await findToken(database, hashToken("cg_two"))).toBeUndefined();
  expect(await listTokens(database, "main")).toEqual([{ ...token, createdAt: 5 }]);
  expect(await removeToken(database, { workspaceId: "other", id: token.id })).toBe(false);
  expect(await removeToken(database, token)).toBe(true);
  expect(await findToken(database, hash)).toBeUndefined();
});

it("leaves out a scope that this version does not know", async () => {
  await database.query("insert into api_token values ('main', $1, $2, $3, 'later', 1)", [
    makeId(),
    hashToken("cg_later"),
    ["read", "rule-the-world"],
  ]);
  expect((await findToken(database, hashToken("cg_later")))?.scopes).toEqual(["read"]);
});
