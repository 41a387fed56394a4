import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { ConfigError, readConfig, type Environment, type Overrides } from "./environment.ts";

test("an empty environment gives the defaults and no secrets", () => {
  expect(readConfig({})).toEqual({
    config: {
      port: 3_000,
      host: "127.0.0.1",
      role: "all",
      trustedProxies: [],
      plugins: [],
      logLevel: "info",
      bodyLimitBytes: 1_048_576,
      retentionDays: 30,
      phoneCountry: "RU",
      isPrivateNetworkAllowed: false,
      apiBases: {},
    },
    secrets: { environment: {} },
  });
});

test("reads every variable", () => {
  const [newer, older] = [randomBytes(32), randomBytes(32)];
  const { config, secrets } = readConfig({
    CONCIERGE_PORT: "4100",
    CONCIERGE_HOST: "0.0.0.0",
    CONCIERGE_DATA_DIR: "/srv/concierge",
    CONCIERGE_PUBLIC_URL: "https://concierge.example/",
    DATABASE_URL: "postgres://me:pass@db.example/concierge",
    SMTP_URL: "smtps://me:pass@mail.example",
    CONCIERGE_MAIL_FROM: "Concierge <desk@example.com>",
    CONCIERGE_SECRET_KEY: `${newer.toString("base64")}, ${older.toString("base64")}`,
    CONCIERGE_HOOK_KEY: "hook-key",
    CONCIERGE_OWNER_EMAIL: "owner@example.com",
    CONCIERGE_OWNER_PASSWORD: "a long password",
    CONCIERGE_TTLOCK_CLIENT_SECRET: "vendor-secret",
    CONCIERGE_API_BASE_GREEN_API: "http://127.0.0.1:9001/",
    CONCIERGE_ALLOW_PRIVATE_NETWORK: "1",
    CONCIERGE_RETRY_DELAYS: "1s, 2s,5min",
    CONCIERGE_BODY_LIMIT: "2MB",
    CONCIERGE_RETENTION_DAYS: "90",
    CONCIERGE_PHONE_COUNTRY: "kz",
    CONCIERGE_FILES_URL: "s3://bucket",
    CONCIERGE_TRUSTED_PROXIES: "10.0.0.0/8,::1",
    CONCIERGE_PLUGINS: "./plugins/mine,other",
    CONCIERGE_LOG: "debug",
    PATH: "/usr/bin",
  });
  expect(config).toEqual({
    port: 4_100,
    host: "0.0.0.0",
    role: "all",
    dataDir: "/srv/concierge",
    publicUrl: "https://concierge.example",
    trustedProxies: ["10.0.0.0/8", "::1"],
    plugins: ["./plugins/mine", "other"],
    logLevel: "debug",
    bodyLimitBytes: 2_097_152,
    retentionDays: 90,
    phoneCountry: "KZ",
    retryDelaysMs: [1_000, 2_000, 300_000],
    isPrivateNetworkAllowed: true,
    apiBases: { GREEN_API: "http://127.0.0.1:9001" },
    ownerEmail: "owner@example.com",
    mailFrom: "Concierge <desk@example.com>",
  });
  expect(secrets).toEqual({
    databaseUrl: "postgres://me:pass@db.example/concierge",
    smtpUrl: "smtps://me:pass@mail.example",
    filesUrl: "s3://bucket",
    keys: [new Uint8Array(newer), new Uint8Array(older)],
    hookKey: "hook-key",
    ownerPassword: "a long password",
    environment: { CONCIERGE_TTLOCK_CLIENT_SECRET: "vendor-secret" },
  });
});

test("the command line wins over the environment", () => {
  const { config } = readConfig(
    { CONCIERGE_PORT: "4100", CONCIERGE_DATA_DIR: "/srv" },
    { port: "4200", data: "here", role: "worker" },
  );
  expect(config).toMatchObject({ port: 4_200, dataDir: "here", role: "worker" });
});

test("speaks Russian as well", () => {
  expect(() => readConfig({ CONCIERGE_PORT: "http" })).toThrow(
    expect.objectContaining({
      text: expect.objectContaining({
        ru: "CONCIERGE_PORT: «http». Нужно целое число от 0 до 65535.",
      }),
    }),
  );
});

test("an empty variable counts as unset", () => {
  expect(readConfig({ CONCIERGE_PORT: " ", SMTP_URL: "" })).toEqual(readConfig({}));
});

test("mail is sent from the account it goes through when that is an address", () => {
  const { config } = readConfig({ SMTP_URL: "smtps://desk%40example.com:pass@mail.example" });
  expect(config.mailFrom).toBe("desk@example.com");
});

test("a sender or an owner that is missing is asked for", () => {
  expect(faultsOf({ SMTP_URL: "smtp://mail.example", CONCIERGE_OWNER_PASSWORD: "pass" })).toEqual([
    "CONCIERGE_MAIL_FROM is not set, but SMTP_URL is, and needs it. Set both or neither.",
    "CONCIERGE_OWNER_EMAIL is not set, but CONCIERGE_OWNER_PASSWORD is, and needs it. Set both or neither.",
  ]);
});

test("all faults come at once, each with its variable, what was there and what to write", () => {
  expect(
    faultsOf({ CONCIERGE_PORT: "http", CONCIERGE_RETRY_DELAYS: "5" }, { role: "boss" }),
  ).toEqual([
    'CONCIERGE_PORT is "http". Write a whole number from 0 to 65535.',
    '--role is "boss". Write one of: web, worker, all.',
    'CONCIERGE_RETRY_DELAYS is "5". Write a duration such as 500ms, 5s, 2min or 1h, at most 30d. Several are separated by commas.',
  ]);
});

const unusable: Readonly<Record<string, readonly string[]>> = {
  CONCIERGE_PORT: ["-1", "65536", "1e3", "4100.5", "0x10"],
  CONCIERGE_PUBLIC_URL: ["example.com", "ftp://example.com", "https://example.com?x=1"],
  DATABASE_URL: ["mysql://db", "db.example"],
  SMTP_URL: ["http://mail.example", "mail.example:25"],
  CONCIERGE_MAIL_FROM: ["desk", "a b@c"],
  CONCIERGE_SECRET_KEY: ["c2hvcnQ=", "secret"],
  CONCIERGE_API_BASE_TTLOCK: ["localhost:9000", "file:///etc"],
  CONCIERGE_ALLOW_PRIVATE_NETWORK: ["on please"],
  CONCIERGE_RETRY_DELAYS: ["1", "1w", "0s", "1s;2s", "31d"],
  CONCIERGE_BODY_LIMIT: ["1", "1GB", "65MB", "-1MB"],
  CONCIERGE_RETENTION_DAYS: ["0", "1.5"],
  CONCIERGE_TRUSTED_PROXIES: ["proxy.example", "10.0.0.0/33"],
  CONCIERGE_LOG: ["loud"],
};

test.each(Object.entries(unusable))("%s is refused when it is unusable", (name, values) => {
  for (const value of values) {
    const faults = faultsOf({ CONCIERGE_MAIL_FROM: "a@b.example", [name]: value });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(name);
  }
});

test("what a secret variable holds is never shown", () => {
  const names = ["DATABASE_URL", "SMTP_URL", "CONCIERGE_FILES_URL", "CONCIERGE_SECRET_KEY"];
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.string(), (name, around) => {
      const faults = faultsOf({ [name]: `${around}canary` });
      expect(faults).toHaveLength(1);
      expect(faults.join()).not.toContain("canary");
    }),
  );
});

test("no text in a variable ends in anything but settings or a readable fault", () => {
  const names = Object.keys(unusable);
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...names), fc.string()), (environment) => {
      expect(
        faultsOf(environment).every((fault) =>
          /^[A-Z_]+ is .*\. |^[A-Z_]+ is .*usable/u.test(fault),
        ),
      ).toBe(true);
    }),
  );
});

function faultsOf(environment: Environment, given: Overrides = {}): readonly string[] {
  try {
    readConfig(environment, given);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.text.en.split("\n");
  }
}
