import { measureAccepting } from "./accepting.ts";
import { measureCalling } from "./calling.ts";
import { bookingEvent, shortEvent } from "./events.ts";
import { printFindings, type Finding } from "./finding.ts";
import { measureFootprint } from "./footprint.ts";
import type { Extent } from "./world.ts";

const full: Extent = {
  rounds: 8,
  roundMs: 1_000,
  connections: 64,
  paceMs: 20_000,
  floodMs: 15_000,
  idleMs: 10_000,
};

const parts: Readonly<Record<string, () => Promise<readonly Finding[]>>> = {
  short: () =>
    measureAccepting(full, { name: "1.5 KB", template: shortEvent(1_500), isShort: true }),
  large: () =>
    measureAccepting(full, { name: "40 KB", template: bookingEvent(40_000), isShort: false }),
  calling: () => measureCalling(full),
  footprint: () => measureFootprint(full),
};

// `node bench/bench.ts short calling` runs these two; without names all run.
const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(parts);
const findings: Finding[] = [];
for (const name of wanted) {
  const part = parts[name];
  if (!part) throw new Error(`There is no part ${name}. Known: ${Object.keys(parts).join(", ")}.`);
  findings.push(...(await part()));
}
printFindings(findings);
