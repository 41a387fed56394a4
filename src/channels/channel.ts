import type { HookManifest, Manifest } from "#domain/manifest.ts";
import type { Outcome } from "#domain/outcome.ts";
import type { CheckReport, Finding, Parameter, ParameterValues } from "#domain/parameter.ts";
import type { Phone } from "#domain/phone.ts";
import type { Tools } from "#domain/tools.ts";

/** One messenger, or gateway to messengers, as the server sees it. */
export interface ChannelProvider<
  Settings extends TextRecord,
  Target extends TextRecord,
  Ps extends readonly Parameter[],
> {
  readonly manifest: ChannelManifest<Ps>;
  /** Splits a hook's parameters into the accounts and targets that a message goes to. Pure. */
  readHook(values: ParameterValues<Ps>): HookReading<Settings, Target>;
  /** Opens one integration. Must not use the network; the first call does. */
  connect(settings: Settings, tools: Tools): Channel<Target>;
  /** Wire to server: statuses out of the vendor's webhook. Pure. What it does not know it leaves out. */
  receiveReceipts?(body: unknown): readonly Receipt[];
}

export type TextRecord = Readonly<Record<string, string>>;

export interface ChannelManifest<
  Ps extends readonly Parameter[] = readonly Parameter[],
> extends Manifest {
  readonly hook: HookManifest<Ps>;
  /** The markup that `OutgoingMessage.text` is written in. */
  readonly markup: Markup;
  /** UTF-16 units of one message after markup is taken out; longer texts are split before they come here. */
  readonly maxTextLength: number;
  /** Which addresses it can write to: a phone number, or the messenger's own user id. */
  readonly addresses: "phone" | "user";
  /** The strongest receipt the vendor gives; `accepted` when it gives none after its answer to the send. */
  readonly receipts: "accepted" | "delivered" | "read";
}

export type Markup = "telegram-html" | "whatsapp" | "plain";

export interface HookReading<Settings, Target> {
  /** A message goes to each of them. Empty when a finding says why. */
  readonly routes: readonly Route<Settings, Target>[];
  readonly findings: readonly Finding[];
}

export interface Route<Settings, Target> {
  readonly settings: Settings;
  readonly target: Target;
}

/** One connected account. No method throws for what the vendor answers; a throw is our own bug. */
export interface Channel<Target> {
  /** Signs in and looks up what settings and targets name. Changes nothing, sends nothing. */
  check(targets: readonly Target[]): Promise<CheckReport>;
  send(message: OutgoingMessage<Target>): Promise<SendOutcome>;
  /**
   * Settles an uncertain send by asking the vendor: the receipt when it is there, `absent` when it certainly is not,
   * `unknown` when the vendor cannot tell yet. Left out where the vendor cannot be asked.
   */
  settle?(message: OutgoingMessage<Target>): Promise<Settlement>;
  /** Asks for the receipt of an accepted message. Left out where the vendor has none or only pushes it. */
  receipt?(sent: {
    readonly remoteId: string;
    readonly message: OutgoingMessage<Target>;
  }): Promise<ReceiptState | "unknown">;
  /** Points the vendor's status webhook at us; `undefined` takes it away. Repeating it changes nothing. */
  listen?(url: string | undefined, target: Target): Promise<Outcome<undefined, SendRefusal>>;
}

export interface OutgoingMessage<Target> {
  /** Ours, a UUID, the same on every attempt: the idempotency key where a vendor takes one. */
  readonly id: string;
  readonly to: Address;
  readonly target: Target;
  /** In the manifest's markup, within its limit. */
  readonly text: string;
  /** When the attempt in question started, milliseconds since 1970: this one, or the one to settle. */
  readonly triedAt: number;
}

export type Address =
  | { readonly kind: "phone"; readonly phone: Phone }
  | { readonly kind: "user"; readonly id: string };

/** `isHandedOver`: the vendor gives no later news of it (a cascade chooses the messenger itself). */
export type SendOutcome = Outcome<
  { readonly remoteId: string; readonly isHandedOver?: boolean },
  SendRefusal
>;

export type SendRefusal =
  /** The account's credentials are no longer good. */
  | "sign-in"
  /** The guest cannot be reached here: blocked us, has no account, never started the bot. */
  | "recipient"
  /** The message itself was refused. */
  | "message"
  /** Plan, balance, quota, ban: a person must act at the vendor. */
  | "account"
  /** A profile, cascade, channel or instance that does not exist or is of the wrong kind. */
  | "target";

export type Settlement =
  | { readonly found: "yes"; readonly remoteId: string }
  | { readonly found: "no" }
  | { readonly found: "unknown" };

export type ReceiptState = "sent" | "delivered" | "read" | "failed";

export interface Receipt {
  readonly remoteId: string;
  readonly state: ReceiptState;
  /** The vendor's word for a failure. */
  readonly detail?: string;
}

/** A provider whose own types are closed over: what features and registries hold. */
export type AnyChannelProvider = ChannelProvider<TextRecord, TextRecord, readonly Parameter[]>;

/** Closes over a provider's types: typed inside its folder, opaque outside it. */
export function defineChannel<
  Settings extends TextRecord,
  Target extends TextRecord,
  const Ps extends readonly Parameter[],
>(provider: ChannelProvider<Settings, Target, Ps>): AnyChannelProvider {
  return provider;
}
