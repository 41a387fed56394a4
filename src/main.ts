import { enableCompileCache } from "node:module";
import { join } from "node:path";

// Halves the time that a command takes to begin. Where it can't be written, things only go slower.
enableCompileCache(join(import.meta.dirname, "../node_modules/.cache/concierge"));
const { run } = await import("./cli/run.ts");
const { makeTerminal } = await import("./cli/terminal.ts");

const terminal = makeTerminal({
  environment: process.env,
  out: process.stdout,
  err: process.stderr,
});
process.exitCode = await run({
  words: process.argv.slice(2),
  environment: process.env,
  terminal,
});
// Nothing should be left that keeps the process; should something be, it does not hold up whoever waits for us.
setTimeout(() => process.exit(), 1_000).unref();
