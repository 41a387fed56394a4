import type { DemoApi } from "./api.ts";
import { names } from "./studio.ts";

/** The demo's hooks by what they are for: short URLs with nothing secret in them. */
export interface DemoHooks {
  readonly frontDoor: string;
  readonly backDoor: string;
  readonly telegram: string;
  readonly greenApi: string;
  readonly wappi: string;
  readonly wazzup24: string;
}

const bot = { telegramToken: names.bot, telegramFieldName: "*TelegramId" };
const errorEmail = "owner@example.org";

/** Stores every hook of the studio at the server, as a person would do with `concierge hooks add`. */
export async function addHooks(api: DemoApi): Promise<DemoHooks> {
  const { username, password } = names;
  const account = { username, password, errorEmail };
  const door = { ...account, validBeforeMinutes: "15", deliverVia: "telegram", ...bot };
  return {
    frontDoor: await api.addHook("ttlock", { ...door, lockId: String(names.frontDoor.id) }),
    backDoor: await api.addHook("ttlock", { ...door, lockId: String(names.backDoor.id) }),
    telegram: await api.addHook("telegram", { ...bot, errorEmail }),
    greenApi: await api.addHook("green-api", {
      apiUrl: "1101.api.green-api.com",
      idInstance: names.greenInstance,
      apiTokenInstance: names.greenToken,
      errorEmail,
    }),
    wappi: await api.addHook("wappi", {
      apiToken: names.wappiToken,
      cascadeId: names.cascade,
      errorEmail,
    }),
    wazzup24: await api.addHook("wazzup24", {
      key_api: names.wazzupKey,
      channel_id: names.wazzupChannel,
      errorEmail,
    }),
  };
}
