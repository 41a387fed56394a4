export interface WazzupChannel {
  readonly key: string;
  readonly channelId: string;
  /** `whatsapp`, `wapi`, `tgapi`, `telegram`, `max`, `maxbot`, `viber`, `vk`, `avito`, `instagram`. */
  readonly transport: string;
  readonly plainId: string;
  state: string;
}

export interface SentWazzupMessage {
  readonly at: number;
  readonly key: string;
  readonly channelId: string;
  readonly chatType: string;
  readonly chatId: string;
  readonly text: string;
  readonly crmMessageId: string | undefined;
  readonly clearUnanswered: boolean;
  readonly messageId: string;
  status: string;
}

export interface WazzupAccount {
  webhooksUri: string;
  subscriptions: Readonly<Record<string, boolean>>;
  /** The 5 seconds that calls are counted in. */
  window: { startedAt: number; calls: number };
}

export interface WazzupWorld {
  readonly accounts: Map<string, WazzupAccount>;
  readonly channels: WazzupChannel[];
  readonly sent: SentWazzupMessage[];
  /** Digits of people who have no account: sends are taken, the status says `error`. */
  readonly absent: Set<string>;
  readonly repeatedSpelling: string;
  readonly isStatusFirst: boolean;
  /** How long the test post of `PATCH /v3/webhooks` waits. */
  readonly receiverTimeoutMs: number;
  readonly now: () => number;
}

/** Posts to a receiver; `undefined` when it gave no answer in time. */
export async function post(
  url: string,
  { body, timeoutMs }: { readonly body: object; readonly timeoutMs: number },
): Promise<number | undefined> {
  try {
    const answered = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutMs),
    });
    return answered.status;
  } catch {
    return undefined;
  }
}

/** Posts the status that a message has to its account's webhook. */
export async function tellStatus(
  world: WazzupWorld,
  message: SentWazzupMessage,
  more: object = {},
): Promise<number | undefined> {
  const account = world.accounts.get(message.key);
  if (!account?.webhooksUri || account.subscriptions["messagesAndStatuses"] !== true)
    return undefined;
  const news = {
    messageId: message.messageId,
    timestamp: new Date(world.now()).toISOString(),
    status: message.status,
    ...(message.status === "error" && {
      error: { error: "BAD_CONTACT", description: "The contact has no account" },
    }),
  };
  const body = { ...more, statuses: [news] };
  return post(account.webhooksUri, { body, timeoutMs: world.receiverTimeoutMs });
}
