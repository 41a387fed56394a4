import type { Manifest } from "#domain/manifest.ts";
import { sourceId } from "./inbound.ts";

/** The environment variable with the personal token, from the source's profile, settings, integrations. */
export const tokenVariable = "CONCIERGE_TORROW_TOKEN";

export const manifest = {
  id: sourceId,
  name: "Torrow",
  icon: "calendar-event",
  api: { baseUrl: "https://torrow.net/api/v1", environmentName: "TORROW" },
  environment: [
    {
      name: tokenVariable,
      meaning: {
        ru: "Личный токен API Torrow: с ним код доступа попадает в описание заказа, а заказ перечитывается перед началом.",
        en: "Personal API token of Torrow: with it the code gets into the order's description, and the order is read again before its start.",
      },
      isSecret: true,
    },
  ],
  settings: [],
  /** None is published; a few calls a booking stay far below. */
  limits: { callsPerSecond: 5 },
} as const satisfies Manifest;
