import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readdir, rm } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

const env = { PATH: process.env["PATH"], LANG: "C.UTF-8", NO_COLOR: "1" };
const file = join(import.meta.dirname, "..", "..", "simulators", "demo.ts");

test(
  "the demo plays every story to its end, and tells each step",
  { timeout: 60_000 },
  async () => {
    const { code, out, err } = await runDemo("--once", "--fast", "--port", "0");

    expect({ code, err: err.replaceAll(/waiting until .*\n|The server .*\n/g, "") }).toEqual({
      code: 0,
      err: "",
    });
    const steps = [
      /^✓ The demo runs\./,
      /Bookings, live +http:\/\/127\.0\.0\.1:\d+\/\n/,
      /Check of a lock's hook +http:\/\/\S+\/webhook\/h\/\S+\n/,
      /API reference +http:\/\/\S+\/docs\n/,
      /✓ Code \d{3} \d{3} is in the lock, and the lock's own list shows it\./,
      /✓ Only now the guest is told/,
      /✓ The code stays the same, its time in the lock is moved\./,
      /✓ The code is deleted/,
      /! The code is not in the lock yet\./,
      /· The gateway is back\.\n✓ Code \d{3} \d{3} is in the lock/,
      /GREEN-API\.\n✓ Sent, delivered, read/,
      /SMS\)\.\n✓ Handed over\./,
      /Wazzup24\.\n✓ Sent, delivered, read/,
      /✗ The message is refused/,
      /✓ A mail to owner@example\.org says so\./,
      /✓ All four stories are played\.\n$/,
    ];
    expect(steps.filter((step) => !step.test(out))).toEqual([]);
  },
);

test("a taken port is told in one line", async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const { port } = other.address() as AddressInfo;

  const { code, out, err } = await runDemo("--port", String(port));
  other.close();

  expect({ code, out }).toEqual({ code: 1, out: "" });
  expect(err).toMatch(new RegExp(`^✗ Port ${port} is taken by another program\\..*\\n$`));
});

interface Ended {
  readonly code: unknown;
  readonly out: string;
  readonly err: string;
}

async function runDemo(...words: readonly string[]): Promise<Ended> {
  return await new Promise((resolve) => {
    execFile(process.execPath, [file, ...words], { env }, (error, out, err) => {
      resolve({ code: error?.code ?? 0, out, err });
    });
  });
}

test("Ctrl-C ends it cleanly, also when it is pressed twice", { timeout: 60_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), "concierge-demo-test-"));
  // PostgreSQL, which runs as another user under root, has to get in.
  await chmod(folder, 0o755);
  const own = { ...env, TMPDIR: folder };
  const child = spawn(process.execPath, [file, "--fast", "--port", "0"], { env: own });
  await once(child.stdout, "data");
  const during = await readdir(folder);

  child.kill("SIGINT");
  // The database takes longer than this to stop.
  setTimeout(() => child.kill("SIGINT"), 20);
  const [code]: unknown[] = await once(child, "exit");

  const after = await readdir(folder);
  await rm(folder, { recursive: true });
  expect({ code, during, after }).toEqual({
    code: 0,
    during: [expect.stringMatching(/^concierge-demo-/)],
    after: [],
  });
});
