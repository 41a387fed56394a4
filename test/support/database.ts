import { randomBytes } from "node:crypto";
import { inject } from "vitest";
import { openDatabase, type Database } from "#platform/db/database.ts";
import { template } from "./global-setup.ts";

export type TestDatabase = Database & { readonly url: string };

/** A migrated database of its own on the run's server; gone when disposed. Take one per test file, or per test. */
export async function testDatabase(): Promise<TestDatabase> {
  return await makeDatabase(` TEMPLATE ${template}`);
}

/** The same without tables. */
export async function emptyDatabase(): Promise<TestDatabase> {
  return await makeDatabase("");
}

async function makeDatabase(like: string): Promise<TestDatabase> {
  const serverUrl = inject("databaseUrl");
  const name = `test_${randomBytes(6).toString("hex")}`;
  await onServer(serverUrl, `CREATE DATABASE ${name}${like}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const database = await openDatabase({ url: url.href });
  return {
    ...database,
    url: url.href,
    async [Symbol.asyncDispose]() {
      await database[Symbol.asyncDispose]();
      await onServer(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

async function onServer(url: string, sql: string): Promise<void> {
  await using server = await openDatabase({ url }, { maxConnections: 1 });
  await server.query(sql);
}
