import type { Phone } from "#domain/phone.ts";
import { wazzup24 } from "#channels/wazzup24/index.ts";
import {
  startWazzup24Simulator,
  type Wazzup24Options,
  type Wazzup24Simulator,
} from "../../simulators/wazzup24.ts";
import { type GivenTools, makeTools } from "./tools.ts";

export const apiKey = "canary-of-a-good-key-66d4a0b9d2f84f6";
export const otherKey = "canary-of-a-bad-key-0000a0b9d2f84f6";
export const channelId = "b96a353b-0000-4cac-8413-ba0000000001";
export const guest = "+79001234567" as Phone;
export const sendPath = /\/v3\/message$/;
export const target = { channelId, chatType: "whatsapp" };

/** An account with one channel. */
export async function startAccount(options?: Wazzup24Options): Promise<Wazzup24Simulator> {
  const simulator = await startWazzup24Simulator(options);
  simulator.addChannel({ key: apiKey, channelId, transport: "whatsapp" });
  return simulator;
}

export function open(simulator: Wazzup24Simulator, given: GivenTools = {}) {
  return wazzup24.connect({ apiKey }, makeTools(simulator.url, { timeoutCapMs: 1_500, ...given }));
}

export function aMessage(text = "Вы записаны") {
  const to = { kind: "phone", phone: guest } as const;
  return { id: crypto.randomUUID(), to, target, text, triedAt: Date.now() };
}

/** Makes the next send be answered so. */
export const answersStatus =
  (status: number, body: unknown = "") =>
  ({ simulator }: { readonly simulator: Wazzup24Simulator }): void =>
    simulator.faults.add(sendPath, { kind: "answer", answer: { status, body } });
