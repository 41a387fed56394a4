import type { Phone } from "#domain/phone.ts";
import { greenApi } from "#channels/green-api/index.ts";
import {
  type GreenApiKind,
  type GreenApiOptions,
  type GreenApiSimulator,
  startGreenApiSimulator,
} from "../../simulators/green-api.ts";
import { type GivenTools, makeTools } from "./tools.ts";

export const token = "canary-of-a-good-token-d75b3a66374942c5b3";
export const otherToken = "canary-of-a-bad-token-0000b3a66374942c5b3";
export const guest = "+79001234567" as Phone;
export const ids = { whatsapp: "1101000001", max: "3100000001" } as const;

/** One instance of each messenger, with the statuses of messages told. */
export async function startInstances(options?: GreenApiOptions): Promise<GreenApiSimulator> {
  const simulator = await startGreenApiSimulator(options);
  const settings = { outgoingWebhook: "yes", outgoingAPIMessageWebhook: "yes" };
  for (const kind of ["whatsapp", "max"] as const)
    simulator.addInstance({ id: ids[kind], token, kind, settings });
  return simulator;
}

export function open(
  simulator: GreenApiSimulator,
  platform: GreenApiKind = "whatsapp",
  given: GivenTools = {},
) {
  const settings = {
    platform,
    apiUrl: "1103.api.green-api.com",
    idInstance: ids[platform],
    apiTokenInstance: token,
  };
  return greenApi.connect(settings, makeTools(simulator.url, { timeoutCapMs: 1_500, ...given }));
}

export function aMessage(text = "Вы записаны") {
  const to = { kind: "phone", phone: guest } as const;
  const target = { repeat: "false" };
  return { id: crypto.randomUUID(), to, target, text, triedAt: Date.now() };
}
