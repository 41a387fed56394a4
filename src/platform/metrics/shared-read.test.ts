import { expect, it } from "vitest";
import { shareRead } from "./shared-read.ts";

it("reads once for all who ask together, and anew for those who ask later", async () => {
  let reads = 0;
  const read = shareRead(async () => ++reads);
  expect(await Promise.all([read(), read(), read()])).toEqual([1, 1, 1]);
  expect(await read()).toBe(2);
});

it("does not keep a failure", async () => {
  let isAway = true;
  const read = shareRead(async () => {
    if (isAway) throw new Error("away");
    return 1;
  });
  await expect(read()).rejects.toThrow("away");
  isAway = false;
  expect(await read()).toBe(1);
});
