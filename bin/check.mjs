// The gate before every commit: one line each, verdict first; what failed is shown in full below.
// `--without-tests` leaves the tests to `npm test`, which runs all of them.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const checkout = dirname(dirname(fileURLToPath(import.meta.url)));
// Also the right Node stands there, whichever runs this file.
const bin = join(checkout, "node_modules", ".bin");
const present = (names) => names.filter((name) => existsSync(join(checkout, name)));
const sources = present(["src", "simulators", "web", "widget", "bench", "test"]);
const products = present(["src", "simulators", "web", "widget"]);

const gates = [
  { name: "types", tool: "tsc", args: ["--project", "."] },
  { name: "lint", tool: "oxlint", args: ["--type-aware", "--deny-warnings", "bin", ...sources] },
  { name: "format", tool: "oxfmt", args: ["--check", "."] },
  {
    name: "borders",
    tool: "node",
    args: ["bin/borders.mjs", "--exclude", "^test/trespass/", ...sources],
  },
];
const tests = {
  name: "tests beside files",
  tool: "vitest",
  args: ["run", ...products.map((name) => `${name}/`)],
};

const startedAt = performance.now();
const failed = await runAll(gates, Math.min(2, availableParallelism()));
if (!process.argv.includes("--without-tests") && !(await run(tests))) failed.push(tests);
const verdict = failed.length === 0 ? "ok    " : "FAILED";
console.log(`${verdict}  check ${seconds(startedAt)}`);
process.exitCode = failed.length === 0 ? 0 : 1;

/** Runs so many at a time; resolves to those that failed. */
async function runAll(waiting, atATime) {
  const queue = [...waiting];
  const failures = [];
  const worker = async () => {
    for (let gate = queue.shift(); gate !== undefined; gate = queue.shift())
      if (!(await run(gate))) failures.push(gate);
  };
  await Promise.all(Array.from({ length: atATime }, worker));
  return failures;
}

async function run({ name, tool, args }) {
  const from = performance.now();
  const { code, output } = await ended(tool, args);
  console.log(`${code === 0 ? "ok    " : "FAILED"}  ${name} ${seconds(from)}`);
  if (code !== 0) console.log(`\n${output.trimEnd()}\n`);
  return code === 0;
}

function ended(command, args) {
  const child = spawn(command, args, {
    cwd: checkout,
    env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` },
    stdio: ["ignore", "pipe", "pipe"],
    shell: process.platform === "win32",
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part) => (output += part));
  return new Promise((resolve) => {
    child.on("error", (error) => resolve({ code: 1, output: error.message }));
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

function seconds(from) {
  return `${((performance.now() - from) / 1000).toFixed(1)} s`;
}
