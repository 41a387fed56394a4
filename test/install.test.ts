import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";

const run = promisify(execFile);
let checkout: string;

beforeEach(async () => {
  checkout = await mkdtemp(join(tmpdir(), "concierge-install-"));
  await cp("bin", join(checkout, "bin"), { recursive: true });
  await writeVersion("1.0.0");
});

afterEach(() => rm(checkout, { recursive: true }));

test("installs once, and again only when the lock file changes", async () => {
  expect(await install()).toMatch(/Installed in \d+ s/u);
  expect(await install()).toBe("");
  await writeVersion("1.0.1");
  expect(await install()).toMatch(/Installed in \d+ s/u);
});

test("a second installation waits for the first and then has nothing to do", async () => {
  const [first, second] = (await Promise.all([install(), install()])).sort();
  expect(first).toMatch(/^Another installation is running in this folder: waiting for it\.\n$/u);
  expect(second).toMatch(/Installed in/u);
});

test("a lock that a killed installation left behind does not stop the next", async () => {
  const lock = join(checkout, ".install.lock");
  await writeFile(lock, "1\n");
  const aMinuteAgo = Date.now() / 1000 - 60;
  await utimes(lock, aMinuteAgo, aMinuteAgo);
  expect(await install()).toMatch(/Installed in/u);
});

test("shows what npm said when it fails, and tries again the next time", async () => {
  await writeFile(join(checkout, "package.json"), JSON.stringify({ dependencies: { zod: "4" } }));
  for (const _ of [1, 2])
    await expect(install()).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/Installation failed.*Missing: zod/su),
    });
});

test("the program says to run `npm start` in a checkout that was never installed", async () => {
  await expect(run(join(checkout, "bin/concierge"))).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/Run once: cd .* && npm start\n$/u),
  });
});

test("the program starts from any folder through links, with its arguments and exit code", async () => {
  await install();
  const main =
    "console.log(JSON.stringify([process.pid, ...process.argv.slice(2)])); process.exitCode = 7;";
  await mkdir(join(checkout, "node_modules/.bin"), { recursive: true });
  await symlink(process.execPath, join(checkout, "node_modules/.bin/node"));
  await mkdir(join(checkout, "src"));
  await writeFile(join(checkout, "src/main.ts"), main);
  const started = run(
    "sh",
    ["-c", `ln -s bin/concierge ${checkout}/link && exec ${checkout}/link start "a b"`],
    { cwd: "/" },
  );
  await expect(started).rejects.toMatchObject({
    code: 7,
    stdout: `[${started.child.pid},"start","a b"]\n`,
  });
});

async function install(): Promise<string> {
  const { stdout, stderr } = await run("node", [join(checkout, "bin/install.mjs")]);
  return stdout + stderr;
}

async function writeVersion(version: string): Promise<void> {
  const about = { name: "empty", version };
  const lock = { ...about, lockfileVersion: 3, packages: { "": about } };
  await writeFile(join(checkout, "package.json"), JSON.stringify(about));
  await writeFile(join(checkout, "package-lock.json"), JSON.stringify(lock));
}
