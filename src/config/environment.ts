import { unescape } from "node:querystring";
import type { Text } from "#domain/text.ts";
import { logLevels } from "#platform/log/log.ts";
import type { Config } from "./config.ts";
import type { Secrets } from "./secrets.ts";
import * as value from "./value.ts";
import type { Kind } from "./value.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** What the command line says; it wins over the environment. */
export interface Overrides {
  readonly port?: string | undefined;
  readonly data?: string | undefined;
  readonly role?: string | undefined;
}

/** All that is wrong with the environment, one line each. Shows no value of a secret. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly code = "config_invalid";
  readonly text: Text;

  constructor(faults: readonly Text[]) {
    const text = {
      en: faults.map(({ en }) => en).join("\n"),
      ru: faults.map(({ ru }) => ru).join("\n"),
    };
    super(text.en);
    this.text = text;
  }
}

/** Reads every variable once. An empty one counts as unset. Throws `ConfigError`, which names all faults together. */
export function readConfig(
  environment: Environment,
  given: Overrides = {},
): { config: Config; secrets: Secrets } {
  const flags = { "--port": given.port, "--data": given.data, "--role": given.role };
  const reading = makeReading({ ...environment, ...flags });
  const secrets = readSecrets(reading);
  const config = { ...readServer(reading), ...readRules(reading), ...readPeople(reading, secrets) };
  const rest = { ...secrets, environment: reading.others() };
  if (reading.faults.length > 0) throw new ConfigError(reading.faults);
  return { config, secrets: rest };
}

function readServer({ read }: Reading) {
  return {
    port: read("--port", port) ?? read("CONCIERGE_PORT", port) ?? 3_000,
    host: read("CONCIERGE_HOST", value.anyText) ?? "127.0.0.1",
    role: read("--role", value.oneOf("web", "worker", "all")) ?? ("all" as const),
    ...some("dataDir", read("--data", value.anyText) ?? read("CONCIERGE_DATA_DIR", value.anyText)),
    ...some("publicUrl", read("CONCIERGE_PUBLIC_URL", value.baseUrl)),
    trustedProxies: read("CONCIERGE_TRUSTED_PROXIES", value.list(value.proxy)) ?? [],
    plugins: read("CONCIERGE_PLUGINS", value.list(value.anyText)) ?? [],
    logLevel: read("CONCIERGE_LOG", value.oneOf(...logLevels)) ?? ("info" as const),
  };
}

function readRules({ read, readApiBases }: Reading) {
  return {
    bodyLimitBytes: read("CONCIERGE_BODY_LIMIT", value.size) ?? 1_048_576,
    retentionDays: read("CONCIERGE_RETENTION_DAYS", value.integer(1, 3_650)) ?? 30,
    phoneCountry: read("CONCIERGE_PHONE_COUNTRY", value.country) ?? "RU",
    ...some("retryDelaysMs", read("CONCIERGE_RETRY_DELAYS", value.list(value.duration))),
    isPrivateNetworkAllowed: read("CONCIERGE_ALLOW_PRIVATE_NETWORK", value.flag) ?? false,
    apiBases: readApiBases(),
  };
}

function readPeople({ read, faults }: Reading, secrets: Omit<Secrets, "environment">) {
  const mailFrom = read("CONCIERGE_MAIL_FROM", value.email) ?? senderOf(secrets.smtpUrl);
  const ownerEmail = read("CONCIERGE_OWNER_EMAIL", value.email);
  if (secrets.smtpUrl && !mailFrom) faults.push(missing("CONCIERGE_MAIL_FROM", "SMTP_URL"));
  if (secrets.ownerPassword && !ownerEmail)
    faults.push(missing("CONCIERGE_OWNER_EMAIL", "CONCIERGE_OWNER_PASSWORD"));
  return { ...some("mailFrom", mailFrom), ...some("ownerEmail", ownerEmail) };
}

function readSecrets({ readSecret }: Reading): Omit<Secrets, "environment"> {
  return {
    ...some("databaseUrl", readSecret("DATABASE_URL", value.urlOf("postgres", "postgresql"))),
    ...some("smtpUrl", readSecret("SMTP_URL", value.urlOf("smtp", "smtps"))),
    ...some(
      "filesUrl",
      readSecret("CONCIERGE_FILES_URL", value.urlOf("file", "s3", "http", "https")),
    ),
    ...some("keys", readSecret("CONCIERGE_SECRET_KEY", value.keyRing)),
    ...some("hookKey", readSecret("CONCIERGE_HOOK_KEY", value.anyText)),
    ...some("ownerPassword", readSecret("CONCIERGE_OWNER_PASSWORD", value.anyText)),
  };
}

/** The account that mail is sent through is a good sender when it is an address. */
function senderOf(smtpUrl: string | undefined): string | undefined {
  return smtpUrl && value.email.parse(unescape(new URL(smtpUrl).username));
}

const port = value.integer(0, 65_535);
const apiBase = "CONCIERGE_API_BASE_";

type Read = <Value>(name: string, kind: Kind<Value>) => Value | undefined;

interface Reading {
  readonly faults: Text[];
  readonly read: Read;
  /** The same, and a fault does not show what was there. */
  readonly readSecret: Read;
  readonly readApiBases: () => Readonly<Record<string, string>>;
  /** Our variables that nobody has read. */
  readonly others: () => Readonly<Record<string, string>>;
}

function makeReading(environment: Environment): Reading {
  const faults: Text[] = [];
  const seen = new Set<string>();
  const reader =
    (isSecret: boolean): Read =>
    (name, kind) => {
      seen.add(name);
      const text = environment[name]?.trim();
      if (!text) return undefined;
      const parsed = kind.parse(text);
      if (parsed === undefined)
        faults.push(unusable(name, isSecret ? undefined : text, kind.wanted));
      return parsed;
    };
  const ours = (prefix: string): readonly string[] =>
    Object.keys(environment).filter((name) => name.startsWith(prefix) && !seen.has(name));
  const readAll = (names: readonly string[], kind: Kind<string>): readonly [string, string][] =>
    names.flatMap((name) => {
      const parsed = reader(false)(name, kind);
      return parsed === undefined ? [] : [[name, parsed]];
    });
  return {
    faults,
    read: reader(false),
    readSecret: reader(true),
    readApiBases: () =>
      Object.fromEntries(
        readAll(ours(apiBase), value.baseUrl).map(([name, url]) => [
          name.slice(apiBase.length),
          url,
        ]),
      ),
    others: () => Object.fromEntries(readAll(ours("CONCIERGE_"), value.anyText)),
  };
}

function unusable(name: string, found: string | undefined, wanted: Text): Text {
  const text = found && JSON.stringify(found).slice(1, -1);
  return text === undefined
    ? {
        en: `${name} is set, but not usable (its value is not shown). ${wanted.en}`,
        ru: `${name} задана, но непригодна (значение не показываем). ${wanted.ru}`,
      }
    : { en: `${name} is "${text}". ${wanted.en}`, ru: `${name}: «${text}». ${wanted.ru}` };
}

function missing(name: string, because: string): Text {
  return {
    en: `${name} is not set, but ${because} is, and needs it. Set both or neither.`,
    ru: `${name} не задана, а ${because} задана и без неё не работает. Задайте обе или ни одной.`,
  };
}

function some<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { [N in Name]?: Value } {
  return (value === undefined ? {} : { [name]: value }) as { [N in Name]?: Value };
}
