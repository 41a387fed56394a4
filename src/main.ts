import { run } from "./cli/run.ts";
import { makeTerminal } from "./cli/terminal.ts";

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
