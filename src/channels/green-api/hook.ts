import type { Finding, ParameterValues } from "#domain/parameter.ts";
import type { HookReading } from "../channel.ts";
import type { parameters } from "./manifest.ts";
import { type Platform, platformNames, platforms, type Settings } from "./platforms.ts";
import { checkTexts } from "./texts.ts";

/** `repeat` needs the news of deliveries, so a check looks after them. */
export type Target = { readonly repeat: "true" | "false" };

/** WhatsApp, MAX or both: with both sets the message goes through both. */
export function readHook(
  values: ParameterValues<typeof parameters>,
): HookReading<Settings, Target> {
  const sets = platformNames.map((platform) => readSet(values, platform));
  const findings: Finding[] = sets.flatMap((set) => set.findings);
  if (sets.every(({ settings, findings }) => !settings && findings.length === 0))
    findings.push({ kind: "wrong", parameter: "idInstance", text: checkTexts.nothingToUse });
  if (values.phone && !values.message)
    findings.push({ kind: "wrong", parameter: "message", text: checkTexts.phoneWithoutMessage });
  const target: Target = { repeat: values.repeat ? "true" : "false" };
  const routes = sets.flatMap(({ settings }) => (settings ? [{ settings, target }] : []));
  return { routes: findings.length === 0 ? routes : [], findings };
}

interface ReadSet {
  readonly settings?: Settings;
  readonly findings: readonly Finding[];
}

function readSet(values: ParameterValues<typeof parameters>, platform: Platform): ReadSet {
  const { names } = platforms[platform];
  const apiUrl = toHost(values[names.apiUrl] ?? "");
  const idInstance = values[names.idInstance]?.trim() ?? "";
  const apiTokenInstance = values[names.apiTokenInstance]?.trim() ?? "";
  const read = { apiUrl, idInstance, apiTokenInstance };
  const missing = (["apiUrl", "idInstance", "apiTokenInstance"] as const).filter(
    (part) => read[part] === "",
  );
  if (missing.length === 3) return { findings: [] };
  if (missing.length === 0) return { settings: { platform, ...read }, findings: [] };
  return {
    findings: missing.map((part) => ({
      kind: "wrong",
      parameter: names[part],
      text: checkTexts.missing(names[part], platforms[platform].name),
    })),
  };
}

/** The console shows the address with its scheme. */
function toHost(apiUrl: string): string {
  return apiUrl
    .trim()
    .replace(/^https?:\/\//i, "")
    .replace(/\/+$/, "");
}
