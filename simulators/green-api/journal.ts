import type { SimulatedAnswer } from "../simulator.ts";
import type { GreenApiCall, SentGreenApiMessage } from "./world.ts";

/** A message that waits in the send queue, and one that was never sent, are both not found. */
export function getMessage({ world, instance, body }: GreenApiCall): SimulatedAnswer {
  const found = world.sent.find(
    (message) =>
      message.instanceId === instance.id &&
      message.chatId === body["chatId"] &&
      message.idMessage === body["idMessage"],
  );
  return found && isListed(found)
    ? { status: 200, body: toRecord(found) }
    : { status: 404, body: "" };
}

/** Newest first, of the last `minutes` (a day unless told otherwise). */
export function lastOutgoing({ world, instance, call }: GreenApiCall): SimulatedAnswer {
  const minutes = Number(call.query.get("minutes") ?? "1440");
  const since = world.now() - minutes * 60_000;
  const found = world.sent.filter(
    (message) => message.instanceId === instance.id && isListed(message) && message.at >= since,
  );
  return { status: 200, body: found.toReversed().map(toRecord) };
}

/** The name of the id differs between the vendor's products. */
export function showQueue({ world, instance }: GreenApiCall): SimulatedAnswer {
  const name = instance.kind === "max" ? "idMessage" : "messageID";
  const queued = world.sent.filter(
    ({ instanceId, status }) => instanceId === instance.id && status === "queued",
  );
  const body = queued.map(({ idMessage, chatId, message }) => ({
    [name]: idMessage,
    type: "sendMessage",
    body: { chatId, message },
  }));
  return { status: 200, body };
}

function isListed({ isJournaled, status }: SentGreenApiMessage): boolean {
  return isJournaled && status !== "queued";
}

function toRecord(message: SentGreenApiMessage): object {
  return {
    type: "outgoing",
    idMessage: message.idMessage,
    timestamp: Math.floor(message.at / 1_000),
    statusMessage: message.status,
    sendByApi: true,
    typeMessage: "textMessage",
    chatId: message.chatId,
    textMessage: message.message,
  };
}
