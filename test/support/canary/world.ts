import { createToken } from "../../../src/team/team.store.ts";
import { hashToken, makeToken } from "../../../src/team/token.ts";
import { makeId } from "#platform/uuid.ts";
import { openTestServer, WORKSPACE, type TestServer } from "../server.ts";
import type { Place } from "./search.ts";

/** Secrets that must not be found again anywhere but where they belong. Characters that encodings change are in some. */
export const CANARIES = {
  hookKey: "canary-hook-key/+=&é-4f1d9a7b",
  secretKey: Buffer.from("canary-secret-key-0123456789abcd").toString("base64"),
  torrowToken: "canary-torrow-token-83bd0f",
  ownerPassword: "canary-owner-password-71c2",
  filesSecret: "canary-files-secret-55aa",
  clientSecret: "simulated-client-secret",
  lockPassword: 'canary lock/pass+word&"ы-92e1',
  wrongPassword: "canary wrong/pass+word-11d0",
  telegramToken: "6126237741:CANARYtelegram-token_0123456789abcd",
  wrongTelegramToken: "6126237742:CANARYwrong-token_0123456789abcdef",
  wappiToken: "canary-wappi-token-0123456789-77",
  greenApiToken: "canary-green-api-token-0123456789",
  wazzupKey: "canary-wazzup-key-0123456789abc",
  message: "canary-message text-3c3c",
  phone: "+79051234567",
} as const;

export const USERNAME = "owner@example.org";
export const LOCK = 11432744;

export interface CanaryWorld extends AsyncDisposable {
  readonly server: TestServer;
  /** Everything that was answered so far. */
  readonly answers: readonly Place[];
  readonly url: (kind: string, parameters: Readonly<Record<string, string>>) => string;
  /** Asks and writes the answer down; says its status and text. */
  readonly ask: (
    url: string,
    init?: RequestInit,
  ) => Promise<{ readonly status: number; readonly text: string }>;
  /** GET of the REST API. */
  readonly read: (path: string) => Promise<string>;
  /** POST to the REST API, with a key that has it kept. */
  readonly write: (path: string, body: unknown) => Promise<string>;
}

/** A server whose every secret is a canary, with an account at each vendor. */
export async function openCanaryWorld(): Promise<CanaryWorld> {
  const server = await openTestServer({
    environment: {
      CONCIERGE_HOOK_KEY: CANARIES.hookKey,
      CONCIERGE_SECRET_KEY: CANARIES.secretKey,
      CONCIERGE_TORROW_TOKEN: CANARIES.torrowToken,
      CONCIERGE_OWNER_EMAIL: USERNAME,
      CONCIERGE_OWNER_PASSWORD: CANARIES.ownerPassword,
      CONCIERGE_FILES_URL: `https://id:${CANARIES.filesSecret}@files.example/bucket`,
      CONCIERGE_RETRY_DELAYS: "1s,2s",
    },
  });
  addAccounts(server);
  const token = await makeApiToken(server);
  const answers: Place[] = [];
  const ask: CanaryWorld["ask"] = async (url, init = {}) => {
    const answer = await fetch(url, { redirect: "manual", ...init });
    const text = await answer.text();
    const headers = [...answer.headers].map(([name, value]) => `${name}: ${value}`).join("\n");
    answers.push({
      name: `answer ${answer.status} to ${new URL(url).pathname}`,
      text: `${headers}\n${text}`,
    });
    return { status: answer.status, text };
  };
  return {
    server,
    answers,
    ask,
    url: (kind, parameters) => {
      const all = Object.entries({ ...parameters, key: CANARIES.hookKey });
      const query = all.map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
      return `${server.url}/webhook/${kind}?${query.join("&")}`;
    },
    read: async (path) => {
      const headers = { authorization: `Bearer ${token}` };
      return (await ask(server.url + path, { headers })).text;
    },
    write: async (path, body) => {
      const headers = {
        authorization: `Bearer ${token}`,
        "content-type": "application/json",
        "idempotency-key": `"${crypto.randomUUID()}"`,
      };
      const init = { method: "POST", headers, body: JSON.stringify(body) };
      const { status, text } = await ask(server.url + path, init);
      if (status >= 300) throw new Error(`POST ${path} was answered ${status}: ${text}`);
      return text;
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

function addAccounts({ vendors }: TestServer): void {
  const { ttlock, telegram, wappi, greenApi, wazzup24, torrow } = vendors;
  ttlock.addAccount({ username: USERNAME, password: CANARIES.lockPassword });
  ttlock.addLock({ lockId: LOCK, owner: USERNAME, alias: "Studio" });
  telegram.addBot(CANARIES.telegramToken, {});
  wappi.addProfile({ token: CANARIES.wappiToken, id: PROFILE, platform: "wa" });
  greenApi.addInstance({ id: "1101000001", token: CANARIES.greenApiToken, kind: "whatsapp" });
  greenApi.addInstance({ id: "3100000001", token: CANARIES.greenApiToken, kind: "max" });
  wazzup24.addChannel({ key: CANARIES.wazzupKey, channelId: CHANNEL, transport: "whatsapp" });
  torrow.token = CANARIES.torrowToken;
}

const PROFILE = "1a2b3c4d-5e6f";
const CHANNEL = "b96a353b-0000-4cac-8413-ba0000000001";

/** Good parameters of each hook, every secret one a canary. */
export const HOOKS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ttlock: {
    username: USERNAME,
    password: CANARIES.lockPassword,
    errorEmail: USERNAME,
    lockId: String(LOCK),
    codeLength: "9",
    deliverVia: "telegram",
    telegramToken: CANARIES.telegramToken,
    telegramFieldName: "*TelegramId",
    message: CANARIES.message,
  },
  telegram: {
    telegramToken: CANARIES.telegramToken,
    telegramFieldName: "*TelegramId",
    errorEmail: USERNAME,
    message: CANARIES.message,
  },
  wappi: {
    apiToken: CANARIES.wappiToken,
    profileId: PROFILE,
    errorEmail: USERNAME,
    phone: CANARIES.phone,
    message: CANARIES.message,
  },
  "green-api": {
    apiUrl: "1103.api.green-api.com",
    idInstance: "1101000001",
    apiTokenInstance: CANARIES.greenApiToken,
    apiUrlMax: "1103.api.green-api.com",
    idInstanceMax: "3100000001",
    apiTokenInstanceMax: CANARIES.greenApiToken,
    errorEmail: USERNAME,
    message: CANARIES.message,
  },
  wazzup24: {
    key_api: CANARIES.wazzupKey,
    channel_id: CHANNEL,
    chat_type: "whatsapp",
    errorEmail: USERNAME,
    message: CANARIES.message,
  },
};

async function makeApiToken({ database, clock }: TestServer): Promise<string> {
  const token = makeToken();
  await createToken(database, {
    workspaceId: WORKSPACE,
    id: makeId(clock.now()),
    name: "writer",
    scopes: ["write", "metrics"],
    hash: hashToken(token),
    createdAt: clock.now(),
  });
  return token;
}
