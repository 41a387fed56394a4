import type { Phone } from "#domain/phone.ts";
import { startWappiSimulator, type WappiSimulator } from "../../simulators/wappi.ts";
import { makeMemory, makeTools } from "./tools.ts";
import { wappi } from "#channels/wappi/index.ts";

export const apiToken = "canary-of-a-good-key-410830193ce4ad56fe4df0378d1a0a8d";
export const otherToken = "canary-of-a-bad-key-0000830193ce4ad56fe4df0378d1a0a8d";
export const profileId = "1a2b3c4d-5e6f";
export const cascadeId = "e9f1c45c0bd7a3e8e8ba";
export const guest = "+79001234567" as Phone;

/** A cabinet with one WhatsApp profile. */
export async function startCabinet(): Promise<WappiSimulator> {
  const simulator = await startWappiSimulator();
  simulator.addProfile({ token: apiToken, id: profileId, platform: "wa", name: "Студия" });
  return simulator;
}

export function open(
  simulator: WappiSimulator,
  {
    now = Date.now,
    memory = makeMemory(),
  }: { now?: () => number; memory?: ReturnType<typeof makeMemory> } = {},
) {
  return wappi.connect({ apiToken }, makeTools(simulator.url, { now, memory, timeoutCapMs: 750 }));
}

export function aMessage(text = "Вы записаны", target: Record<string, string> = { profileId }) {
  const to = { kind: "phone", phone: guest } as const;
  return { id: crypto.randomUUID(), to, target, text, triedAt: Date.now() };
}
