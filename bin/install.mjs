// Makes node_modules match package-lock.json, once. Runs under any Node from 20 on, before anything is installed.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const checkout = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = join(checkout, "node_modules", ".concierge-install");
// Not in node_modules: `npm ci` empties that folder.
const lock = join(checkout, ".install.lock");
const lockBeatMs = 1_000;
// Longer than an orphaned npm goes on working after its parent was killed.
const lockStaleAfterMs = 30_000;
const lockWaitMs = 300_000;

/** What the stamp says after an installation of this lock file on this platform. */
function wanted() {
  const lockFile = readFileSync(join(checkout, "package-lock.json"));
  return `${createHash("sha256").update(lockFile).digest("hex")} ${process.platform}-${process.arch}\n`;
}

function isInstalled() {
  return existsSync(stamp) && readFileSync(stamp, "utf8") === wanted();
}

function takeLock() {
  try {
    writeFileSync(lock, `${process.pid}\n`, { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    return fail(
      `Cannot install into ${checkout}: ${error.message}. Run it as the user who owns that folder.`,
    );
  }
}

/** The owner of the lock touches it every second; one that was killed does not. */
function isLockStale() {
  const found = statSync(lock, { throwIfNoEntry: false });
  return found !== undefined && Date.now() - found.mtimeMs > lockStaleAfterMs;
}

async function waitForLock() {
  const giveUpAt = Date.now() + lockWaitMs;
  let isTold = false;
  while (!takeLock()) {
    if (isLockStale()) rmSync(lock, { force: true });
    else if (Date.now() > giveUpAt)
      fail(`Another installation is still running in ${checkout}. Try again when it is done.`);
    else {
      if (!isTold) say("Another installation is running in this folder: waiting for it.");
      isTold = true;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

/** `npm ci` with its output kept back; resolves to how it ended. */
function runNpm() {
  const flags = [
    "ci",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
    "--include=dev",
    "--include=optional",
  ];
  const ofNpm = process.env.npm_execpath;
  const isUnderNpm = ofNpm !== undefined && /npm-cli\.c?js$/.test(ofNpm);
  const [command, first] = isUnderNpm
    ? [process.env.npm_node_execpath ?? process.execPath, [ofNpm]]
    : ["npm", []];
  const child = spawn(command, [...first, ...flags], {
    cwd: checkout,
    stdio: ["ignore", "pipe", "pipe"],
    shell: !isUnderNpm && process.platform === "win32",
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part) => (output += part));
  let stoppedBy;
  for (const signal of ["SIGINT", "SIGTERM"])
    process.on(signal, () => {
      stoppedBy = signal;
      child.kill(signal);
    });
  return new Promise((resolve) => {
    child.on("error", (error) => resolve({ code: 1, output: `${output}${error.message}\n` }));
    child.on("close", (code) => resolve({ code: code ?? 1, output, stoppedBy }));
  });
}

async function install() {
  const startedAt = Date.now();
  say(
    "Installing what this version needs (about 250 packages, 550 MB on disk; a minute on a slow line).",
  );
  rmSync(stamp, { force: true });
  const beat = setInterval(() => writeFileSync(lock, `${process.pid}\n`), lockBeatMs);
  const { code, output, stoppedBy } = await runNpm();
  clearInterval(beat);
  if (code !== 0 && stoppedBy)
    fail(`Installation stopped by ${stoppedBy}. Run the same command again to repeat it.`);
  if (code !== 0)
    fail(`Installation failed: npm could not install the packages. What npm said:\n\n${output}`);
  if (!isRightNode()) fail(missingNode());
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted());
  say(`Installed in ${Math.round((Date.now() - startedAt) / 1000)} s.`);
}

function isRightNode() {
  return (
    existsSync(join(checkout, "node_modules", ".bin", "node")) ||
    Number.parseInt(process.versions.node, 10) >= 24
  );
}

function missingNode() {
  return (
    `npm has no Node 24 for ${process.platform}-${process.arch}, and this is Node ${process.versions.node}. ` +
    "Install Node 24 or later and run the same command again."
  );
}

function say(line) {
  process.stderr.write(`${line}\n`);
}

function fail(line) {
  say(line);
  process.exit(1);
}

if (!isInstalled()) {
  await waitForLock();
  process.on("exit", () => rmSync(lock, { force: true }));
  if (!isInstalled()) await install();
}
