import type { Tools } from "#domain/tools.ts";
import type { ReceiptState, Settlement } from "../channel.ts";
import type { Api } from "./client.ts";
import {
  fromRemoteId,
  type JournalMessage,
  parseJournal,
  parseQueue,
  parseSettings,
  parseState,
  parseStatus,
  toRemoteId,
} from "./inbound.ts";

interface Needs {
  readonly api: Api;
  readonly tools: Pick<Tools, "now">;
}

export interface Wanted {
  readonly chatId: string;
  /** As it was sent. */
  readonly text: string;
  readonly triedAt: number;
}

/** GREEN-API's clock and ours may differ so much, and its stamps are whole seconds. */
const clockSlackMs = 10_000;
/** A message that stands in no list after so long was not taken. */
const settledAfterMs = 2 * 60_000;

/**
 * Looks for a doubtful message in the send queue, then among what went out: in this order a message that moves from
 * one to the other meanwhile is not missed.
 */
export async function settle(needs: Needs, wanted: Wanted): Promise<Settlement> {
  const queue = await read(needs.api, { method: "showMessagesQueue" }, parseQueue);
  const waiting = queue?.find(
    ({ chatId, text }) => chatId === wanted.chatId && text === wanted.text,
  );
  if (waiting) return toFound(wanted.chatId, waiting.idMessage);
  const since = wanted.triedAt - clockSlackMs;
  const minutes = Math.ceil((needs.tools.now() - since) / 60_000) + 1;
  const call = { method: "lastOutgoingMessages", query: `?minutes=${minutes}` };
  const journal = await read(needs.api, call, parseJournal);
  const alike = journal?.filter(({ at, text }) => text === wanted.text && at >= since) ?? [];
  const found = alike.find(({ chatId }) => chatId === wanted.chatId);
  if (found) return toFound(wanted.chatId, found.idMessage);
  const isComplete = queue !== undefined && journal !== undefined;
  return isComplete && (await isCertainlyAbsent(needs, { wanted, alike }))
    ? { found: "no" }
    : { found: "unknown" };
}

/**
 * The lists say "no" for certain only while they are kept at all: the vendor writes no journal with its flag off, and
 * was seen to leave the first message of a standing queue out. The same text in another chat may be ours too: the
 * messenger knows some numbers in another form.
 */
async function isCertainlyAbsent(
  { api, tools }: Needs,
  { wanted, alike }: { readonly wanted: Wanted; readonly alike: readonly JournalMessage[] },
): Promise<boolean> {
  if (alike.length > 0 || tools.now() - wanted.triedAt < settledAfterMs) return false;
  if ((await read(api, { method: "getStateInstance" }, parseState)) !== "authorized") return false;
  const settings = await read(api, { method: "getSettings" }, parseSettings);
  return settings?.outgoingAPIMessageWebhook === "yes";
}

function toFound(chatId: string, idMessage: string | undefined): Settlement {
  return idMessage === undefined
    ? { found: "unknown" }
    : { found: "yes", remoteId: toRemoteId(chatId, idMessage) };
}

/** `unknown` also for a message that waits in the send queue: it is in no journal yet. */
export async function askReceipt(
  api: Api,
  remoteId: string,
  whatsAppChat: string,
): Promise<ReceiptState | "unknown"> {
  const { chatId = whatsAppChat, idMessage } = fromRemoteId(remoteId);
  const call = { method: "getMessage", body: { chatId, idMessage } };
  return (await read(api, call, parseStatus)) ?? "unknown";
}

async function read<Read>(
  api: Api,
  call: Parameters<Api>[0],
  parse: (body: unknown) => Read | undefined,
): Promise<Read | undefined> {
  const answer = await api(call);
  return answer.kind === "done" ? parse(answer.body) : undefined;
}
