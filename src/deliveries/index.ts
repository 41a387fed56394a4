export type { AttemptMetrics } from "./attempt-metrics.ts";
export type { AttemptEnd, DeliveryChange, NewDelivery } from "./deliveries.store.ts";
export type { Guardian, Watched } from "./health.ts";
export type { Trouble } from "./trouble.ts";
export { guestOf, maskAddress, sealMessage } from "./sealed-message.ts";
export { RETRY_LADDER_MS, retryDelayMs } from "./delivery.ts";
