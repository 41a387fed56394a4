import { createHash } from "node:crypto";
import type { Tools } from "#domain/tools.ts";
import { z } from "zod";
import { post, type ApiAnswer, type ApiCall, type Failed } from "./client.ts";
import { tokenAnswer } from "./inbound.ts";
import { clientIdVariable, clientSecretVariable } from "./manifest.ts";

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** One account, signed in when needed. */
export interface Session {
  /** Names the account inside this process. */
  readonly key: string;
  /** Calls with the account's token; a token that ran out is replaced once and the call repeated. */
  call(call: ApiCall): Promise<ApiAnswer>;
  /** Signs in with the password even when a token is at hand. */
  signIn(): Promise<ApiAnswer>;
  /** How far the vendor's clock is ahead of ours, once it refused a call for that. */
  clockOffsetMs(): number;
}

interface Access {
  readonly tools: Tools;
  readonly credentials: Credentials;
  /** Holds the password too: a wrong one must not share the fate of the right one. */
  readonly renewalKey: string;
}

type Ticket = { readonly kind: "token"; readonly token: string } | Failed;

const kept = z.object({
  accessToken: z.string(),
  refreshToken: z.string().optional(),
  expiresAt: z.number(),
});

const tokenUnknown = 10003;
const tokenExpired = 10004;
const wrongSignIn = 10007;
const refreshUnknown = 10011;
const clockOff = 80000;
const asksForPassword = new Set([tokenUnknown, tokenExpired, wrongSignIn, refreshUnknown]);
const usualTokenLifeSeconds = 7_776_000;

/** Renewals under way and clock offsets; integrations opened twice in one process share them. */
const renewals = new Map<string, Promise<Ticket>>();
const clockOffsets = new Map<string, number>();

export function openSession(credentials: Credentials, tools: Tools): Session {
  const { [clientIdVariable]: clientId = "", [clientSecretVariable]: secret = "" } =
    tools.environment;
  const key = [tools.baseUrl, clientId, credentials.username].join(" ");
  const access = { tools, credentials, renewalKey: `${key} ${md5(credentials.password)}` };
  const isConfigured = clientId !== "" && secret !== "";
  return {
    key,
    call: async (call) => (isConfigured ? callSigned(access, call) : { kind: "not-configured" }),
    signIn: async () => {
      if (!isConfigured) return { kind: "not-configured" };
      const ticket = await signIn(access);
      return ticket.kind === "token"
        ? { kind: "done", body: {} }
        : { kind: "no-token", because: ticket };
    },
    clockOffsetMs: () => clockOffsets.get(tools.baseUrl) ?? 0,
  };
}

async function callSigned(access: Access, call: ApiCall): Promise<ApiAnswer> {
  const ticket = await currentTicket(access);
  if (ticket.kind !== "token") return { kind: "no-token", because: ticket };
  const answer = await sendWithClock(access, call, ticket.token);
  if (!isRefusedWith(answer, [tokenUnknown, tokenExpired])) return answer;
  const renewed = await renew(access, ticket.token);
  return renewed.kind === "token"
    ? sendWithClock(access, call, renewed.token)
    : { kind: "no-token", because: renewed };
}

async function sendWithClock(access: Access, call: ApiCall, token: string): Promise<ApiAnswer> {
  const answer = await send(access, call, token);
  if (answer.kind !== "refused" || answer.errcode !== clockOff) return answer;
  if (answer.serverAt === undefined) return answer;
  clockOffsets.set(access.tools.baseUrl, answer.serverAt - access.tools.now());
  return send(access, call, token);
}

function send({ tools }: Access, call: ApiCall, token: string): Promise<ApiAnswer> {
  const common = {
    clientId: tools.environment[clientIdVariable] ?? "",
    accessToken: token,
    date: tools.now() + (clockOffsets.get(tools.baseUrl) ?? 0),
  };
  return post(tools, { ...call, fields: { ...common, ...call.fields } });
}

async function currentTicket(access: Access): Promise<Ticket> {
  const memory = await readKept(access);
  if (memory && memory.expiresAt > access.tools.now())
    return { kind: "token", token: memory.accessToken };
  return renew(access, memory?.accessToken);
}

/** Many callers, one renewal: refresh tokens rotate, so a second one at the same time would fail. */
function renew(access: Access, failedToken: string | undefined): Promise<Ticket> {
  const underWay = renewals.get(access.renewalKey);
  if (underWay) return underWay;
  const renewal = renewNow(access, failedToken).finally(() => renewals.delete(access.renewalKey));
  renewals.set(access.renewalKey, renewal);
  return renewal;
}

async function renewNow(access: Access, failedToken: string | undefined): Promise<Ticket> {
  const memory = await readKept(access);
  const isFresh = memory && memory.expiresAt > access.tools.now();
  // Another node has renewed it meanwhile.
  if (isFresh && memory.accessToken !== failedToken)
    return { kind: "token", token: memory.accessToken };
  if (memory?.refreshToken === undefined) return signIn(access);
  const refreshed = await grant(access, {
    grant_type: "refresh_token",
    refresh_token: memory.refreshToken,
  });
  return isRefusedWith(refreshed, asksForPassword) ? signIn(access) : refreshed;
}

const signIn = (access: Access): Promise<Ticket> =>
  grant(access, {
    grant_type: "password",
    username: access.credentials.username,
    password: md5(access.credentials.password),
  });

async function grant({ tools }: Access, fields: Readonly<Record<string, string>>): Promise<Ticket> {
  const application = {
    clientId: tools.environment[clientIdVariable] ?? "",
    clientSecret: tools.environment[clientSecretVariable] ?? "",
  };
  const path = "/oauth2/token";
  const answer = await post(tools, { path, fields: { ...application, ...fields } });
  if (answer.kind !== "done") return answer;
  const token = tokenAnswer.safeParse(answer.body).data;
  if (!token) return { kind: "unknown" };
  const lifeSeconds = token.expires_in ?? usualTokenLifeSeconds;
  const expiresAt = tools.now() + lifeSeconds * 1000;
  const { access_token: accessToken, refresh_token: refreshToken } = token;
  await tools.memory.write(JSON.stringify({ accessToken, refreshToken, expiresAt }));
  return { kind: "token", token: accessToken };
}

async function readKept({ tools }: Access): Promise<z.infer<typeof kept> | undefined> {
  const text = await tools.memory.read();
  if (text === undefined) return undefined;
  try {
    return kept.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** The form in which the vendor wants passwords. */
const md5 = (password: string): string => createHash("md5").update(password).digest("hex");

const isRefusedWith = (answer: ApiAnswer | Ticket, codes: Iterable<number>): boolean =>
  answer.kind === "refused" && new Set(codes).has(answer.errcode);
