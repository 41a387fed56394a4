import type { Phone } from "#domain/phone.ts";
import type { Tools } from "#domain/tools.ts";
import type { SendOutcome } from "../channel.ts";
import type { Api, ApiAnswer } from "./client.ts";
import { findTrouble } from "./health.ts";
import { parseMessageId, parseTaskId, toRemoteId } from "./inbound.ts";
import { toCascadeSend, toProfileSend } from "./outbound.ts";
import {
  isSignIn,
  isWrongPlatform,
  refuse,
  type Refused,
  toFailure,
  toFailureBefore,
} from "./outcomes.ts";
import type { Platform } from "./platforms.ts";
import { askStatus, findPlatform, type FoundProfile, forgetPlatform } from "./profiles.ts";
import { failureTexts } from "./texts.ts";

export interface Sending {
  readonly id: string;
  readonly phone: Phone;
  readonly text: string;
}

interface Needs {
  readonly api: Api;
  readonly tools: Pick<Tools, "memory" | "now">;
}

/** A cascade answers that it has taken the message, and nothing later. It gives no message id: ours stands in. */
export async function sendByCascade(
  api: Api,
  cascadeId: string,
  sending: Sending,
): Promise<SendOutcome> {
  const answer = await api(toCascadeSend(cascadeId, sending));
  if (answer.kind !== "done") return toFailure(answer);
  const remoteId = `cascade/${parseTaskId(answer.body) ?? sending.id}`;
  return { outcome: "accepted", value: { remoteId, isHandedOver: true } };
}

/** A remembered platform that turns out wrong is asked for anew, once: such an answer has sent nothing. */
export async function sendByProfile(
  needs: Needs,
  profileId: string,
  sending: Sending,
): Promise<SendOutcome> {
  const first = await sendOnce(needs, profileId, sending);
  if (first.answer?.kind !== "refused" || !isWrongPlatform(first.answer)) return first.outcome();
  await forgetPlatform(needs.tools, profileId);
  return (await sendOnce(needs, profileId, sending)).outcome();
}

interface Tried {
  readonly answer?: ApiAnswer;
  readonly outcome: () => Promise<SendOutcome>;
}

async function sendOnce(needs: Needs, profileId: string, sending: Sending): Promise<Tried> {
  const platform = await findPlatform(needs, profileId);
  if (typeof platform !== "string") return { outcome: async () => toLookupFailure(platform) };
  const profile = { id: profileId, platform };
  const answer = await needs.api(toProfileSend(profile, sending));
  return { answer, outcome: () => toOutcome(needs, profile, answer) };
}

export function toLookupFailure(profile: Exclude<FoundProfile, { found: "yes" }>): SendOutcome {
  if (profile.found === "unknown") return toFailureBefore(profile.answer);
  return refuse(
    "target",
    profile.found === "no" ? failureTexts.profileMissing : failureTexts.platformUnknown,
  );
}

async function toOutcome(
  needs: Needs,
  profile: { readonly id: string; readonly platform: Platform },
  answer: ApiAnswer,
): Promise<SendOutcome> {
  if (answer.kind === "refused") return explain(needs, profile, answer);
  if (answer.kind !== "done") return toFailure(answer);
  const messageId = parseMessageId(answer.body);
  return messageId === undefined
    ? { outcome: "uncertain", detail: failureTexts.uncertain }
    : { outcome: "accepted", value: { remoteId: toRemoteId(profile.id, messageId) } };
}

/** Wappi's words for a refusal are not published, the profile's state is: it is asked before the words are weighed. */
async function explain(
  { api, tools }: Needs,
  profile: { readonly id: string; readonly platform: Platform },
  answer: Refused,
): Promise<SendOutcome> {
  const status = isSignIn(answer) ? undefined : await askStatus(api, profile);
  const trouble = status && findTrouble(status, tools.now());
  if (trouble?.kind === "stopped") return refuse("account", trouble.text);
  if (trouble?.kind === "passing") return { outcome: "unreachable", detail: trouble.text };
  return toFailure(answer);
}
