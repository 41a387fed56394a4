import type { LockManifest } from "../lock.ts";
import { parameters } from "./parameters.ts";

export const clientIdVariable = "CONCIERGE_TTLOCK_CLIENT_ID";
export const clientSecretVariable = "CONCIERGE_TTLOCK_CLIENT_SECRET";

export const manifest = {
  id: "ttlock",
  name: "TTLock",
  icon: "lock",
  api: { baseUrl: "https://euapi.ttlock.com", environmentName: "TTLOCK" },
  environment: [
    {
      name: clientIdVariable,
      isSecret: false,
      meaning: {
        ru: "Client id вашего приложения на открытой платформе TTLock (euopen.ttlock.com).",
        en: "Client id of your application on the TTLock Open Platform (euopen.ttlock.com).",
      },
    },
    {
      name: clientSecretVariable,
      isSecret: true,
      meaning: {
        ru: "Client secret того же приложения.",
        en: "Client secret of the same application.",
      },
    },
  ],
  settings: [
    {
      name: "username",
      label: { ru: "Логин приложения TTLock", en: "Login of the TTLock app" },
      isSecret: false,
    },
    {
      name: "password",
      label: { ru: "Пароль приложения TTLock", en: "Password of the TTLock app" },
      isSecret: true,
    },
  ],
  /** The vendor names no number; it answers 30006 when there are too many. */
  limits: { callsPerSecond: 5 },
  hook: { kind: "ttlock", parameters },
} as const satisfies LockManifest<typeof parameters>;
