/** `vk` has no API of its own: it answers "Wrong platform" everywhere and is reached through a cascade. */
export type WappiPlatform = "wa" | "tg" | "max" | "tgbot" | "vk" | "sms";

export interface WappiProfile {
  readonly token: string;
  /** 13 characters: `1a2b3c4d-5e6f`. */
  readonly id: string;
  readonly platform: WappiPlatform;
  name: string;
  authorized: boolean;
  appStatus: string;
  /** Milliseconds since 1970. After it sends are taken and nothing leaves. */
  paidUntil: number;
  webhookUrl: string;
  webhookTypes: readonly string[];
}

export interface WappiCascade {
  readonly token: string;
  /** 20 characters. */
  readonly id: string;
  readonly name: string;
  readonly order: readonly { readonly platform: WappiPlatform; readonly profileId?: string }[];
}

export interface SentWappiMessage {
  readonly at: number;
  readonly messageId: string;
  readonly taskId: string;
  readonly platform: WappiPlatform;
  readonly profileId: string | undefined;
  readonly cascadeId: string | undefined;
  readonly recipient: string;
  readonly chatId: string;
  readonly body: string;
  /** Wappi's word, from `pending` on. */
  status: string;
}

export interface WappiWorld {
  readonly profiles: Map<string, WappiProfile>;
  readonly cascades: Map<string, WappiCascade>;
  readonly sent: SentWappiMessage[];
  /** `<platform>:<digits>` of people who have no account there. */
  readonly absent: Set<string>;
  /** Chats whose history is being read, by profile: two at once get each other's. */
  readonly reads: Map<string, string[]>;
  mostReadsAtOnce: number;
  /** How long the reading of one history takes. */
  readonly readMs: number;
  /** Told of every message taken. */
  onSent: (message: SentWappiMessage) => void;
}

export const prefixes: Readonly<Record<string, WappiPlatform>> = {
  "/api": "wa",
  "/tapi": "tg",
  "/maxapi": "max",
  "/botapi": "tgbot",
};

export function toChatId(platform: WappiPlatform, recipient: string): string {
  const digits = recipient.replaceAll(/\D/g, "");
  if (platform === "wa") return `${digits}@c.us`;
  return `${platform === "max" ? "9" : "70"}${digits.slice(-8)}`;
}

export function isWorking(profile: WappiProfile): boolean {
  return profile.authorized && profile.appStatus === "open";
}

/** Records a message as taken and names it as its platform does. */
export function take(
  world: WappiWorld,
  sending: Omit<SentWappiMessage, "at" | "messageId" | "taskId" | "chatId">,
): SentWappiMessage {
  const { platform, recipient } = sending;
  const number = world.sent.length + 1;
  const message: SentWappiMessage = {
    ...sending,
    at: Date.now(),
    messageId:
      platform === "wa"
        ? `3EB0${number.toString(16).toUpperCase().padStart(16, "0")}`
        : `${2909 + number}`,
    taskId: crypto.randomUUID(),
    chatId: toChatId(platform, recipient),
  };
  world.sent.push(message);
  world.onSent(message);
  return message;
}
