import type { SimulatedAnswer, SimulatedCall } from "../simulator.ts";
import { readBody, wrong } from "./wire.ts";
import { isWorking, take, type WappiCascade, type WappiWorld } from "./world.ts";

type Step = WappiCascade["order"][number];

export function answerCascade(
  world: WappiWorld,
  call: SimulatedCall,
  token: string,
): SimulatedAnswer {
  const body = readBody(call);
  const id = call.query.get("cascade_id") ?? body["cascade_id"] ?? "";
  const cascade = world.cascades.get(id);
  if (cascade?.token !== token) return wrong("Cascade not found");
  switch (`${call.method} ${call.path}`) {
    case "GET /csender/cascade/get":
      return { status: 200, body: { cascade: toWire(cascade) } };
    case "POST /csender/cascade/send":
      return send(world, cascade, body);
    default:
      return wrong("Not found", 404);
  }
}

/** Goes to the first step that can bring it; a cascade without one takes the message and fails in silence. */
function send(
  world: WappiWorld,
  cascade: WappiCascade,
  { recipient = "", body = "" }: Readonly<Record<string, string>>,
): SimulatedAnswer {
  if (recipient === "" || body === "") return wrong("recipient and body are required");
  const step = cascade.order.find((one) => canBring(world, one, recipient));
  const message = take(world, {
    platform: step?.platform ?? "sms",
    profileId: step?.profileId,
    cascadeId: cascade.id,
    recipient,
    body,
    status: step ? "pending" : "undelivered",
  });
  return { status: 200, body: { status: "done", task_id: message.taskId } };
}

function canBring(world: WappiWorld, { platform, profileId }: Step, recipient: string): boolean {
  if (world.absent.has(`${platform}:${recipient}`)) return false;
  if (platform === "sms" || platform === "vk") return true;
  const profile = world.profiles.get(profileId ?? "");
  return profile !== undefined && isWorking(profile);
}

function toWire({ name, order }: WappiCascade): object {
  const steps = order.map(({ platform, profileId }) => ({
    platform: platform === "wa" ? "wz" : platform,
    ...(profileId !== undefined && { profile_uuid: profileId }),
  }));
  return { name, order: steps };
}
