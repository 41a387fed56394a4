import type { Tools } from "#domain/tools.ts";
import type { OutgoingMessage, SendOutcome, Settlement } from "../channel.ts";
import type { ChatType } from "./chat-types.ts";
import type { Api, ApiAnswer } from "./client.ts";
import { parseMessageId } from "./inbound.ts";
import { toSendMessage } from "./outbound.ts";
import { isRepeated, refuse, toFailure } from "./outcomes.ts";
import { failureTexts } from "./texts.ts";

export type Target = { readonly channelId: string; readonly chatType: ChatType };

type Message = OutgoingMessage<Target>;

/**
 * Within 60 s of the first sending the same `crmMessageId` is refused, later it sends again. A repeat that begins so
 * early arrives in time even when it takes all of its own time.
 */
const repeatSafeForMs = 45_000;
const repeatTimeoutMs = 10_000;

/** A repeat that Wazzup24 knows is there already; its refusal names no message, so our own id stands in. */
export async function send(api: Api, message: Message): Promise<SendOutcome> {
  const { to } = message;
  if (to.kind !== "phone") return refuse("recipient", failureTexts.notAPhone);
  const answer = await post(api, message);
  const remoteId = toRemoteId(message, answer);
  if (remoteId !== undefined) return { outcome: "accepted", value: { remoteId } };
  return answer.kind === "done"
    ? { outcome: "uncertain", detail: failureTexts.uncertain }
    : toFailure(answer);
}

/** Wazzup24 cannot be asked about a message; sending it again with its key, soon enough, tells and harms nothing. */
export async function settle(
  { api, tools }: { readonly api: Api; readonly tools: Pick<Tools, "now"> },
  message: Message,
): Promise<Settlement> {
  const age = tools.now() - message.triedAt;
  if (age < 0 || age > repeatSafeForMs || message.to.kind !== "phone") return { found: "unknown" };
  const remoteId = toRemoteId(message, await post(api, message, repeatTimeoutMs));
  return remoteId === undefined ? { found: "unknown" } : { found: "yes", remoteId };
}

async function post(api: Api, message: Message, timeoutMs?: number): Promise<ApiAnswer> {
  const { id, to, target, text } = message;
  if (to.kind !== "phone") return { kind: "never-left" };
  const call = toSendMessage({ id, phone: to.phone, text, ...target });
  return api({ ...call, ...(timeoutMs !== undefined && { timeoutMs }) });
}

function toRemoteId({ id }: Message, answer: ApiAnswer): string | undefined {
  if (answer.kind === "refused" && isRepeated(answer)) return `crm:${id}`;
  return answer.kind === "done" ? parseMessageId(answer.body) : undefined;
}
