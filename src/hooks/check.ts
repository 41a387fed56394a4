import type { CheckReport, Finding } from "#domain/parameter.ts";
import type { HookReading } from "./hook-reading.ts";

/** What a check of a hook's URL came to. */
export interface Check {
  readonly status: "Success" | "Wrong parameters" | "Error";
  readonly reading: HookReading;
  readonly findings: readonly Finding[];
  readonly facts: CheckReport["facts"];
}

/** The answer in the documented shape; always English, no secret in it. */
export interface CheckAnswer {
  readonly Status: Check["status"];
  readonly Message?: string;
  readonly ErrorMessage?: string;
  readonly WarningMessage?: string;
}

/** Looks things up at the vendors, one report for each account that the hook names. */
export type LookUp = (reading: HookReading) => Promise<readonly CheckReport[]>;

/** Checks a hook whole: its parameters, then live at the vendor what could be read of them. */
export async function checkHook(reading: HookReading, lookUp: LookUp): Promise<Check> {
  const reports = await lookUp(reading);
  const findings = distinct([...reading.findings, ...reports.flatMap((report) => report.findings)]);
  return {
    status: statusOf(findings),
    reading,
    findings,
    facts: reports.flatMap((report) => report.facts),
  };
}

export function toAnswer(check: Check): CheckAnswer {
  const say = (kind: Finding["kind"]) => sentences(check.findings, kind);
  const warnings = say("warning").join(" ");
  if (check.status === "Success")
    return {
      Status: "Success",
      Message: "The WebHook has been successfully verified",
      ...(warnings ? { WarningMessage: warnings } : {}),
    };
  return {
    Status: check.status,
    ErrorMessage: [...say("wrong"), ...say("error")].join(" "),
    WarningMessage: warnings,
  };
}

function statusOf(findings: readonly Finding[]): Check["status"] {
  if (findings.some((finding) => finding.kind === "wrong")) return "Wrong parameters";
  return findings.some((finding) => finding.kind === "error") ? "Error" : "Success";
}

function sentences(findings: readonly Finding[], kind: Finding["kind"]): readonly string[] {
  return findings.filter((finding) => finding.kind === kind).map((finding) => finding.text.en);
}

function distinct(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(
    (one, place) => findings.findIndex((other) => other.text.en === one.text.en) === place,
  );
}
