import type { Manifest } from "#domain/manifest.ts";
import type { Text } from "#domain/text.ts";

/** One connected account of a provider in a workspace. */
export interface Integration {
  readonly workspaceId: string;
  readonly id: string;
  readonly provider: string;
  /** What may be shown. */
  readonly settings: TextRecord;
  readonly status: IntegrationStatus;
  readonly lastOkAt: number | undefined;
  readonly lastErrorAt: number | undefined;
  readonly lastError: Text | undefined;
}

export type IntegrationStatus = "not-configured" | "active" | "paused" | "has-errors" | "failed";

export type TextRecord = Readonly<Record<string, string>>;

/** Parts the settings of an account into what may be shown and what is encrypted, as its manifest says. */
export function splitSettings(
  manifest: Manifest,
  settings: TextRecord,
): { readonly open: TextRecord; readonly secret: TextRecord } {
  const secretNames = new Set(
    manifest.settings.filter((field) => field.isSecret).map((field) => field.name),
  );
  const pick = (isSecret: boolean) =>
    Object.fromEntries(
      Object.entries(settings).filter(([name]) => secretNames.has(name) === isSecret),
    );
  return { open: pick(false), secret: pick(true) };
}

/** The same settings give the same text, in whatever order they were written. */
export function canonicalSettings(settings: TextRecord): string {
  return JSON.stringify(Object.entries(settings).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
