import type { KeyRing } from "#platform/secrets/key-ring.ts";

/** What must never be shown, logged or mailed. URLs stand here because they carry passwords. */
export interface Secrets {
  /** Absent: the embedded PostgreSQL. */
  readonly databaseUrl?: string;
  /** Absent: mails are kept. */
  readonly smtpUrl?: string;
  /** Absent: the files stand in the data directory. */
  readonly filesUrl?: string;
  /** Absent: the key file in the data directory. */
  readonly keys?: KeyRing;
  /** Absent: made at first start. */
  readonly hookKey?: string;
  readonly ownerPassword?: string;
  /** All other variables `CONCIERGE_...` by their full name; which of them mean anything, providers' manifests say. */
  readonly environment: Readonly<Record<string, string>>;
}
