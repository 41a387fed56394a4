import { startGreenApiSimulator, type GreenApiSimulator } from "../green-api.ts";
import { startTelegramSimulator, type TelegramSimulator } from "../telegram.ts";
import { startTorrowSimulator, type TorrowSimulator } from "../torrow.ts";
import { startTtlockSimulator, type TtlockSimulator } from "../ttlock.ts";
import { startWappiSimulator, type WappiSimulator } from "../wappi.ts";
import { startWazzup24Simulator, type Wazzup24Simulator } from "../wazzup24.ts";
import type { Pace } from "./pace.ts";

/** A studio with two doors, and every vendor that it has an account with. */
export interface Studio extends AsyncDisposable {
  readonly torrow: TorrowSimulator;
  readonly ttlock: TtlockSimulator;
  readonly telegram: TelegramSimulator;
  readonly greenApi: GreenApiSimulator;
  readonly wappi: WappiSimulator;
  readonly wazzup24: Wazzup24Simulator;
}

/** Invented, like all of the demo's data. */
export const names = {
  username: "owner@example.org",
  password: "demo-password",
  frontDoor: { id: 11432744, alias: "Студия", gateway: 90_001 },
  backDoor: { id: 11432745, alias: "Мастерская", gateway: 90_002 },
  bot: "100000001:DemoBotTokenOfTheSimulator000000000",
  wappiToken: "demo-key-of-the-wappi-cabinet-000000",
  cascade: "demo0cascade00000001",
  profile: "d3m0d3m0-0001",
  greenInstance: "1101000001",
  greenToken: "demo-token-of-the-green-api-instance-0000000000000",
  wazzupKey: "demo0key0of0the0wazzup24account0",
  wazzupChannel: "b96a353b-0000-4cac-8413-ba0000000001",
} as const;

/** Starts the vendors. A message that one of them takes is delivered and read by itself a little later. */
export async function openStudio(pace: Pace): Promise<Studio> {
  await using opened = new AsyncDisposableStack();
  const delivered = { status: "delivered", afterMs: pace.deliveredAfterMs } as const;
  const read = { status: "read", afterMs: pace.readAfterMs } as const;
  const statuses = [delivered, read] as const;
  const studio = {
    torrow: opened.use(await startTorrowSimulator()),
    ttlock: opened.use(await startTtlockSimulator()),
    telegram: opened.use(await startTelegramSimulator()),
    greenApi: opened.use(await startGreenApiSimulator({ statuses })),
    wappi: opened.use(await startWappiSimulator({ statuses })),
    wazzup24: opened.use(await startWazzup24Simulator({ statuses })),
  };
  furnish(studio);
  studio.ttlock.setGatewayLatency(pace.gatewayMs);
  const owned = opened.move();
  return { ...studio, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

function furnish({
  ttlock,
  telegram,
  greenApi,
  wappi,
  wazzup24,
}: Omit<Studio, keyof AsyncDisposable>) {
  const { username, password } = names;
  ttlock.addAccount({ username, password });
  for (const { id, alias, gateway } of [names.frontDoor, names.backDoor])
    ttlock.addLock({ lockId: id, owner: username, alias, gatewayIds: [gateway] });
  telegram.addBot(names.bot, { name: "Студия на Примерной", username: "demo_studio_bot" });
  greenApi.addInstance({ id: names.greenInstance, token: names.greenToken, kind: "whatsapp" });
  wappi.addProfile({ token: names.wappiToken, id: names.profile, platform: "wa", name: "Студия" });
  wappi.addCascade({
    token: names.wappiToken,
    id: names.cascade,
    name: "WhatsApp, SMS",
    order: [{ platform: "wa", profileId: names.profile }, { platform: "sms" }],
  });
  wazzup24.addChannel({
    key: names.wazzupKey,
    channelId: names.wazzupChannel,
    transport: "whatsapp",
  });
}

/** Variables that lead the server to the vendors here. */
export function environmentOf(studio: Studio): Readonly<Record<string, string>> {
  const { torrow, ttlock, telegram, greenApi, wappi, wazzup24 } = studio;
  return {
    CONCIERGE_API_BASE_TORROW: torrow.url,
    CONCIERGE_API_BASE_TTLOCK: ttlock.url,
    CONCIERGE_API_BASE_TELEGRAM: telegram.url,
    CONCIERGE_API_BASE_GREEN_API: greenApi.url,
    CONCIERGE_API_BASE_WAPPI: wappi.url,
    CONCIERGE_API_BASE_WAZZUP24: wazzup24.url,
    CONCIERGE_TORROW_TOKEN: torrow.token,
    CONCIERGE_TTLOCK_CLIENT_ID: ttlock.application.clientId,
    CONCIERGE_TTLOCK_CLIENT_SECRET: ttlock.application.clientSecret,
  };
}
