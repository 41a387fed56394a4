import { expect, test } from "vitest";
import { canonicalSettings } from "#integrations/integration.ts";
import { resealAll } from "#platform/secrets/reseal.ts";
import { makeVault } from "#platform/secrets/vault.ts";
import { testDatabase, type TestDatabase } from "../test/support/database.ts";
import { sealedPlaces } from "./sealed-places.ts";

const [oldKey, newKey] = [1, 2].map((fill) => new Uint8Array(32).fill(fill)) as [
  Uint8Array,
  Uint8Array,
];
const old = makeVault({ keys: [oldKey] });
const both = makeVault({ keys: [newKey, oldKey] });
const fresh = makeVault({ keys: [newKey] });
const id = "019a0000-0000-7000-8000-000000000001";

async function fill(database: TestDatabase): Promise<void> {
  const insert = (table: string, row: Record<string, unknown>) =>
    database.query({
      text: `insert into ${table} (${Object.keys(row).join(", ")}) values (${Object.keys(row)
        .map((_, at) => `$${at + 1}`)
        .join(", ")})`,
      values: Object.values(row),
    });
  const own = { workspace_id: "main", id };
  await insert("workspace", { id: "main", name: "Main", created_at: 0 });
  await insert("hook", {
    ...own,
    kind: "telegram",
    fingerprint: old.fingerprint("telegram\n[]"),
    parameters: old.seal("[]", "hook"),
    is_stored: true,
    created_at: 0,
  });
  await insert("hook_key", { ...own, sealed: old.seal("a key", "hook-key"), created_at: 0 });
  await insert("integration", {
    ...own,
    provider: "ttlock",
    fingerprint: "before",
    settings: { username: "u" },
    secrets: old.seal('{"password":"p"}', "integration"),
    memory: old.seal("a session", "integration-memory"),
    status: "active",
    created_at: 0,
  });
  await insert("delivery", {
    ...own,
    kind: "message",
    state: "sent",
    target: {},
    payload: old.seal("hello", "delivery"),
    recipient: "",
    created_at: 0,
  });
  await insert("access_code", {
    ...own,
    booking_id: id,
    hook_id: "h",
    integration_id: id,
    digits: old.seal("482913", "access-code"),
    wished_from: 0,
    valid_from: 0,
    valid_to: 1,
    keep_until: 1,
    is_wanted: true,
    created_at: 0,
    updated_at: 0,
  });
  await insert("access_code_lock", {
    workspace_id: "main",
    access_code_id: id,
    lock_id: "7",
    delivery_id: id,
    state: "writing",
    offline_digits: old.seal("111", "access-code"),
    pending: {
      act: "add",
      digits: Buffer.from(old.seal("482913", "access-code")).toString("base64"),
    },
  });
}

const unsealed = ["api_token.hash", "intake_event.body", "once.key"];

test("every column of bytes is either sealed anew or known to be open", async () => {
  await using database = await testDatabase();
  const columns = await database.query<{ name: string }>(
    "select table_name || '.' || column_name as name from information_schema.columns where table_schema = 'public' and data_type = 'bytea'",
  );
  const sealed = sealedPlaces.flatMap(({ table, values }) =>
    values.map(({ name }) => `${table}.${name}`),
  );
  const known = [...sealed, ...unsealed];
  expect(columns.map(({ name }) => name).filter((name) => !known.includes(name))).toEqual([]);
});

test("whatever an older key sealed opens with the newest alone afterwards", async () => {
  await using database = await testDatabase();
  await fill(database);
  expect(await resealAll(database, both, sealedPlaces)).toEqual({ rows: 6, damaged: 0 });
  expect(await resealAll(database, both, sealedPlaces)).toEqual({ rows: 0, damaged: 0 });
  const opened: string[] = [];
  for (const { table, values } of sealedPlaces)
    for (const { name, context, inside } of values) {
      const [row] = await database.query<{ bytes: Buffer }>(
        `select ${inside?.read ?? name} as bytes from ${table}`,
      );
      opened.push(fresh.open(row!.bytes, context));
    }
  expect(opened).toEqual([
    "[]",
    "a key",
    '{"password":"p"}',
    "a session",
    "hello",
    "482913",
    "111",
    "482913",
  ]);
  const [lock] = await database.query<{ pending: object }>("select pending from access_code_lock");
  expect(lock!.pending).toEqual({ act: "add", digits: expect.stringMatching(/^[\w+/]+=*$/) });
  const [found] = await database.query(
    "select (select fingerprint from hook) as hook, (select fingerprint from integration) as integration",
  );
  expect(found).toEqual({
    hook: fresh.fingerprint("telegram\n[]"),
    integration: fresh.fingerprint(
      `ttlock\n${canonicalSettings({ password: "p", username: "u" })}`,
    ),
  });
});

test("many rows are gone through whole; a damaged one and one that is doubled hold up nobody", async () => {
  await using database = await testDatabase();
  await fill(database);
  for (let n = 0; n < 450; n += 1)
    await database.query({
      text: "insert into hook (workspace_id, id, kind, fingerprint, parameters, is_stored, created_at) values ('main', $1, 'telegram', $2, $3, true, 0)",
      values: [`many-${n}`, `fingerprint-${n}`, old.seal(n === 7 ? "[]" : `[${n}]`, "hook")],
    });
  await database.query("update hook set parameters = parameters || '\\x00' where id = 'many-300'");
  expect(await resealAll(database, both, sealedPlaces)).toEqual({ rows: 455, damaged: 1 });
});

test("a key that is missing from the ring is named, and nothing is lost", async () => {
  await using database = await testDatabase();
  await fill(database);
  await expect(resealAll(database, fresh, sealedPlaces)).rejects.toMatchObject({
    code: "secret_key_unfit",
  });
});
