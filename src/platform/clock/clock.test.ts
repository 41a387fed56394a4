import { expect, test } from "vitest";
import { manualClock, systemClock } from "./clock.ts";

test("stands still until it is moved, and tells who listens", () => {
  const clock = manualClock(1_000);
  const heard: number[] = [];
  const stop = clock.onChange(() => heard.push(clock.now()));
  expect(clock.now()).toBe(1_000);
  clock.advance(500);
  clock.set(9_000);
  stop();
  clock.advance(1);
  expect(heard).toEqual([1_500, 9_000]);
  expect(clock.now()).toBe(9_001);
});

test("the system's clock goes by itself", () => {
  const before = Date.now();
  expect(systemClock.now()).toBeGreaterThanOrEqual(before);
});
