import type { CheckReport, Finding } from "#domain/parameter.ts";
import type { Api } from "./client.ts";
import { findTrouble } from "./health.ts";
import { parseCascade } from "./inbound.ts";
import { type Failed, isSignIn, toFailureBefore } from "./outcomes.ts";
import { parsePlatform, platforms } from "./platforms.ts";
import { askStatus, findProfile } from "./profiles.ts";
import { checkTexts, failureTexts } from "./texts.ts";

interface Needs {
  readonly api: Api;
  readonly now: () => number;
}

/** Looks up one profile and tells which messenger it is and whether it can send. */
export async function checkProfile({ api, now }: Needs, profileId: string): Promise<CheckReport> {
  const profile = await findProfile(api, profileId);
  switch (profile.found) {
    case "no":
      return failed({ kind: "wrong", parameter: "profileId", text: failureTexts.profileMissing });
    case "elsewhere":
      return failed({ kind: "wrong", parameter: "profileId", text: failureTexts.platformUnknown });
    case "unknown":
      return failed(toFinding(profile.answer));
    case "yes":
  }
  const { platform, status } = profile;
  const trouble = findTrouble(status, now());
  const findings: Finding[] = [];
  if (trouble)
    findings.push({ kind: trouble.kind === "stopped" ? "error" : "warning", text: trouble.text });
  if (platform === "bot") findings.push({ kind: "warning", text: checkTexts.bot });
  return {
    findings,
    facts: [
      { label: checkTexts.profile, value: status.name || profileId },
      { label: checkTexts.messenger, value: platforms[platform].name },
    ],
  };
}

/** Looks up one cascade and the profiles in it that can be asked. */
export async function checkCascade(needs: Needs, cascadeId: string): Promise<CheckReport> {
  const answer = await needs.api({
    method: "GET",
    path: "/csender/cascade/get",
    query: { cascade_id: cascadeId },
  });
  if (answer.kind !== "done") return failed(toCascadeFinding(answer));
  const cascade = parseCascade(answer.body);
  if (!cascade) return failed({ kind: "error", text: checkTexts.unanswered });
  if (cascade.order.length === 0)
    return failed({ kind: "error", parameter: "cascadeId", text: checkTexts.emptyCascade });
  const steps = await checkSteps(needs, cascade.order);
  return {
    findings: steps.flatMap(({ findings }) => findings),
    facts: [
      { label: checkTexts.cascade, value: cascade.name || cascadeId },
      { label: checkTexts.order, value: steps.map(({ name }) => name).join(", ") },
    ],
  };
}

type Step = NonNullable<ReturnType<typeof parseCascade>>["order"][number];

/** One by one: Wappi was seen to mix up what is asked at the same time. */
async function checkSteps(needs: Needs, order: readonly Step[]) {
  const steps: { name: string; findings: readonly Finding[]; isStopped: boolean }[] = [];
  for (const step of order) steps.push(await checkStep(needs, step));
  if (!steps.every(({ isStopped }) => isStopped)) return steps;
  return steps.map((step) => ({
    ...step,
    findings: step.findings.map((finding) => ({ ...finding, kind: "error" as const })),
  }));
}

/** A step that cannot be asked (VK, SMS, a new messenger) is taken to work. */
async function checkStep({ api, now }: Needs, step: Step) {
  const platform = parsePlatform(step.platform);
  const name = platform ? platforms[platform].name : step.platform.toUpperCase();
  if (!platform || step.profile_uuid === undefined) return { name, findings: [], isStopped: false };
  const status = await askStatus(api, { id: step.profile_uuid, platform });
  const trouble = status && findTrouble(status, now());
  if (!trouble) return { name, findings: [], isStopped: false };
  const finding: Finding = { kind: "warning", text: checkTexts.inCascade(name, trouble.text) };
  return { name, findings: [finding], isStopped: trouble.kind === "stopped" };
}

function failed(finding: Finding): CheckReport {
  return { findings: [finding], facts: [] };
}

function toCascadeFinding(answer: Failed): Finding {
  return answer.kind === "refused" && !isSignIn(answer)
    ? { kind: "wrong", parameter: "cascadeId", text: failureTexts.cascadeMissing }
    : toFinding(answer);
}

function toFinding(answer: Failed): Finding {
  if (answer.kind === "refused" && isSignIn(answer))
    return { kind: "error", parameter: "apiToken", text: failureTexts.signIn };
  if (answer.kind === "unknown" || answer.kind === "refused")
    return { kind: "error", text: checkTexts.unanswered };
  const outcome = toFailureBefore(answer);
  const text = outcome.outcome === "accepted" ? checkTexts.unanswered : outcome.detail;
  return { kind: "error", text };
}
