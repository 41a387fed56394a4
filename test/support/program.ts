import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("../../bin/concierge", import.meta.url));

export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export type Environment = Readonly<Record<string, string>>;

/** Nothing of the machine's own settings but where programs are. */
const plain = (given: Environment): Environment => ({
  PATH: process.env["PATH"] ?? "",
  LANG: "C",
  ...given,
});

/** Runs the program to its end, as a person in a terminal would. */
export function runProgram(words: readonly string[], given: Environment = {}): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(program, words, { env: plain(given), timeout: 30_000 }, (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out, err });
    });
  });
}

export interface StartedProgram {
  readonly process: ChildProcess;
  readonly url: string;
  /** All that it has said so far, on both streams. */
  readonly said: () => string;
}

/** Runs `start` until it says where it listens. */
export async function startProgram(
  words: readonly string[],
  given: Environment = {},
): Promise<StartedProgram> {
  const child = spawn(program, ["start", "--port", "0", ...words], {
    env: plain(given),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  const url = await new Promise<string>((resolve, reject) => {
    const hear = (part: Buffer): void => {
      said += String(part);
      const found = /ready at (http:\S+)\n[^]*$/.exec(said)?.[1];
      if (found) resolve(found);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.once("exit", (code) => reject(new Error(`start ended with ${code}: ${said}`)));
  });
  return { process: child, url, said: () => said };
}

/** The exit code after these signals. */
export async function stopProgram(
  { process: child }: StartedProgram,
  ...signals: NodeJS.Signals[]
): Promise<number | null> {
  const ended = once(child, "exit");
  for (const signal of signals) child.kill(signal);
  const [code] = (await ended) as [number | null];
  return code;
}
