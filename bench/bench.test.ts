import { expect, test } from "vitest";
import { measureAccepting } from "./accepting.ts";
import { measureCalling } from "./calling.ts";
import { shortEvent } from "./events.ts";
import { measureFootprint } from "./footprint.ts";
import type { Extent } from "./world.ts";

/** Enough to see that everything is measured; the figures say nothing. */
const least: Extent = {
  rounds: 1,
  roundMs: 100,
  connections: 4,
  paceMs: 300,
  floodMs: 300,
  idleMs: 0,
};

test("an event's short form has the size that was asked for", () => {
  const event = shortEvent(1_500);

  expect(Buffer.byteLength(event)).toBeGreaterThan(1_490);
  expect(Buffer.byteLength(event)).toBeLessThanOrEqual(1_500);
});

test("accepting is measured beside its baselines", async () => {
  const event = { name: "1.5 KB", template: shortEvent(1_500), isShort: true };
  const findings = await measureAccepting(least, event);

  expect(findings.map((one) => one.measured)).toEqual([
    expect.stringMatching(/^\d+ % \(\d+\/s of \d+\/s\)$/),
    expect.stringMatching(/^\d+\.\d \(of \d+\/s\)$/),
    expect.stringMatching(/^\d+\/s$/),
  ]);
});

test("every event of the paced runs is followed to the vendor", async () => {
  const findings = await measureCalling(least);

  expect(findings.map((one) => one.measured)).toEqual([
    expect.stringMatching(/^\d+ ms$/),
    expect.stringMatching(/^\d+ ms$/),
    expect.not.stringContaining("never arrived"),
  ]);
});

test("memory and starting are measured", async () => {
  const findings = await measureFootprint(least);

  expect(findings.every((one) => /^\d/.test(one.measured))).toBe(true);
});
