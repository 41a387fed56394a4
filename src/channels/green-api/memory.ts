import type { ProviderMemory } from "#domain/tools.ts";
import { z } from "zod";

const memory = z.object({
  /** MAX chats by phone, oldest first. An empty `chatId`: no account was there at that time. */
  chats: z.array(z.object({ phone: z.string(), chatId: z.string(), at: z.number() })).catch([]),
  /** When the instance was last seen to be signed in. */
  authorizedAt: z.number().optional().catch(undefined),
  checksPausedUntil: z.number().optional().catch(undefined),
  /** The webhook URL that we have set: only this one is ours to take away. */
  webhook: z.string().optional().catch(undefined),
});

export type Remembered = Readonly<Partial<z.infer<typeof memory>>> & {
  readonly chats: z.infer<typeof memory>["chats"];
};

/** About 30 KB; whoever falls out is looked up again. */
export const rememberedChats = 500;

export async function recall(tools: { readonly memory: ProviderMemory }): Promise<Remembered> {
  const kept = await tools.memory.read();
  return kept === undefined
    ? { chats: [] }
    : (memory.safeParse(JSON.parse(kept)).data ?? { chats: [] });
}

/** Two writers at once may lose one entry; it costs one more question to the vendor. */
export async function remember(
  tools: { readonly memory: ProviderMemory },
  change: (kept: Remembered) => Partial<Remembered>,
): Promise<void> {
  const kept = await recall(tools);
  const changed = { ...kept, ...change(kept) };
  await tools.memory.write(
    JSON.stringify({ ...changed, chats: changed.chats.slice(-rememberedChats) }),
  );
}
