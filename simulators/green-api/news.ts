import type { SimulatedAnswer } from "../simulator.ts";
import {
  type GreenApiCall,
  type GreenApiWorld,
  type Instance,
  isQueueMoving,
  type SentGreenApiMessage,
} from "./world.ts";

/** The same head item until it is deleted; `null` when there is none. */
export function receiveNotification({ instance }: GreenApiCall): SimulatedAnswer {
  if (webhookUrl(instance) !== "")
    return { status: 400, body: "Message cannot be received because custom webhook url is set" };
  return { status: 200, body: instance.news[0] ?? null };
}

export function deleteNotification({ instance, rest }: GreenApiCall): SimulatedAnswer {
  const index = instance.news.findIndex(({ receiptId }) => String(receiptId) === rest);
  if (index === -1) return { status: 200, body: { result: false, reason: "not found" } };
  instance.news.splice(index, 1);
  return { status: 200, body: { result: true, reason: "" } };
}

/** Queues the news of a message's status, as far as the instance's flags ask for it. */
export function tellStatus(instance: Instance, message: SentGreenApiMessage): void {
  const { status } = message;
  const isAlways = instance.kind === "max" && status === "failed";
  const isSilent = instance.kind === "max" && status === "sent";
  if (isSilent || (instance.settings["outgoingWebhook"] !== "yes" && !isAlways)) return;
  tell(instance, {
    typeWebhook: "outgoingMessageStatus",
    chatId: message.chatId,
    instanceData: {
      idInstance: Number(instance.id),
      wid: "79007654321@c.us",
      typeInstance: instance.kind === "max" ? "v3" : "whatsapp",
    },
    timestamp: Math.floor(message.at / 1_000) + 1,
    idMessage: message.idMessage,
    status,
    ...(isFailure(status) && { description: "The message was not delivered" }),
    sendByApi: true,
  });
}

function isFailure(status: string): boolean {
  return ["failed", "noAccount", "notInGroup", "yellowCard"].includes(status);
}

let receipts = 1_000_000;

function tell(instance: Instance, body: object): void {
  receipts += 1;
  instance.news.push({ receiptId: receipts, body });
}

/** Lets out what waits in an instance's send queue, oldest first. The news of it may overtake the answer to the send. */
export function emit(world: GreenApiWorld, instance: Instance): void {
  if (!isQueueMoving(instance)) return;
  for (const message of world.sent) {
    if (message.instanceId !== instance.id || message.status !== "queued") continue;
    message.status = "sent";
    tellStatus(instance, message);
  }
  void flush(instance);
}

/**
 * Posts what is queued to the instance's webhook, in order: what is not answered 200 stays and stops the rest (the
 * vendor repeats it after a minute). Resolves with the last answer's status.
 */
export function flush(instance: Instance): Promise<number | undefined> {
  const posting = instance.posting.then(() => postAll(instance));
  Object.assign(instance, { posting });
  return posting;
}

async function postAll(instance: Instance): Promise<number | undefined> {
  let status: number | undefined;
  while (webhookUrl(instance) !== "" && instance.news.length > 0) {
    status = await post(instance);
    if (status !== 200) break;
    instance.news.shift();
  }
  return status;
}

async function post(instance: Instance): Promise<number | undefined> {
  const token = String(instance.settings["webhookUrlToken"] ?? "");
  const authorization = /^(Basic|Bearer) /.test(token) ? token : `Bearer ${token}`;
  try {
    const answered = await fetch(webhookUrl(instance), {
      method: "POST",
      headers: { "content-type": "application/json", ...(token !== "" && { authorization }) },
      body: JSON.stringify(instance.news[0]?.body),
    });
    return answered.status;
  } catch {
    return undefined;
  }
}

function webhookUrl({ settings }: Instance): string {
  return String(settings["webhookUrl"] ?? "");
}
