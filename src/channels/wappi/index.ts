import type { CheckReport, Finding, ParameterValues } from "#domain/parameter.ts";
import type { Tools } from "#domain/tools.ts";
import {
  type Channel,
  defineChannel,
  type HookReading,
  type OutgoingMessage,
  type SendOutcome,
  type Settlement,
} from "../channel.ts";
import { checkCascade, checkProfile } from "./check.ts";
import { type Api, openApi } from "./client.ts";
import { receiveReceipts } from "./inbound.ts";
import { listen, type ListenOutcome } from "./listen.ts";
import { manifest, type parameters } from "./manifest.ts";
import { refuse } from "./outcomes.ts";
import { findPlatform, findProfile } from "./profiles.ts";
import { sendByCascade, sendByProfile, toLookupFailure } from "./send.ts";
import { askReceipt, type Reading, settle } from "./settle.ts";
import { checkTexts, failureTexts } from "./texts.ts";

type Settings = { readonly apiToken: string };
type Target = { readonly cascadeId: string } | { readonly profileId: string };

/** A Wappi cabinet: by profile with receipts, or by cascade, which chooses the messenger and tells nothing later. */
export const wappi = defineChannel({ manifest, readHook, connect, receiveReceipts });

function readHook(values: ParameterValues<typeof parameters>): HookReading<Settings, Target> {
  const { cascadeId, profileId } = values;
  const findings: Finding[] = [];
  if (cascadeId && profileId)
    findings.push({ kind: "warning", parameter: "profileId", text: checkTexts.bothGiven });
  if (values.phone && !values.message)
    findings.push({ kind: "wrong", parameter: "message", text: checkTexts.phoneWithoutMessage });
  const target = cascadeId ? { cascadeId } : profileId ? { profileId } : undefined;
  if (!target)
    findings.push({ kind: "wrong", parameter: "cascadeId", text: checkTexts.nothingToUse });
  const isUsable = target && findings.every(({ kind }) => kind === "warning");
  return {
    routes: isUsable ? [{ settings: { apiToken: values.apiToken }, target }] : [],
    findings,
  };
}

interface Needs {
  readonly api: Api;
  readonly tools: Tools;
}

function connect({ apiToken }: Settings, tools: Tools): Channel<Target> {
  const needs = { api: openApi(tools, apiToken), tools };
  return {
    check: (targets) => check(needs, targets),
    send: (message) => send(needs, message),
    settle: (message) => settleOne(needs, message),
    receipt: async ({ remoteId, message }) => {
      const reading = await openReading(needs, message.target);
      return reading ? askReceipt(reading, remoteId) : "unknown";
    },
    listen: (url, target) => listenTo(needs, url, target),
  };
}

async function check({ api, tools }: Needs, targets: readonly Target[]): Promise<CheckReport> {
  const reports: CheckReport[] = [];
  for (const target of targets)
    reports.push(
      "cascadeId" in target
        ? await checkCascade({ api, now: tools.now }, target.cascadeId)
        : await checkProfile({ api, now: tools.now }, target.profileId),
    );
  return {
    findings: reports.flatMap(({ findings }) => findings),
    facts: reports.flatMap(({ facts }) => facts),
  };
}

async function send(needs: Needs, message: OutgoingMessage<Target>): Promise<SendOutcome> {
  const { id, to, target, text } = message;
  if (to.kind !== "phone") return refuse("recipient", failureTexts.notAPhone);
  const sending = { id, phone: to.phone, text };
  return "cascadeId" in target
    ? sendByCascade(needs.api, target.cascadeId, sending)
    : sendByProfile(needs, target.profileId, sending);
}

async function settleOne(needs: Needs, message: OutgoingMessage<Target>): Promise<Settlement> {
  const { to, text, triedAt } = message;
  const reading = await openReading(needs, message.target);
  if (!reading || to.kind !== "phone") return { found: "unknown" };
  return settle(reading, { phone: to.phone, text, triedAt, now: needs.tools.now() });
}

/** `undefined` for a cascade, and while it cannot be said which messenger the profile is. */
async function openReading(needs: Needs, target: Target): Promise<Reading | undefined> {
  if ("cascadeId" in target) return undefined;
  const id = target.profileId;
  const platform = await findPlatform(needs, id);
  return typeof platform === "string" ? { api: needs.api, profile: { id, platform } } : undefined;
}

/** A cascade has no webhook of its own: there is nothing to set. */
async function listenTo(
  { api, tools }: Needs,
  url: string | undefined,
  target: Target,
): Promise<ListenOutcome> {
  if ("cascadeId" in target) return { outcome: "accepted", value: undefined };
  const profile = await findProfile(api, target.profileId);
  if (profile.found === "yes")
    return listen({ api, tools, profile: { id: target.profileId, ...profile } }, url);
  const failure = toLookupFailure(profile);
  return failure.outcome === "accepted" ? { outcome: "accepted", value: undefined } : failure;
}
