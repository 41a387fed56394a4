import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { emptyDatabase, type TestDatabase } from "../../../test/support/database.ts";
import { migrate, pendingMigrations } from "./migrate.ts";

let database: TestDatabase;
let folder: string;

beforeEach(async () => {
  [database, folder] = await Promise.all([emptyDatabase(), mkdtemp(join(tmpdir(), "migrations-"))]);
  await write(
    "0001_guests.sql",
    "CREATE TABLE guests (id int PRIMARY KEY);\nINSERT INTO guests VALUES (1);\n",
  );
});

afterEach(async () => {
  await Promise.all([database[Symbol.asyncDispose](), rm(folder, { recursive: true })]);
});

const write = (file: string, sql: string): Promise<void> => writeFile(join(folder, file), sql);
const guests = (): Promise<object[]> => database.query("SELECT * FROM guests ORDER BY id");

describe("migrate", () => {
  test("applies what is missing, in order, once", async () => {
    await write("0002_names.sql", "ALTER TABLE guests ADD name text");
    expect(await migrate(database, folder)).toEqual(["0001_guests", "0002_names"]);
    expect(await migrate(database, folder)).toEqual([]);
    expect(await guests()).toEqual([{ id: 1, name: null }]);
  });

  test("lets several nodes start at once", async () => {
    const applied = await Promise.all([1, 2, 3, 4].map(() => migrate(database, folder)));
    expect(applied.flat()).toEqual(["0001_guests"]);
  });

  test("says what is missing without changing anything", async () => {
    expect(await pendingMigrations(database, folder)).toEqual(["0001_guests"]);
    expect(await pendingMigrations(database, folder)).toEqual(["0001_guests"]);
    await migrate(database, folder);
    await write("0002_names.sql", "ALTER TABLE guests ADD name text");
    expect(await pendingMigrations(database, folder)).toEqual(["0002_names"]);
  });

  test("changes nothing when a migration fails, and keeps those before it", async () => {
    await write("0002_broken.sql", "INSERT INTO guests VALUES (2); SELECT * FROM nowhere;");
    const failed = migrate(database, folder);
    await expect(failed).rejects.toMatchObject({ code: "migration_failed" });
    await expect(failed).rejects.toThrow(/0002_broken.*nowhere/);
    expect(await guests()).toEqual([{ id: 1 }]);
    expect(await pendingMigrations(database, folder)).toEqual(["0002_broken"]);
  });

  test("refuses a migration that was edited after it had been applied", async () => {
    await migrate(database, folder);
    await write("0001_guests.sql", "CREATE TABLE guests (id bigint PRIMARY KEY);");
    await expect(migrate(database, folder)).rejects.toMatchObject({ code: "migration_edited" });
    await expect(pendingMigrations(database, folder)).rejects.toThrow(/0001_guests/);
  });

  test("takes other line ends for the same migration", async () => {
    await migrate(database, folder);
    await write(
      "0001_guests.sql",
      "CREATE TABLE guests (id int PRIMARY KEY);\r\nINSERT INTO guests VALUES (1);\r\n",
    );
    expect(await migrate(database, folder)).toEqual([]);
  });

  test("refuses a database that is newer than the checkout", async () => {
    await write("0002_names.sql", "ALTER TABLE guests ADD name text");
    await migrate(database, folder);
    await rm(join(folder, "0002_names.sql"));
    await expect(migrate(database, folder)).rejects.toMatchObject({ code: "database_newer" });
  });

  test.each(["1_short.sql", "0002 blank.sql", "0001_twice.sql"])(
    "refuses the file name %s",
    async (file) => {
      await write(file, "SELECT 1");
      await expect(migrate(database, folder)).rejects.toMatchObject({ code: "migration_invalid" });
    },
  );
});
