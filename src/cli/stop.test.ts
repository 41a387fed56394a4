import { execFile } from "node:child_process";
import { expect, test } from "vitest";
import { closeWithin } from "./stop.ts";

/** A process that has asked for the stop signal, and then does this. */
function child(code: string): Promise<{ code: unknown; out: string }> {
  const source = `
    import { makeLog } from "#platform/log/log.ts";
    import { stopSignal } from "#cli/stop.ts";
    const stopped = stopSignal(makeLog({ level: "info" }));
    const beat = setInterval(() => undefined, 1000);
    ${code}`;
  return new Promise((resolve) => {
    const words = ["--input-type=module-typescript", "--eval", source];
    execFile("node", words, (error, out) => resolve({ code: error?.code ?? 0, out }));
  });
}

test.each(["throw new Error('boom')", "void Promise.reject(new Error('boom'))"])(
  "an error that nobody caught is one line of the log and the end: %s",
  async (fault) => {
    const { code, out } = await child(`setTimeout(() => { ${fault} }, 0);`);
    expect(code).toBe(1);
    expect(
      out
        .trim()
        .split("\n")
        .map((line): unknown => JSON.parse(line)),
    ).toEqual([
      expect.objectContaining({
        level: "fatal",
        err: expect.objectContaining({ message: "boom" }),
      }),
    ]);
  },
);

test("a signal that comes twice at once stops in peace; one of somebody who won't wait ends it", async () => {
  const twice = "process.kill(process.pid, 'SIGINT'); process.kill(process.pid, 'SIGINT');";
  const peaceful = await child(
    `${twice} await stopped; console.log('stopped'); clearInterval(beat);`,
  );
  expect(peaceful).toEqual({ code: 0, out: "stopped\n" });
  const later = "setTimeout(() => process.kill(process.pid, 'SIGINT'), 1100);";
  expect(await child(`process.kill(process.pid, 'SIGINT'); ${later} await stopped;`)).toEqual({
    code: 1,
    out: "",
  });
});

test("what does not end is waited for so long and no longer", async () => {
  const never = { [Symbol.asyncDispose]: () => new Promise<void>(() => undefined) };
  const alive = setInterval(() => undefined, 1_000);
  await closeWithin(never, 30);
  clearInterval(alive);
  const fault = { [Symbol.asyncDispose]: () => Promise.reject(new Error("no")) };
  await expect(closeWithin(fault, 1_000)).rejects.toThrow("no");
});
