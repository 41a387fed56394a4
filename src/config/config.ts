import type { LogLevel } from "#platform/log/log.ts";

/** What the server's operator has settled and may be shown to anybody who runs it. */
export interface Config {
  /** 0 takes any free port. */
  readonly port: number;
  readonly host: string;
  readonly role: Role;
  /** As `--data` or the environment says it; absent: the default, which depends on who runs us and where. */
  readonly dataDir?: string;
  /** Where vendors reach us, without a trailing slash. */
  readonly publicUrl?: string;
  /** Addresses, networks, or `loopback`, `linklocal`, `uniquelocal`: whose forwarded headers are believed. */
  readonly trustedProxies: readonly string[];
  readonly bodyLimitBytes: number;
  /** How long raw events are kept. */
  readonly retentionDays: number;
  /** ISO 3166 code of the country that a phone number without a country code belongs to. */
  readonly phoneCountry: string;
  /** Replaces the retry ladder. */
  readonly retryDelaysMs?: readonly number[];
  readonly isPrivateNetworkAllowed: boolean;
  /** Other base URLs of vendors, without a trailing slash, by `environmentName` of their manifest. */
  readonly apiBases: Readonly<Record<string, string>>;
  /** Third-party providers: npm names or folders. */
  readonly plugins: readonly string[];
  readonly logLevel: LogLevel;
  readonly ownerEmail?: string;
  /** Sender of our mails; always there when `Secrets.smtpUrl` is. */
  readonly mailFrom?: string;
}

/** `web` answers HTTP, `worker` runs what is due, `all` does both. */
export type Role = "web" | "worker" | "all";
