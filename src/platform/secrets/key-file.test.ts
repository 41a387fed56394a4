import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openKeyFile, retireOlderKeys, rotateKeyFile } from "./key-file.ts";
import { printKeyRing } from "./key-ring.ts";

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "concierge-key-"));
  path = join(folder, "secret.key");
});

afterEach(() => rm(folder, { recursive: true }));

test("makes a key once, for its owner alone, and finds it again", async () => {
  const made = await openKeyFile(path);
  expect(made).toHaveLength(1);
  expect(await openKeyFile(path)).toEqual(made);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readdir(folder)).toEqual(["secret.key"]);
});

test("many that start at once get the same key", async () => {
  for (const name of Array.from({ length: 20 }, (_, round) => `${round}.key`)) {
    const starts = Array.from({ length: 20 }, () => openKeyFile(join(folder, name)));
    const rings = await Promise.all(starts);
    expect(new Set(rings.map((ring) => printKeyRing(ring)))).toHaveProperty("size", 1);
  }
  expect(await readdir(folder)).toHaveLength(20);
});

test("rotation puts a fresh key in front and keeps the others until they are retired", async () => {
  const [first] = await openKeyFile(path);
  const [second, ...older] = await rotateKeyFile(path);
  expect(older).toEqual([first]);
  expect(await openKeyFile(path)).toEqual([second, first]);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await retireOlderKeys(path)).toEqual([second]);
  expect(await openKeyFile(path)).toEqual([second]);
});

test("a damaged file is neither taken nor replaced", async () => {
  for (const content of ["", "not a key", "AAAA"]) {
    await writeFile(path, content);
    await expect(openKeyFile(path)).rejects.toMatchObject({ code: "key_file_damaged" });
    expect(await readFile(path, "utf8")).toBe(content);
  }
});
