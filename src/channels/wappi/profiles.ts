import type { Tools } from "#domain/tools.ts";
import type { ApiAnswer, Api } from "./client.ts";
import { parseProfileStatus, type ProfileStatus } from "./inbound.ts";
import { recall, remember } from "./memory.ts";
import { toStatusCall } from "./outbound.ts";
import { type Failed, isProfileMissing, isWrongPlatform, type Refused } from "./outcomes.ts";
import { parsePlatform, type Platform, platformNames } from "./platforms.ts";

export type FoundProfile =
  | { readonly found: "yes"; readonly platform: Platform; readonly status: ProfileStatus }
  /** No messenger of this token has it. */
  | { readonly found: "no" }
  /** It exists, and no API that we know serves it. */
  | { readonly found: "elsewhere" }
  | { readonly found: "unknown"; readonly answer: Failed };

/** Asks messenger by messenger which one the profile belongs to: its id does not tell. */
export async function findProfile(api: Api, profileId: string): Promise<FoundProfile> {
  const refusals: Refused[] = [];
  for (const platform of platformNames) {
    const read = readStatus(await api(toStatusCall(profileId, platform)), platform);
    if (read.kind === "here") return { found: "yes", platform, status: read.status };
    if (read.kind === "failed") return { found: "unknown", answer: read.answer };
    refusals.push(read.refusal);
  }
  if (refusals.some(isWrongPlatform)) return { found: "elsewhere" };
  const [first] = refusals;
  if (!first || refusals.some(isProfileMissing)) return { found: "no" };
  return { found: "unknown", answer: first };
}

/** The platform of a profile, asked once and kept. */
export async function findPlatform(
  { api, tools }: { readonly api: Api; readonly tools: Pick<Tools, "memory"> },
  profileId: string,
): Promise<Platform | Exclude<FoundProfile, { found: "yes" }>> {
  const known = (await recall(tools)).platforms[profileId];
  if (known) return known;
  const profile = await findProfile(api, profileId);
  if (profile.found !== "yes") return profile;
  const { platform } = profile;
  await remember(tools, (kept) => ({
    ...kept,
    platforms: { ...kept.platforms, [profileId]: platform },
  }));
  return platform;
}

export async function forgetPlatform(
  tools: Pick<Tools, "memory">,
  profileId: string,
): Promise<void> {
  await remember(tools, (kept) => {
    const { [profileId]: _, ...platforms } = kept.platforms;
    return { ...kept, platforms };
  });
}

export async function askStatus(
  api: Api,
  profile: { readonly id: string; readonly platform: Platform },
): Promise<ProfileStatus | undefined> {
  const read = readStatus(await api(toStatusCall(profile.id, profile.platform)), profile.platform);
  return read.kind === "here" ? read.status : undefined;
}

type ReadStatus =
  | { readonly kind: "here"; readonly status: ProfileStatus }
  | { readonly kind: "not-here"; readonly refusal: Refused }
  | { readonly kind: "failed"; readonly answer: Failed };

/** A status may be answered under a foreign prefix: then the platform that it names is believed. */
function readStatus(answer: ApiAnswer, asked: Platform): ReadStatus {
  if (answer.kind !== "done")
    return isNotHere(answer) ? { kind: "not-here", refusal: answer } : { kind: "failed", answer };
  const status = parseProfileStatus(answer.body);
  if (!status) return { kind: "failed", answer: { kind: "unknown" } };
  const named = status.platform === undefined ? asked : parsePlatform(status.platform);
  return named === asked
    ? { kind: "here", status }
    : { kind: "not-here", refusal: { kind: "refused", status: 400, detail: "wrong platform" } };
}

function isNotHere(answer: Failed): answer is Refused {
  if (answer.kind !== "refused") return false;
  return answer.status === 404 || isWrongPlatform(answer) || isProfileMissing(answer);
}
