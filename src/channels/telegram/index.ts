import type { CheckReport, Finding, ParameterValues } from "#domain/parameter.ts";
import type { Tools } from "#domain/tools.ts";
import {
  type Channel,
  defineChannel,
  type HookReading,
  type OutgoingMessage,
  type SendOutcome,
} from "../channel.ts";
import { type ApiAnswer, callBot } from "./client.ts";
import { isMarkupRefused, parseBotName, toSendOutcome } from "./inbound.ts";
import { manifest, type parameters } from "./manifest.ts";
import { toPlainSendMessage, toSendMessage } from "./outbound.ts";
import { failureTexts, hookTexts } from "./texts.ts";

type Settings = { readonly token: string };
type Target = Readonly<Record<string, never>>;

/** A bot of the business. It writes to guests who have started it, named by their Telegram id. */
export const telegram = defineChannel({ manifest, readHook, connect });

/** Bots that the hosted booking hooks answer for under a word instead of a token. */
const hostedBots = new Set(["torrowservicebot", "torrowchatbot"]);

function readHook(values: ParameterValues<typeof parameters>): HookReading<Settings, Target> {
  const token = values.telegramToken.trim();
  const wrong = hostedBots.has(token.toLowerCase())
    ? hookTexts.hostedBot
    : /^\d+:[\w-]+$/.test(token)
      ? undefined
      : hookTexts.notAToken;
  return wrong
    ? { routes: [], findings: [{ kind: "wrong", parameter: "telegramToken", text: wrong }] }
    : { routes: [{ settings: { token }, target: {} }], findings: [] };
}

function connect({ token }: Settings, tools: Tools): Channel<Target> {
  const call = (method: string, body?: object): Promise<ApiAnswer> =>
    callBot(tools, token, body ? { method, body } : { method });
  return {
    check: async () => toReport(await call("getMe")),
    send: (message) => send(message, (body) => call("sendMessage", body)),
  };
}

/** A text whose markup is refused was certainly not sent, and goes out a second time without its markup. */
async function send(
  { to, text }: OutgoingMessage<Target>,
  call: (body: object) => Promise<ApiAnswer>,
): Promise<SendOutcome> {
  if (to.kind !== "user" || !/^-?\d{1,19}$/.test(to.id))
    return { outcome: "refused", because: "recipient", detail: failureTexts.notAnId };
  const answer = await call(toSendMessage(to.id, text));
  return toSendOutcome(
    isMarkupRefused(answer) ? await call(toPlainSendMessage(to.id, text)) : answer,
  );
}

function toReport(answer: ApiAnswer): CheckReport {
  const name = answer.kind === "done" ? parseBotName(answer.result) : undefined;
  return name === undefined
    ? { findings: [toFinding(answer)], facts: [] }
    : { findings: [], facts: [{ label: hookTexts.bot, value: name }] };
}

function toFinding(answer: ApiAnswer): Finding {
  if (answer.kind === "done" || answer.kind === "unknown")
    return { kind: "error", text: failureTexts.checkUnanswered };
  const outcome = toSendOutcome(answer);
  const text = outcome.outcome === "accepted" ? failureTexts.checkUnanswered : outcome.detail;
  return answer.kind === "refused"
    ? { kind: "error", parameter: "telegramToken", text }
    : { kind: "error", text };
}
