import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

/** What a running server tells the commands that work beside it. One that was killed leaves it behind. */
export interface Running {
  /** Where it listens; absent when it answers no HTTP. */
  readonly url?: string | undefined;
  /** The key that it seals with: what another key sealed, it may not open. */
  readonly keyId: string;
  readonly pid: number;
}

const shape = z.object({ url: z.string().optional(), keyId: z.string(), pid: z.number() });

/** Tells it until disposed. */
export async function tellRunning(dataDir: string, running: Running): Promise<AsyncDisposable> {
  const path = pathOf(dataDir);
  await writeFile(`${path}.half`, `${JSON.stringify(running)}\n`, { mode: 0o600 });
  await rename(`${path}.half`, path);
  return { [Symbol.asyncDispose]: () => rm(path, { force: true }) };
}

export async function readRunning(dataDir: string): Promise<Running | undefined> {
  const text = await readFile(pathOf(dataDir), "utf8").catch(() => "null");
  try {
    return shape.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

const pathOf = (dataDir: string): string => join(dataDir, "server.json");
