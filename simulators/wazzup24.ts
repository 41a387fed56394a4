import { startSimulator, type Simulator } from "./simulator.ts";
import { answer } from "./wazzup24/api.ts";
import {
  type SentWazzupMessage,
  tellStatus,
  type WazzupAccount,
  type WazzupChannel,
  type WazzupWorld,
} from "./wazzup24/world.ts";

export type { SentWazzupMessage, WazzupChannel } from "./wazzup24/world.ts";
export { wrong as wazzupRefusal } from "./wazzup24/send.ts";

/** Wazzup24's user API v3: channels, sending and webhooks. A key is known once a channel has it. */
export interface Wazzup24Simulator extends Simulator {
  /** Adds or replaces; active unless told otherwise. */
  addChannel(
    channel: Pick<WazzupChannel, "key" | "channelId" | "transport"> & Partial<WazzupChannel>,
  ): void;
  setState(channelId: string, state: string): void;
  /** A person deletes the key in the cabinet. */
  revokeKey(key: string): void;
  /** Nobody has this number (digits): sends are taken, the status says `error`. */
  removeAccount(digits: string): void;
  webhooks(key: string): Readonly<Pick<WazzupAccount, "webhooksUri" | "subscriptions">>;
  /** Sets the URL without a test post, as if another system had done it. */
  setWebhooks(key: string, webhooksUri: string): void;
  /** Every message taken, oldest first. */
  readonly sent: readonly SentWazzupMessage[];
  /** Moves a message to its next status, or to the one given, and posts it; resolves with the last answer's status. */
  advance(message: SentWazzupMessage, how?: AdvanceOptions): Promise<number | undefined>;
}

export interface AdvanceOptions {
  readonly status?: string;
  /** Posts it so often; repeats may happen. */
  readonly times?: number;
  /** The echo of the message stands in the same post. */
  readonly withEcho?: boolean;
}

export interface Wazzup24Options {
  readonly port?: number;
  /** How a repeated `crmMessageId` is refused: the vendor's page has both spellings. */
  readonly repeatedSpelling?: "REPEATED_CRM_MESSAGE_ID" | "repeatedCrmMessageId";
  /** Posts the first status before the send is answered. */
  readonly isStatusFirst?: boolean;
  /** Statuses that every message goes through by itself; default none. */
  readonly statuses?: readonly { readonly status: string; readonly afterMs: number }[];
  /** How long a webhook may take to answer; default the vendor's 30 s. */
  readonly receiverTimeoutMs?: number;
  readonly now?: () => number;
}

export async function startWazzup24Simulator(
  options: Wazzup24Options = {},
): Promise<Wazzup24Simulator> {
  const world = makeWorld(options);
  const timers = new Set<NodeJS.Timeout>();
  const simulator = await startSimulator(async (call) => {
    const before = world.sent.length;
    const answering = answer(world, call);
    for (const message of world.sent.slice(before))
      for (const { status, afterMs } of options.statuses ?? [])
        timers.add(setTimeout(() => void advance(world, message, { status }), afterMs));
    return answering;
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

function makeWorld(options: Wazzup24Options): WazzupWorld {
  return {
    accounts: new Map(),
    channels: [],
    sent: [],
    absent: new Set(),
    repeatedSpelling: options.repeatedSpelling ?? "REPEATED_CRM_MESSAGE_ID",
    isStatusFirst: options.isStatusFirst ?? false,
    receiverTimeoutMs: options.receiverTimeoutMs ?? 30_000,
    now: options.now ?? Date.now,
  };
}

function makeControls(world: WazzupWorld): Omit<Wazzup24Simulator, keyof Simulator | "sent"> {
  return {
    addChannel: (channel) => addChannel(world, channel),
    setState: (channelId, state) => {
      const channel = world.channels.find((one) => one.channelId === channelId);
      if (!channel) throw new Error(`The simulated Wazzup24 has no channel ${channelId}.`);
      channel.state = state;
    },
    revokeKey: (key) => void world.accounts.delete(key),
    removeAccount: (digits) => void world.absent.add(digits),
    webhooks: (key) => getAccount(world, key),
    setWebhooks: (key, webhooksUri) => void Object.assign(getAccount(world, key), { webhooksUri }),
    advance: (message, how) => advance(world, message, how),
  };
}

function addChannel(
  world: WazzupWorld,
  channel: Parameters<Wazzup24Simulator["addChannel"]>[0],
): void {
  const kept = world.channels.filter(({ channelId }) => channelId !== channel.channelId);
  const added: WazzupChannel = { plainId: "79007654321", state: "active", ...channel };
  world.channels.splice(0, world.channels.length, ...kept, added);
  if (world.accounts.has(channel.key)) return;
  world.accounts.set(channel.key, {
    webhooksUri: "",
    subscriptions: {
      messagesAndStatuses: false,
      contactsAndDealsCreation: false,
      channelsUpdates: false,
      templateStatus: false,
    },
    window: { startedAt: 0, calls: 0 },
  });
}

const chain = ["sent", "delivered", "read"];

async function advance(
  world: WazzupWorld,
  message: SentWazzupMessage,
  { status, times = 1, withEcho = false }: AdvanceOptions = {},
): Promise<number | undefined> {
  const taken = world.sent.find((one) => one === message) ?? message;
  const next = chain[chain.indexOf(taken.status) + 1] ?? taken.status;
  const isAbsent = world.absent.has(taken.chatId.replace(/^id-/, ""));
  taken.status = status ?? (isAbsent ? "error" : next);
  let answered: number | undefined;
  for (let left = times; left > 0; left -= 1)
    answered = await tellStatus(world, taken, withEcho ? { messages: [toEcho(taken)] } : {});
  return answered;
}

function toEcho({ at, messageId, channelId, chatType, chatId, text }: SentWazzupMessage): object {
  const dateTime = new Date(at).toISOString();
  const echo = { type: "text", isEcho: true, status: "sent", sentFromApp: false };
  return { messageId, channelId, chatType, chatId, dateTime, text, ...echo };
}

function getAccount(world: WazzupWorld, key: string): WazzupAccount {
  const account = world.accounts.get(key);
  if (!account) throw new Error("The simulated Wazzup24 does not know this key: add a channel.");
  return account;
}
