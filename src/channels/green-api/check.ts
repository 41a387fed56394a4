import type { CheckReport, Finding } from "#domain/parameter.ts";
import type { Text } from "#domain/text.ts";
import type { Api, Failed } from "./client.ts";
import { parseSettings, parseState, parseSuspendedUntil } from "./inbound.ts";
import { toFailureBefore } from "./outcomes.ts";
import { platforms, type Settings } from "./platforms.ts";
import { findTrouble } from "./states.ts";
import { checkTexts, stateTexts } from "./texts.ts";

interface Needs {
  readonly api: Api;
  readonly settings: Settings;
}

/** Asks for the instance's state, and for its flags when `repeat` needs the news of deliveries. */
export async function check(needs: Needs, isRepeating: boolean): Promise<CheckReport> {
  const { platform, idInstance } = needs.settings;
  const answer = await needs.api({ method: "getStateInstance" });
  if (answer.kind !== "done") return { findings: [toFinding(needs, answer)], facts: [] };
  const state = parseState(answer.body);
  if (state === undefined)
    return { findings: [{ kind: "error", text: checkTexts.unanswered }], facts: [] };
  return {
    findings: [
      ...(await describeState(needs, state)),
      ...(isRepeating ? await checkFlags(needs) : []),
    ],
    facts: [
      { label: checkTexts.messenger, value: platforms[platform].name },
      { label: checkTexts.instance, value: idInstance },
    ],
  };
}

async function describeState({ api }: Needs, state: string): Promise<readonly Finding[]> {
  const trouble = findTrouble(state);
  if (!trouble) return [];
  const kind = trouble.kind === "stopped" ? "error" : "warning";
  return [{ kind, text: state === "suspended" ? await describeSuspension(api) : trouble.text }];
}

async function describeSuspension(api: Api): Promise<Text> {
  const answer = await api({ method: "getAccountSettings" });
  const until = answer.kind === "done" ? parseSuspendedUntil(answer.body) : undefined;
  return until === undefined
    ? stateTexts.suspended
    : stateTexts.suspendedUntil(new Date(until).toISOString().slice(0, 16).replace("T", " "));
}

async function checkFlags(needs: Needs): Promise<readonly Finding[]> {
  const answer = await needs.api({ method: "getSettings" });
  if (answer.kind !== "done") return [toFinding(needs, answer)];
  const settings = parseSettings(answer.body);
  if (!settings) return [{ kind: "error", text: checkTexts.unanswered }];
  return settings.outgoingWebhook === "yes"
    ? []
    : [{ kind: "warning", parameter: "repeat", text: checkTexts.statusesOff }];
}

const parameterOf = { 401: "apiTokenInstance", 403: "idInstance", 404: "apiUrl" } as const;

function toFinding({ settings }: Needs, answer: Failed): Finding {
  if (answer.kind === "unknown") return { kind: "error", text: checkTexts.unanswered };
  const { detail: text } = toFailureBefore(answer, settings.platform);
  const status = answer.kind === "refused" ? answer.status : 0;
  if (status !== 401 && status !== 403 && status !== 404) return { kind: "error", text };
  const parameter = platforms[settings.platform].names[parameterOf[status]];
  return { kind: status === 401 ? "error" : "wrong", parameter, text };
}
