import type { ProviderMemory } from "#domain/tools.ts";
import { z } from "zod";
import { isPlatform, type Platform } from "./platforms.ts";

const memory = z.object({
  /** Platform by profile id: it never changes, and the vendor has to be asked for it prefix by prefix. */
  platforms: z.record(z.string(), z.string().refine(isPlatform)).catch({}),
  /** Webhook URLs that we have set, by profile id: only these are ours to take away. */
  webhooks: z.record(z.string(), z.string()).catch({}),
});

export interface Remembered {
  readonly platforms: Readonly<Record<string, Platform>>;
  readonly webhooks: Readonly<Record<string, string>>;
}

export async function recall(tools: { readonly memory: ProviderMemory }): Promise<Remembered> {
  const kept = await tools.memory.read();
  const parsed = kept === undefined ? undefined : memory.safeParse(JSON.parse(kept)).data;
  return parsed ?? { platforms: {}, webhooks: {} };
}

/** Two writers at once may lose one entry; it costs one more question to the vendor. */
export async function remember(
  tools: { readonly memory: ProviderMemory },
  change: (kept: Remembered) => Remembered,
): Promise<void> {
  await tools.memory.write(JSON.stringify(change(await recall(tools))));
}
