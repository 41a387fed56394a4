import { SMTPServer } from "smtp-server";
import type { AddressInfo } from "node:net";
import PostalMime, { type Email } from "postal-mime";
import { readConfig } from "#config/environment.ts";
import { manualClock, type ManualClock } from "#platform/clock/clock.ts";
import { makeLog } from "#platform/log/log.ts";
import { makeVault } from "#platform/secrets/vault.ts";
import { createHub, WORKSPACE, type Hub } from "../../src/hub.ts";
import { startGreenApiSimulator } from "../../simulators/green-api.ts";
import { startTelegramSimulator } from "../../simulators/telegram.ts";
import { startTorrowSimulator } from "../../simulators/torrow.ts";
import { startTtlockSimulator } from "../../simulators/ttlock.ts";
import { startWappiSimulator } from "../../simulators/wappi.ts";
import { startWazzup24Simulator } from "../../simulators/wazzup24.ts";
import { testDatabase } from "./database.ts";
import { makeMortal, type MortalDatabase } from "./mortal-database.ts";

export const HOOK_KEY = "test-hook-key-0123456789abcdef";

/** The whole server on a database of its own, every vendor as a simulator, real mail, and a clock that the test moves. */
export interface TestServer extends AsyncDisposable {
  readonly hub: Hub;
  readonly url: string;
  readonly clock: ManualClock;
  readonly database: Awaited<ReturnType<typeof testDatabase>>;
  readonly mails: Email[];
  readonly vendors: Vendors;
  /** Lines that the server logged. */
  readonly log: string[];
  /** A hook's URL with the key; the rest of the query as it would be typed. */
  hook(kind: string, query: string): string;
  /** Posts an event and waits until its work is done. */
  post(url: string, body: unknown): Promise<Response>;
  /** Moves the clock and waits until all that fell due is done. */
  advance(ms: number): Promise<void>;
  idle(): Promise<void>;
  /** Kills the server's process, as far as its database can tell, once it has made so many more statements. */
  dieAfter(statements: number): void;
  /** Kills it now, whatever it is doing, and starts another one on the same database; its address changes. */
  crash(): Promise<void>;
}

export interface Vendors {
  readonly ttlock: Awaited<ReturnType<typeof startTtlockSimulator>>;
  readonly telegram: Awaited<ReturnType<typeof startTelegramSimulator>>;
  readonly wappi: Awaited<ReturnType<typeof startWappiSimulator>>;
  readonly greenApi: Awaited<ReturnType<typeof startGreenApiSimulator>>;
  readonly wazzup24: Awaited<ReturnType<typeof startWazzup24Simulator>>;
  readonly torrow: Awaited<ReturnType<typeof startTorrowSimulator>>;
}

export interface TestServerOptions {
  /** Variables beside those that point at the simulators. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly startAt?: number;
  /** The demo's way: nobody needs a token, and codes are shown. */
  readonly isDemo?: boolean;
  /** Default: any free one. */
  readonly port?: number;
}

/** 9 November 2026, 12:00 in Moscow. */
export const NOON = Date.parse("2026-11-09T09:00:00Z");

export async function openTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const opened = new AsyncDisposableStack();
  const clock = manualClock(options.startAt ?? NOON);
  const vendors = await startVendors(opened, clock);
  const { mails, url: smtpUrl } = await startMail(opened);
  const database = opened.use(await testDatabase());
  const log: string[] = [];
  const { config, secrets } = readConfig(
    { ...variables(vendors, smtpUrl), ...options.environment },
    { port: String(options.port ?? 0) },
  );
  const vault = makeVault({ keys: secrets.keys ?? [new Uint8Array(32).fill(7)] });
  const openHub = async (hold: MortalDatabase): Promise<Hub> =>
    await createHub({
      config,
      secrets,
      clock,
      isDemo: options.isDemo ?? false,
      log: makeLog({ level: "info", to: { write: (line) => void log.push(line) } }),
      ground: {
        dataDir: "",
        database: hold,
        vault,
        isShared: false,
        [Symbol.asyncDispose]: () => Promise.resolve(),
      },
    });
  let hold = makeMortal(database);
  let hub = await openHub(hold);
  opened.defer(() => hub[Symbol.asyncDispose]());
  const idle = () => runOut({ hub, clock, database });
  return {
    get hub() {
      return hub;
    },
    get url() {
      return hub.web?.url ?? "";
    },
    dieAfter: (statements) => hold.dieAfter(statements),
    crash: async () => {
      hold.dieAfter(0);
      await Promise.resolve(hub[Symbol.asyncDispose]()).catch(() => undefined);
      hold = makeMortal(database);
      hub = await openHub(hold);
    },
    clock,
    database,
    mails,
    vendors,
    log,
    idle,
    hook: (kind, query) => `${hub.web?.url ?? ""}/webhook/${kind}?${query}&key=${HOOK_KEY}`,
    post: async (to, body) => {
      const answer = await fetch(to, {
        method: "POST",
        body: JSON.stringify(body),
        headers: { "content-type": "application/json" },
      });
      await idle();
      return answer;
    },
    advance: async (ms) => {
      clock.advance(ms);
      await idle();
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

/** Work that only waits for its turn in an account's pace is run, by moving the clock the little that it takes. */
const PACE_MS = 1_500;

async function runOut({
  hub,
  clock,
  database,
}: Pick<TestServer, "hub" | "clock" | "database">): Promise<void> {
  for (;;) {
    await hub.idle();
    const [next] = await database.query<{ at: number | null }>(
      "select min(run_at) as at from work",
    );
    if (!next?.at || next.at > clock.now() + PACE_MS) return;
    clock.set(Math.max(next.at, clock.now()));
  }
}

async function startVendors(opened: AsyncDisposableStack, clock: ManualClock): Promise<Vendors> {
  const now = () => clock.now();
  return {
    ttlock: opened.use(await startTtlockSimulator({ now })),
    telegram: opened.use(await startTelegramSimulator({})),
    wappi: opened.use(await startWappiSimulator({})),
    greenApi: opened.use(await startGreenApiSimulator({})),
    wazzup24: opened.use(await startWazzup24Simulator({})),
    torrow: opened.use(await startTorrowSimulator({})),
  };
}

function variables(vendors: Vendors, smtpUrl: string): Record<string, string> {
  return {
    CONCIERGE_HOOK_KEY: HOOK_KEY,
    CONCIERGE_SECRET_KEY: Buffer.alloc(32, 7).toString("base64"),
    CONCIERGE_API_BASE_TTLOCK: vendors.ttlock.url,
    CONCIERGE_API_BASE_TELEGRAM: vendors.telegram.url,
    CONCIERGE_API_BASE_WAPPI: vendors.wappi.url,
    CONCIERGE_API_BASE_GREEN_API: vendors.greenApi.url,
    CONCIERGE_API_BASE_WAZZUP24: vendors.wazzup24.url,
    CONCIERGE_API_BASE_TORROW: vendors.torrow.url,
    CONCIERGE_TTLOCK_CLIENT_ID: vendors.ttlock.application.clientId,
    CONCIERGE_TTLOCK_CLIENT_SECRET: vendors.ttlock.application.clientSecret,
    SMTP_URL: smtpUrl,
    CONCIERGE_MAIL_FROM: "concierge@example.org",
  };
}

async function startMail(opened: AsyncDisposableStack): Promise<{ mails: Email[]; url: string }> {
  const mails: Email[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        PostalMime.parse(Buffer.concat(chunks)).then(
          (mail) => {
            mails.push(mail);
            done();
          },
          (error: Error) => done(error),
        );
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  opened.defer(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { mails, url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}` };
}

export { WORKSPACE };
