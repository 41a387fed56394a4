import type { SimulatedAnswer, SimulatedCall } from "../simulator.ts";
import { getMessage, lastOutgoing, showQueue } from "./journal.ts";
import { deleteNotification, emit, receiveNotification } from "./news.ts";
import {
  type GreenApiCall,
  type GreenApiWorld,
  type Instance,
  take,
  toDigits,
  toMaxChatId,
} from "./world.ts";

type Answering = (call: GreenApiCall) => SimulatedAnswer;

/** Method names are matched without their case, as at the vendor. */
const methods: Readonly<Record<string, Answering>> = {
  "POST sendmessage": sendMessage,
  "GET getstateinstance": ({ instance }) => done({ stateInstance: instance.state }),
  "GET getsettings": ({ instance }) =>
    done({ wid: "79007654321@c.us", typeInstance: instance.kind, ...instance.settings }),
  "POST setsettings": setSettings,
  "GET getaccountsettings": getAccountSettings,
  "POST checkaccount": checkAccount,
  "POST checkwhatsapp": checkWhatsapp,
  "POST getmessage": getMessage,
  "GET lastoutgoingmessages": lastOutgoing,
  "GET showmessagesqueue": showQueue,
  "GET clearmessagesqueue": clearQueue,
  "GET receivenotification": receiveNotification,
  "DELETE deletenotification": deleteNotification,
};

const path =
  /^(?<v3>\/v3)?\/waInstance(?<id>[^/]+)\/(?<method>[A-Za-z]+)\/(?<token>[^/]+)(?:\/(?<rest>.*))?$/;
const maxOnly = new Set(["checkaccount", "getaccountsettings"]);

/** Answers one call as the vendor does: the address first, then the token, the limits, and the method. */
export function answer(world: GreenApiWorld, call: SimulatedCall): SimulatedAnswer {
  const named = path.exec(call.path)?.groups;
  if (!named) return page(404, "Not Found");
  const { id = "", token = "" } = named;
  const instance = world.instances.get(id);
  if (!instance) return page(403, "Forbidden");
  return instance.token === token
    ? answerMethod(
        { world, instance, call, body: readBody(call), rest: named["rest"] ?? "" },
        named,
      )
    : { status: 401, body: "" };
}

function answerMethod(
  called: GreenApiCall,
  { method = "", v3 }: Readonly<Record<string, string>>,
): SimulatedAnswer {
  const { world, instance, call } = called;
  const name = method.toLowerCase();
  const answering = methods[`${call.method} ${name}`];
  if (!answering || !isOffered(instance, { name, isV3: v3 !== undefined }))
    return page(404, "Not Found");
  return world.rates?.(instance, name) ? { status: 429, body: "" } : answering(called);
}

function isOffered(
  { kind }: Instance,
  { name, isV3 }: { readonly name: string; readonly isV3: boolean },
): boolean {
  return kind === "max" ? name !== "checkwhatsapp" : !isV3 && !maxOnly.has(name);
}

const longestText = { whatsapp: 20_000, max: 4_000 } as const;

/** A number without an account is taken all the same; its status says so later. */
function sendMessage({ world, instance, body }: GreenApiCall): SimulatedAnswer {
  const { chatId, message } = body;
  if (instance.quota) return { status: 466, body: instance.quota };
  if (typeof chatId !== "string" || !isChatId(instance, chatId)) return badRequest("'chatId'");
  if (typeof message !== "string" || message === "") return badRequest("'message'");
  if (message.length > longestText[instance.kind]) return badRequest("'message' length");
  const refused = refuseByState(instance);
  if (refused) return refused;
  const isPhone = chatId.endsWith("@c.us");
  const known = instance.kind === "max" && isPhone ? toMaxChatId(toDigits(chatId)) : chatId;
  const taken = take(world, instance, { chatId: known, message });
  emit(world, instance);
  return done({ idMessage: taken.idMessage });
}

function isChatId({ kind }: Instance, chatId: string): boolean {
  if (/^(7|375)\d+@c\.us$/.test(chatId)) return true;
  return kind === "max" ? /^-?\d{1,20}$/.test(chatId) : /^[\d-]+@[cg]\.us$/.test(chatId);
}

function refuseByState({ state }: Instance): SimulatedAnswer | undefined {
  if (state === "starting") return text(400, "instance in starting process try later");
  const isSignedOut = state === "notAuthorized" || state === "blocked";
  return isSignedOut || state === "pendingPassword"
    ? text(400, "instance account not authorized")
    : undefined;
}

function setSettings({ instance, body }: GreenApiCall): SimulatedAnswer {
  instance.settings = { ...instance.settings, ...(body as Instance["settings"]) };
  instance.restarts += 1;
  return done({ saveSettings: true });
}

function getAccountSettings({ instance }: GreenApiCall): SimulatedAnswer {
  const { state, suspendedUntil } = instance;
  const until = suspendedUntil === undefined ? null : new Date(suspendedUntil).toISOString();
  return done({ phone: "79007654321", stateInstance: state, suspendedUntil: until });
}

/** The vendor remembers what it has looked up; `force` asks anew. Only codes 7 and 375 are looked up. */
function checkAccount({ world, instance, body }: GreenApiCall): SimulatedAnswer {
  const digits = readNumber(body);
  if (!/^(7\d{10}|375\d{9})$/.test(digits)) return badRequest("'phoneNumber'");
  if (instance.areChecksExhausted) return text(469, "");
  if (refuseByState(instance)) return done({ status: false, reason: "instance not authorized" });
  const fromCache = instance.checked.has(digits) && body["force"] !== true;
  instance.checked.add(digits);
  return world.absent.has(`max:${digits}`)
    ? done({ exist: false, chatId: "", fromCache })
    : done({ exist: true, chatId: toMaxChatId(digits), fromCache });
}

function checkWhatsapp({ world, instance, body }: GreenApiCall): SimulatedAnswer {
  if (instance.areChecksExhausted) return text(469, "");
  return done({ existsWhatsapp: !world.absent.has(`whatsapp:${readNumber(body)}`) });
}

/** Only a JSON number is taken for one. */
function readNumber({ phoneNumber }: GreenApiCall["body"]): string {
  return typeof phoneNumber === "number" ? String(phoneNumber) : "";
}

function clearQueue({ world, instance }: GreenApiCall): SimulatedAnswer {
  const kept = world.sent.filter(
    ({ instanceId, status }) => instanceId !== instance.id || status !== "queued",
  );
  world.sent.splice(0, world.sent.length, ...kept);
  return done({ isCleared: true });
}

export function done(body: unknown): SimulatedAnswer {
  return { status: 200, body };
}

export function badRequest(what: string): SimulatedAnswer {
  return text(400, `bad request data: ${what} is not valid`);
}

function text(status: number, body: string): SimulatedAnswer {
  return { status, headers: { "content-type": "text/plain" }, body };
}

function page(status: number, title: string): SimulatedAnswer {
  return { status, body: `<html><head><title>${status} ${title}</title></head></html>` };
}

function readBody(call: SimulatedCall): Readonly<Record<string, unknown>> {
  try {
    const body: unknown = JSON.parse(call.body);
    return typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
