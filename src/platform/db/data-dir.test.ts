import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { chooseDataDir, isReachable, systemDataDir } from "./data-dir.ts";

const checkout = "/srv/concierge";
const open = (): boolean => true;
const closed = (): boolean => false;

describe("chooseDataDir", () => {
  test("takes what is wanted, else the checkout's", async () => {
    const ordinary = { checkout, isRoot: false, isReachable: closed };
    expect(await chooseDataDir({ ...ordinary, wanted: "/data/a" })).toBe("/data/a");
    expect(await chooseDataDir(ordinary)).toBe("/srv/concierge/data");
  });

  test("does the same under root where others may come in", async () => {
    const root = { checkout, isRoot: true, isReachable: open };
    expect(await chooseDataDir({ ...root, wanted: "/data/a" })).toBe("/data/a");
    expect(await chooseDataDir(root)).toBe("/srv/concierge/data");
  });

  test("goes to the system's place under root where nobody else may come in", async () => {
    expect(await chooseDataDir({ checkout, isRoot: true, isReachable: closed })).toBe(
      systemDataDir,
    );
  });

  test("gives each wanted folder that is out of reach a place of its own, always the same", async () => {
    const choose = (wanted: string): Promise<string> =>
      chooseDataDir({ wanted, checkout, isRoot: true, isReachable: closed });
    const [a, again, b] = await Promise.all([
      choose("/root/a"),
      choose("/root/./a"),
      choose("/root/b"),
    ]);
    expect(a).toMatch(/^\/var\/lib\/concierge-[0-9a-f]{8}$/);
    expect(again).toBe(a);
    expect(b === a).toBe(false);
  });
});

describe("isReachable", () => {
  test("asks the folders above, whether they are there yet or not, and not the folder itself", async () => {
    const above = await mkdtemp(join(tmpdir(), "reachable-"));
    const dataDir = join(above, "deep", "data");
    expect(await isReachable(above)).toBe(true);
    expect(await isReachable(dataDir)).toBe(false);
    await chmod(above, 0o711);
    expect(await isReachable(dataDir)).toBe(true);
    await mkdir(dataDir, { recursive: true, mode: 0o755 });
    await chmod(dataDir, 0o700);
    expect(await isReachable(dataDir)).toBe(true);
    await rm(above, { recursive: true });
  });
});
