import { startGreenApiSimulator } from "../../../simulators/green-api.ts";
import { startTelegramSimulator } from "../../../simulators/telegram.ts";
import { startTorrowSimulator } from "../../../simulators/torrow.ts";
import { startTtlockSimulator } from "../../../simulators/ttlock.ts";
import { startWazzup24Simulator } from "../../../simulators/wazzup24.ts";

export const HOOK_KEY = "crash-hook-key-0123456789abcdef";
const USERNAME = "owner@example.org";
const BOT = "6126237741:AAFQKNyn1jhScXSGsYCh_yxwWDT578ARMGA";
const GREEN_API = { id: "1101000001", token: "crash-green-api-token-0123456789" };
const WAZZUP24 = {
  key: "crash-wazzup-key-0123456789",
  channelId: "b96a353b-0000-4cac-8413-ba0000000001",
};
/** Each has a gateway of its own. */
export const LOCKS = [11432744, 11432745, 11432746] as const;
export const KINDS = ["ttlock", "green-api", "wazzup24", "telegram"] as const;
export type Kind = (typeof KINDS)[number];

/** How long every call takes, and every talk with a lock: the time in which a kill finds a call under way. */
const LATENCY_MS = 60;
const GATEWAY_LATENCY_MS = 150;

export type CrashVendors = Awaited<ReturnType<typeof startCrashVendors>>;

/** The vendors, which live on while the server is killed, with an account at each. */
export async function startCrashVendors(opened: AsyncDisposableStack) {
  const ttlock = opened.use(await startTtlockSimulator());
  const telegram = opened.use(await startTelegramSimulator());
  const greenApi = opened.use(await startGreenApiSimulator());
  const wazzup24 = opened.use(await startWazzup24Simulator());
  const torrow = opened.use(await startTorrowSimulator());
  for (const { faults } of [ttlock, telegram, greenApi, wazzup24])
    faults.add(/./, { kind: "latency", ms: LATENCY_MS }, Infinity);
  ttlock.setGatewayLatency(GATEWAY_LATENCY_MS);
  ttlock.addAccount({ username: USERNAME, password: "door pass" });
  for (const [place, lockId] of LOCKS.entries())
    ttlock.addLock({ lockId, owner: USERNAME, gatewayIds: [90_001 + place] });
  telegram.addBot(BOT, {});
  greenApi.addInstance({ ...GREEN_API, kind: "whatsapp" });
  wazzup24.addChannel({ ...WAZZUP24, transport: "whatsapp" });
  return { ttlock, telegram, greenApi, wazzup24, torrow };
}

/** Variables that point the server at the vendors. */
export function environmentFor(vendors: CrashVendors, port: number): Record<string, string> {
  return {
    CONCIERGE_PORT: String(port),
    CONCIERGE_HOOK_KEY: HOOK_KEY,
    CONCIERGE_SECRET_KEY: Buffer.alloc(32, 7).toString("base64"),
    CONCIERGE_API_BASE_TTLOCK: vendors.ttlock.url,
    CONCIERGE_API_BASE_TELEGRAM: vendors.telegram.url,
    CONCIERGE_API_BASE_GREEN_API: vendors.greenApi.url,
    CONCIERGE_API_BASE_WAZZUP24: vendors.wazzup24.url,
    CONCIERGE_TTLOCK_CLIENT_ID: vendors.ttlock.application.clientId,
    CONCIERGE_TTLOCK_CLIENT_SECRET: vendors.ttlock.application.clientSecret,
    CONCIERGE_RETRY_DELAYS: "200ms,500ms,1s",
  };
}

/** Path and query of a hook. */
export function hookPath(kind: Kind, lockId: number): string {
  const given: Readonly<Record<Kind, Record<string, string>>> = {
    ttlock: {
      username: USERNAME,
      password: "door pass",
      lockId: String(lockId),
      codeLength: "8",
      validBeforeMinutes: "15",
    },
    "green-api": {
      apiUrl: "1103.api.green-api.com",
      idInstance: GREEN_API.id,
      apiTokenInstance: GREEN_API.token,
    },
    wazzup24: { key_api: WAZZUP24.key, channel_id: WAZZUP24.channelId, chat_type: "whatsapp" },
    telegram: { telegramToken: BOT, telegramFieldName: "*TelegramId" },
  };
  const all = { ...given[kind], errorEmail: USERNAME, key: HOOK_KEY };
  const query = Object.entries(all).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `/webhook/${kind}?${query.join("&")}`;
}
