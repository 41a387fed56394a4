import { setTimeout as wait } from "node:timers/promises";
import type { SimulatedAnswer, SimulatedCall } from "../simulator.ts";
import { answerCascade } from "./cascades.ts";
import { done, parse, readBody, wrong } from "./wire.ts";
import {
  isWorking,
  prefixes,
  type SentWappiMessage,
  take,
  toChatId,
  type WappiProfile,
  type WappiWorld,
} from "./world.ts";

interface ProfileCall {
  readonly world: WappiWorld;
  readonly profile: WappiProfile;
  readonly call: SimulatedCall;
}

type Answering = (call: ProfileCall) => SimulatedAnswer | Promise<SimulatedAnswer>;

const calls: Readonly<Record<string, Answering>> = {
  "GET get/status": ({ profile }) => ({ status: 200, body: toStatus(profile) }),
  "POST message/send": sendByProfile,
  "GET messages/get": readHistory,
  "GET messages/id/get": readMessage,
  "GET contact/check": checkContact,
  "POST webhook/url/set": ({ profile, call }) => {
    profile.webhookUrl = call.query.get("url") ?? "";
    return done({});
  },
  "POST webhook/url/delete": ({ profile }) => {
    profile.webhookUrl = "";
    return done({});
  },
  "POST webhook/types/set": setTypes,
};

/** Answers one call of the API as the vendor does: token first, then the profile, then its platform. */
export function answer(
  world: WappiWorld,
  call: SimulatedCall,
): SimulatedAnswer | Promise<SimulatedAnswer> {
  const token = call.headers["authorization"] ?? "";
  const known = [...world.profiles.values(), ...world.cascades.values()];
  if (!known.some((one) => one.token === token)) return wrong("Unauthorized", 401);
  return call.path.startsWith("/csender/")
    ? answerCascade(world, call, token)
    : answerProfile(world, call, token);
}

function answerProfile(
  world: WappiWorld,
  call: SimulatedCall,
  token: string,
): SimulatedAnswer | Promise<SimulatedAnswer> {
  const path = /^(\/api|\/tapi|\/maxapi|\/botapi)(?:\/sync)?\/(.+)$/;
  const [, prefix = "", name = ""] = path.exec(call.path) ?? [];
  const answering = calls[`${call.method} ${name}`];
  if (!answering) return wrong("Not found", 404);
  const profile = world.profiles.get(call.query.get("profile_id") ?? "");
  if (profile?.token !== token) return wrong("Profile not found");
  if (prefixes[prefix] !== profile.platform) return wrong("Wrong platform");
  return answering({ world, profile, call });
}

function sendByProfile({ world, profile, call }: ProfileCall): SimulatedAnswer {
  const { recipient = "", body = "" } = readBody(call);
  if (recipient === "" || body === "") return wrong("recipient and body are required");
  if (!isWorking(profile)) return wrong("Profile is not authorized");
  if (world.absent.has(`${profile.platform}:${recipient}`)) return wrong("Recipient not found");
  const { platform, id } = profile;
  const message = take(world, {
    platform,
    profileId: id,
    cascadeId: undefined,
    recipient,
    body,
    status: "pending",
  });
  return done({ message_id: message.messageId, task_id: message.taskId, uuid: id });
}

/** Two readings of one profile at the same time get each other's chats, as was observed at the vendor. */
async function readHistory({ world, profile, call }: ProfileCall): Promise<SimulatedAnswer> {
  const chatId = call.query.get("chat_id") ?? "";
  const reads = world.reads.get(profile.id) ?? [];
  world.reads.set(profile.id, reads);
  reads.push(chatId);
  world.mostReadsAtOnce = Math.max(world.mostReadsAtOnce, reads.length);
  await wait(world.readMs);
  const served = reads.find((other) => other !== chatId) ?? chatId;
  reads.splice(reads.indexOf(chatId), 1);
  const limit = Number(call.query.get("limit") ?? "50");
  const found = world.sent.filter(
    (message) => message.profileId === profile.id && message.chatId === served,
  );
  const messages = found.toReversed().slice(0, limit).map(toHistory);
  return done({ messages, total_count: found.length });
}

function readMessage({ world, profile, call }: ProfileCall): SimulatedAnswer {
  const id = call.query.get("message_id");
  const found = world.sent.find(
    (message) => message.profileId === profile.id && message.messageId === id,
  );
  return found ? done({ message: toHistory(found) }) : wrong("Message not found");
}

function checkContact({ world, profile, call }: ProfileCall): SimulatedAnswer {
  if (profile.platform !== "max") return wrong("Not found", 404);
  const phone = call.query.get("phone") ?? "";
  return world.absent.has(`max:${phone}`)
    ? done({ on_max: false })
    : done({ on_max: true, chat_id: toChatId("max", phone) });
}

function setTypes({ profile, call }: ProfileCall): SimulatedAnswer {
  const types: unknown = parse(call.body);
  if (!Array.isArray(types)) return wrong("array expected");
  profile.webhookTypes = types.map(String);
  return done({});
}

/** MAX counts history in milliseconds, the others in seconds; Telegram swaps `time` and `timestamp`. */
function toHistory(message: SentWappiMessage): object {
  const seconds = Math.floor(message.at / 1_000);
  const text = new Date(message.at).toISOString();
  const times =
    message.platform === "tg"
      ? { time: text, timestamp: seconds }
      : { time: message.platform === "max" ? message.at : seconds, timestamp: text };
  return {
    id: message.messageId,
    type: message.platform === "wa" ? "chat" : "text",
    chatId: message.chatId,
    body: message.body,
    fromMe: true,
    delivery_status: message.status,
    ...times,
  };
}

function toStatus(profile: WappiProfile): object {
  return {
    uuid: profile.id,
    name: profile.name,
    platform: profile.platform,
    phone: "79007654321",
    authorized: profile.authorized,
    app_status: profile.appStatus,
    payment_expired_at: new Date(profile.paidUntil).toISOString(),
    webhook_url: profile.webhookUrl,
    webhook_types: profile.webhookTypes,
  };
}
