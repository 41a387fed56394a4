import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const HOOK_KEY = "bench-hook-key-0123456789abcdef";

/** How long each measurement lasts; the smoke test takes the least. */
export interface Extent {
  readonly rounds: number;
  readonly roundMs: number;
  readonly connections: number;
  readonly paceMs: number;
  readonly floodMs: number;
  readonly idleMs: number;
}

/** A folder for data that is gone afterwards; others may pass through it, as the embedded PostgreSQL must under root. */
export async function makeFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), "concierge-bench-"));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

export function environmentOf(dataDir: string): Record<string, string> {
  return { CONCIERGE_DATA_DIR: dataDir, CONCIERGE_HOOK_KEY: HOOK_KEY, CONCIERGE_LOG: "warn" };
}

/** A bot's hook with the key. */
export function hookUrl(server: string, bot: string): string {
  return `${server}/webhook/telegram?telegramToken=${bot}&telegramFieldName=*TelegramId&key=${HOOK_KEY}`;
}

export function botToken(index: number): string {
  return `${6_100_000_000 + index}:AAFbenchbenchbenchbenchbenchbench${index}`;
}
