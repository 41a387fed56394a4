/** How quickly the vendors act and the story goes on. */
export interface Pace {
  /** Between two steps, so that a person can watch. */
  readonly pauseMs: number;
  /** Before the first one, so that a person can open the page. */
  readonly openPageMs: number;
  /** One talk of a gateway with its lock. */
  readonly gatewayMs: number;
  readonly deliveredAfterMs: number;
  readonly readAfterMs: number;
  /** As `CONCIERGE_RETRY_DELAYS`. */
  readonly retryDelays: string;
}

export const calm: Pace = {
  pauseMs: 3_000,
  openPageMs: 8_000,
  gatewayMs: 1_500,
  deliveredAfterMs: 1_500,
  readAfterMs: 4_000,
  retryDelays: "4s,5s,6s",
};

export const fast: Pace = {
  pauseMs: 0,
  openPageMs: 0,
  gatewayMs: 20,
  deliveredAfterMs: 200,
  readAfterMs: 400,
  retryDelays: "300ms,500ms",
};
