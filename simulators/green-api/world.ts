import type { SimulatedCall } from "../simulator.ts";

export type GreenApiKind = "whatsapp" | "max";

export type GreenApiState =
  | "notAuthorized"
  | "authorized"
  | "blocked"
  | "starting"
  | "yellowCard"
  | "sleepMode"
  | "suspended"
  | "pendingPassword";

/** Flags are the vendor's words `yes` and `no`. */
export type GreenApiSettings = Record<string, string | number>;

export interface Instance {
  readonly id: string;
  readonly token: string;
  readonly kind: GreenApiKind;
  state: GreenApiState;
  /** Milliseconds since 1970. */
  suspendedUntil: number | undefined;
  settings: GreenApiSettings;
  /** How often `setSettings` has restarted it. */
  restarts: number;
  isQueueHeld: boolean;
  areChecksExhausted: boolean;
  quota: object | undefined;
  /** Numbers (digits) that were looked up; the vendor keeps them. */
  readonly checked: Set<string>;
  /** News for the webhook or for `receiveNotification`, oldest first. */
  readonly news: { readonly receiptId: number; readonly body: object }[];
  /** The posting of news that runs or ran last: the next begins after it. */
  posting: Promise<number | undefined>;
}

export interface GreenApiCall {
  readonly world: GreenApiWorld;
  readonly instance: Instance;
  readonly call: SimulatedCall;
  readonly body: Readonly<Record<string, unknown>>;
  /** What stands in the path after the token. */
  readonly rest: string;
}

export interface SentGreenApiMessage {
  readonly at: number;
  readonly instanceId: string;
  /** As the conversation is known: numeric for MAX, whatever form was sent to. */
  readonly chatId: string;
  readonly message: string;
  readonly idMessage: string;
  /** Whether it stands in `getMessage` and `lastOutgoingMessages`. */
  readonly isJournaled: boolean;
  status: GreenApiStatus;
}

/** `queued` is ours: the vendor's lists know such a message in the send queue only. */
export type GreenApiStatus =
  | "queued"
  | "sent"
  | "delivered"
  | "read"
  | "failed"
  | "noAccount"
  | "notInGroup"
  | "yellowCard";

export interface GreenApiWorld {
  readonly instances: Map<string, Instance>;
  readonly sent: SentGreenApiMessage[];
  /** `<kind>:<digits>` of people who have no account there. */
  readonly absent: Set<string>;
  readonly rates: ((instance: Instance, method: string) => boolean) | undefined;
  readonly now: () => number;
}

/** A person's id in MAX has nothing of the phone number. */
export function toMaxChatId(digits: string): string {
  return `10${Array.from(digits.slice(-9)).toReversed().join("")}`;
}

export function toDigits(chatId: string): string {
  return chatId.replace(/@.*$/, "");
}

/** Records a message as taken. Ids of MAX messages count within their chat only, so two chats have equal ones. */
export function take(
  world: GreenApiWorld,
  instance: Instance,
  sending: { readonly chatId: string; readonly message: string },
): SentGreenApiMessage {
  const inChat = world.sent.filter(({ chatId }) => chatId === sending.chatId).length;
  const number = world.sent.length + 1;
  const message: SentGreenApiMessage = {
    ...sending,
    at: world.now(),
    instanceId: instance.id,
    idMessage:
      instance.kind === "max"
        ? String(1_763_115_112_345 + inChat)
        : `3EB0${number.toString(16).toUpperCase().padStart(16, "0")}`,
    isJournaled: instance.settings["outgoingAPIMessageWebhook"] === "yes",
    status: "queued",
  };
  world.sent.push(message);
  return message;
}

export function isQueueMoving({ state, isQueueHeld }: Instance): boolean {
  return !isQueueHeld && (state === "authorized" || state === "suspended");
}
