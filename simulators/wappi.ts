import { startSimulator, type Simulator } from "./simulator.ts";
import { answer } from "./wappi/api.ts";
import type {
  SentWappiMessage,
  WappiCascade,
  WappiPlatform,
  WappiProfile,
  WappiWorld,
} from "./wappi/world.ts";

export type { SentWappiMessage, WappiPlatform, WappiProfile } from "./wappi/world.ts";
export { wrong as wappiRefusal } from "./wappi/wire.ts";

/** Wappi's profiles and cascades. A token is known once a profile or a cascade has it. */
export interface WappiSimulator extends Simulator {
  /** Adds or replaces. Unless told otherwise: authorised, open, paid for 90 days, no webhook. */
  addProfile(
    profile: Pick<WappiProfile, "token" | "id" | "platform"> & Partial<WappiProfile>,
  ): void;
  addCascade(cascade: WappiCascade): void;
  profile(id: string): WappiProfile;
  /** Nobody has this number (digits) on the platform: a profile refuses, a cascade goes on. */
  removeAccount(platform: WappiPlatform, digits: string): void;
  /** Every message taken, oldest first. */
  readonly sent: readonly SentWappiMessage[];
  /** Greatest number of histories of one profile that were read at the same time. */
  readonly mostReadsAtOnce: number;
  /** Changes a message's status and posts it to its profile's webhook; resolves with the last answer's HTTP status. */
  push(messageId: string, status: string, how?: PushOptions): Promise<number | undefined>;
}

export interface PushOptions {
  /** The documentation shows `messages` as an object, production sends an array. */
  readonly shape?: "array" | "object";
  readonly type?: "delivery_status" | "messages_status";
  /** Posts it so often; the vendor repeats. */
  readonly times?: number;
}

export interface WappiOptions {
  readonly port?: number;
  /** How long the reading of one history takes; default 10. */
  readonly readMs?: number;
  /** Statuses that every message goes through by itself; default none. */
  readonly statuses?: readonly { readonly status: string; readonly afterMs: number }[];
}

const day = 24 * 60 * 60 * 1_000;

export async function startWappiSimulator(options: WappiOptions = {}): Promise<WappiSimulator> {
  const world = makeWorld(options.readMs ?? 10);
  const timers = new Set<NodeJS.Timeout>();
  const simulator = await startSimulator((call) => answer(world, call), options);
  world.onSent = ({ messageId }) => {
    for (const { status, afterMs } of options.statuses ?? [])
      timers.add(setTimeout(() => void push(world, { messageId, status }), afterMs));
  };
  return {
    ...simulator,
    sent: world.sent,
    get mostReadsAtOnce() {
      return world.mostReadsAtOnce;
    },
    addProfile: (profile) => addProfile(world, profile),
    addCascade: (cascade) => void world.cascades.set(cascade.id, cascade),
    profile: (id) => getProfile(world, id),
    removeAccount: (platform, digits) => void world.absent.add(`${platform}:${digits}`),
    push: (messageId, status, how) => push(world, { messageId, status, ...how }),
    async [Symbol.asyncDispose]() {
      for (const timer of timers) clearTimeout(timer);
      await simulator[Symbol.asyncDispose]();
    },
  };
}

function makeWorld(readMs: number): WappiWorld {
  return {
    profiles: new Map(),
    cascades: new Map(),
    sent: [],
    absent: new Set(),
    reads: new Map(),
    mostReadsAtOnce: 0,
    readMs,
    onSent: () => undefined,
  };
}

function addProfile(world: WappiWorld, profile: Parameters<WappiSimulator["addProfile"]>[0]): void {
  world.profiles.set(profile.id, {
    name: "Office",
    authorized: true,
    appStatus: "open",
    paidUntil: Date.now() + 90 * day,
    webhookUrl: "",
    webhookTypes: [],
    ...profile,
  });
}

function getProfile(world: WappiWorld, id: string): WappiProfile {
  const profile = world.profiles.get(id);
  if (!profile) throw new Error(`The simulated Wappi has no profile ${id}: add it first.`);
  return profile;
}

interface Push extends PushOptions {
  readonly messageId: string;
  readonly status: string;
}

async function push(world: WappiWorld, pushed: Push): Promise<number | undefined> {
  const message = world.sent.find(({ messageId }) => messageId === pushed.messageId);
  if (!message || isUnpaid(world, message)) return undefined;
  message.status = pushed.status;
  const profile = world.profiles.get(message.profileId ?? "");
  if (!profile?.webhookUrl || !profile.webhookTypes.includes("delivery_status")) return undefined;
  const body = JSON.stringify(toWebhook(message, pushed));
  let status: number | undefined;
  for (let left = pushed.times ?? 1; left > 0; left -= 1)
    status = await post(profile.webhookUrl, body);
  return status;
}

function toWebhook(message: SentWappiMessage, { shape, type, status }: Push): object {
  const news = {
    wh_type: type ?? "delivery_status",
    profile_id: message.profileId,
    id: message.messageId,
    task_id: message.taskId,
    status,
    timestamp: new Date().toISOString(),
    time: Math.floor(Date.now() / 1_000),
  };
  return { messages: shape === "object" ? news : [news] };
}

async function post(url: string, body: string): Promise<number | undefined> {
  const headers = { "content-type": "application/json" };
  try {
    return (await fetch(url, { method: "POST", headers, body })).status;
  } catch {
    return undefined;
  }
}

function isUnpaid(world: WappiWorld, message: SentWappiMessage): boolean {
  const profile = world.profiles.get(message.profileId ?? "");
  return profile !== undefined && profile.paidUntil < message.at;
}
