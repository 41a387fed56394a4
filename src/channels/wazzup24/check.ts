import type { CheckReport, Finding } from "#domain/parameter.ts";
import type { Text } from "#domain/text.ts";
import { chatTypes } from "./chat-types.ts";
import type { Api, Failed } from "./client.ts";
import { parseChannels, type WazzupChannel } from "./inbound.ts";
import { toFailureBefore } from "./outcomes.ts";
import type { Target } from "./send.ts";
import { checkTexts, failureTexts, stateTexts } from "./texts.ts";

/** Looks the channels up that the targets name: there, working, and of the right messenger. */
export async function check(api: Api, targets: readonly Target[]): Promise<CheckReport> {
  const answer = await api({ method: "GET", path: "channels" });
  if (answer.kind !== "done") return { findings: [toFinding(answer)], facts: [] };
  const channels = parseChannels(answer.body);
  if (!channels) return { findings: [{ kind: "error", text: checkTexts.unanswered }], facts: [] };
  const reports = targets.map((target) => checkTarget(channels, target));
  return {
    findings: reports.flatMap(({ findings }) => findings),
    facts: reports.flatMap(({ facts }) => facts),
  };
}

function checkTarget(channels: readonly WazzupChannel[], target: Target): CheckReport {
  const wanted = target.channelId.toLowerCase();
  const channel = channels.find(({ channelId }) => channelId.toLowerCase() === wanted);
  if (!channel)
    return {
      findings: [{ kind: "wrong", parameter: "channel_id", text: failureTexts.noChannel }],
      facts: [],
    };
  return {
    findings: [...checkTransport(channel, target), ...checkState(channel)],
    facts: [{ label: checkTexts.channel, value: describe(channel) }],
  };
}

function checkTransport({ transport }: WazzupChannel, { chatType }: Target): readonly Finding[] {
  const fitting: readonly string[] = chatTypes[chatType].transports;
  const word = transport.toLowerCase();
  if (!fitting.includes(word))
    return [{ kind: "wrong", parameter: "chat_type", text: failureTexts.wrongTransport }];
  const text = Object.hasOwn(transportWarnings, word) ? transportWarnings[word] : undefined;
  return text ? [{ kind: "warning", text }] : [];
}

const transportWarnings: Readonly<Record<string, Text>> = {
  wapi: checkTexts.businessWindow,
  telegram: checkTexts.bot,
  maxbot: checkTexts.bot,
};

/** Pages differ in spelling and case; a word that is not known is taken for "does not work". */
function checkState({ state }: WazzupChannel): readonly Finding[] {
  const word = state.toLowerCase();
  if (word === "active") return [];
  const text = Object.hasOwn(stateTexts, word) ? stateTexts[word] : undefined;
  return [{ kind: "error", parameter: "channel_id", text: text ?? checkTexts.unknownState }];
}

const transportNames: Readonly<Record<string, string>> = {
  whatsapp: "WhatsApp",
  wapi: "WhatsApp Business API",
  tgapi: "Telegram",
  telegram: "Telegram (bot)",
  max: "MAX",
  maxbot: "MAX (bot)",
  viber: "Viber",
};

/** The end of its number tells the business which of its channels this is. */
function describe({ transport, plainId }: WazzupChannel): string {
  const name = Object.hasOwn(transportNames, transport) ? transportNames[transport] : transport;
  return [name, plainId && `…${plainId.slice(-4)}`].filter(Boolean).join(", ");
}

function toFinding(answer: Failed): Finding {
  if (answer.kind === "unknown") return { kind: "error", text: checkTexts.unanswered };
  const failure = toFailureBefore(answer);
  const text = failure.detail;
  if (failure.outcome !== "refused") return { kind: "error", text };
  return failure.because === "sign-in"
    ? { kind: "error", parameter: "key_api", text }
    : { kind: "error", text: checkTexts.unanswered };
}
