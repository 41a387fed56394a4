import { answer } from "./green-api/api.ts";
import { emit, flush, tellStatus } from "./green-api/news.ts";
import { makeRates } from "./green-api/rates.ts";
import {
  type GreenApiKind,
  type GreenApiSettings,
  type GreenApiState,
  type GreenApiStatus,
  type GreenApiWorld,
  type Instance,
  type SentGreenApiMessage,
  toMaxChatId,
} from "./green-api/world.ts";
import { type SimulatedAnswer, startSimulator, type Simulator } from "./simulator.ts";

export type {
  GreenApiKind,
  GreenApiState,
  GreenApiStatus,
  SentGreenApiMessage,
} from "./green-api/world.ts";
export { toMaxChatId } from "./green-api/world.ts";

/** GREEN-API's WhatsApp and MAX instances under one address. */
export interface GreenApiSimulator extends Simulator {
  /** Adds or replaces. Unless told otherwise: authorised; flags on for WhatsApp, off for MAX as they are sold. */
  addInstance(instance: {
    readonly id: string;
    readonly token: string;
    readonly kind: GreenApiKind;
    readonly state?: GreenApiState;
    readonly settings?: GreenApiSettings;
  }): void;
  setState(id: string, state: GreenApiState, suspendedUntil?: number): void;
  settings(id: string): Readonly<GreenApiSettings>;
  /** Changes settings without the restart, as a person in the console does. */
  changeSettings(id: string, settings: GreenApiSettings): void;
  /** How often `setSettings` has restarted the instance. */
  restarts(id: string): number;
  /** Nobody has this number (digits) there: sends are taken, the status says `noAccount`. */
  removeAccount(kind: GreenApiKind, digits: string): void;
  /** While held, messages stay in the send queue; letting go sends them. */
  holdQueue(id: string, isHeld: boolean): void;
  /** Lookups of numbers answer 469 until allowed again. */
  exhaustChecks(id: string, areExhausted?: boolean): void;
  /** Sends answer 466 with this body; `undefined` ends it. */
  exhaustQuota(id: string, body?: object): void;
  /** Every message taken, oldest first, those in the send queue included. */
  readonly sent: readonly SentGreenApiMessage[];
  /** Moves a message to its next status, or to the one given, and posts the webhooks that are due. */
  advance(message: SentGreenApiMessage, to?: AdvanceOptions): Promise<number | undefined>;
  /** Tells the status that a message has once more, as the vendor's repeats do. */
  repeat(message: SentGreenApiMessage): Promise<number | undefined>;
  /** Posts again what a webhook has not answered with 200. */
  flush(id: string): Promise<number | undefined>;
}

export interface AdvanceOptions {
  readonly status?: GreenApiStatus;
}

export interface GreenApiOptions {
  readonly port?: number;
  /** Keeps the vendor's limits of calls a second; default no. */
  readonly isRateLimited?: boolean;
  /** Statuses that every message goes through by itself; default none after `sent`. */
  readonly statuses?: readonly { readonly status: GreenApiStatus; readonly afterMs: number }[];
  readonly now?: () => number;
}

export async function startGreenApiSimulator(
  options: GreenApiOptions = {},
): Promise<GreenApiSimulator> {
  const world = makeWorld(options);
  const timers = new Set<NodeJS.Timeout>();
  const simulator = await startSimulator((call) => {
    const before = world.sent.length;
    const answered = answer(world, call);
    for (const message of world.sent.slice(before))
      for (const { status, afterMs } of options.statuses ?? [])
        timers.add(setTimeout(() => void advance(world, message, status), afterMs));
    return answered;
  }, options);
  return {
    ...simulator,
    ...makeControls(world),
    sent: world.sent,
    async [Symbol.asyncDispose]() {
      for (const timer of timers) clearTimeout(timer);
      await simulator[Symbol.asyncDispose]();
    },
  };
}

/** A body of 466: the limit that is not hit has its fields too. */
export function quotaExceeded(which: "calls" | "chats"): SimulatedAnswer {
  const [calls, chats] =
    which === "calls"
      ? ["QUOTE_EXCEEDED", "CORRESPONDENTS_QUOTE_ALLOWED"]
      : ["QUOTE_ALLOWED", "CORRESPONDENTS_QUOTE_EXCEEDED"];
  const invokeStatus = { method: "sendMessage", used: 100, total: 100, status: calls };
  const correspondentsStatus = { used: 3, total: 3, status: chats };
  return {
    status: 466,
    body: {
      invokeStatus: { ...invokeStatus, description: "Monthly quota" },
      correspondentsStatus: { ...correspondentsStatus, description: "Chats of the plan" },
    },
  };
}

function makeWorld({ isRateLimited, now = Date.now }: GreenApiOptions): GreenApiWorld {
  return {
    instances: new Map(),
    sent: [],
    absent: new Set(),
    rates: isRateLimited ? makeRates(now) : undefined,
    now,
  };
}

type Controls = Omit<GreenApiSimulator, keyof Simulator | "sent">;

function makeControls(world: GreenApiWorld): Controls {
  const get = (id: string): Instance => getInstance(world, id);
  return {
    addInstance: (instance) => addInstance(world, instance),
    setState: (id, state, suspendedUntil) => {
      Object.assign(get(id), { state, suspendedUntil });
      emit(world, get(id));
    },
    settings: (id) => get(id).settings,
    changeSettings: (id, settings) => void Object.assign(get(id).settings, settings),
    restarts: (id) => get(id).restarts,
    removeAccount: (kind, digits) => void world.absent.add(`${kind}:${digits}`),
    holdQueue: (id, isQueueHeld) => {
      Object.assign(get(id), { isQueueHeld });
      emit(world, get(id));
    },
    exhaustChecks: (id, areChecksExhausted = true) =>
      void Object.assign(get(id), { areChecksExhausted }),
    exhaustQuota: (id, quota) => void Object.assign(get(id), { quota }),
    advance: (message, { status } = {}) => advance(world, message, status),
    repeat: (message) => {
      const instance = get(message.instanceId);
      tellStatus(instance, message);
      return flush(instance);
    },
    flush: (id) => flush(get(id)),
  };
}

function addInstance(
  world: GreenApiWorld,
  { settings, ...instance }: Parameters<GreenApiSimulator["addInstance"]>[0],
): void {
  const flag = instance.kind === "max" ? "no" : "yes";
  world.instances.set(instance.id, {
    state: "authorized",
    suspendedUntil: undefined,
    restarts: 0,
    isQueueHeld: false,
    areChecksExhausted: false,
    quota: undefined,
    checked: new Set(),
    news: [],
    posting: Promise.resolve(undefined),
    ...instance,
    settings: {
      webhookUrl: "",
      webhookUrlToken: "",
      delaySendMessagesMilliseconds: 500,
      outgoingWebhook: flag,
      outgoingMessageWebhook: flag,
      outgoingAPIMessageWebhook: flag,
      incomingWebhook: flag,
      stateWebhook: flag,
      ...settings,
    },
  });
}

const chain: readonly GreenApiStatus[] = ["queued", "sent", "delivered", "read"];

async function advance(
  world: GreenApiWorld,
  message: SentGreenApiMessage,
  to?: GreenApiStatus,
): Promise<number | undefined> {
  const instance = getInstance(world, message.instanceId);
  const taken = world.sent.find((one) => one === message) ?? message;
  taken.status = to ?? nextStatus(world, instance, message);
  tellStatus(instance, taken);
  return flush(instance);
}

function nextStatus(
  world: GreenApiWorld,
  { kind }: Instance,
  { chatId, status }: SentGreenApiMessage,
): GreenApiStatus {
  const isAbsent = [...world.absent].some((absent) => {
    const [absentKind, digits = ""] = absent.split(":");
    return (
      absentKind === kind && chatId === (kind === "max" ? toMaxChatId(digits) : `${digits}@c.us`)
    );
  });
  if (isAbsent) return "noAccount";
  return chain[chain.indexOf(status) + 1] ?? status;
}

function getInstance(world: GreenApiWorld, id: string): Instance {
  const instance = world.instances.get(id);
  if (!instance) throw new Error(`The simulated GREEN-API has no instance ${id}: add it first.`);
  return instance;
}
