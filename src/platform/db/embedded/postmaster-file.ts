import { readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";

/** What a running server says of itself in `postmaster.pid`. */
export interface PostmasterFile {
  readonly pid: number;
  readonly port: number;
  readonly isReady: boolean;
}

/** Lines: pid, data directory, start, port, socket directory, listen address, shared memory, status. */
export async function readPostmasterFile(cluster: string): Promise<PostmasterFile | undefined> {
  const text = await readFile(pathOf(cluster), "utf8").catch(() => "");
  const lines = text.split("\n").map((line) => line.trim());
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return { pid, port: Number(lines[3]), isReady: lines[7] === "ready" };
}

export const pathOf = (cluster: string): string => join(cluster, "postmaster.pid");

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/**
 * Whose a process id is now. After a restart of the machine it may have gone to a stranger, who must not be stopped.
 * `unsure` where the system does not say.
 */
export async function whoIs(pid: number, cluster: string): Promise<"ours" | "stranger" | "unsure"> {
  if (process.platform !== "linux") return "unsure";
  const [program, ...rest] = (await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")).split(
    "\0",
  );
  if (!program || basename(program) !== "postgres") return "stranger";
  return rest.includes(cluster) || (await isIn(pid, cluster)) ? "ours" : "unsure";
}

/** The server works inside its data directory, so this sees through another path to the same folder. */
async function isIn(pid: number, cluster: string): Promise<boolean> {
  const [here, there] = await Promise.all([
    stat(`/proc/${pid}/cwd`).catch(() => undefined),
    stat(cluster),
  ]);
  return here?.ino === there.ino && here.dev === there.dev;
}
