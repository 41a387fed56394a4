import type { Metrics } from "#platform/metrics/metrics.ts";

export interface AttemptMetrics {
  /** One try at a vendor has ended. */
  ended(attempt: {
    readonly provider: string;
    /** `send`, `settle`, or a step of a code: `add`, `confirm`... */
    readonly act: string;
    readonly outcome: string;
    readonly seconds: number;
  }): void;
}

export function makeAttemptMetrics(metrics: Metrics): AttemptMetrics {
  const count = metrics.counter(
    "attempts_total",
    "Tries at vendors, by provider, act and outcome.",
    ["provider", "act", "outcome"],
  );
  const time = metrics.timer("attempt_seconds", "How long a try at a vendor took.", [
    "provider",
    "act",
  ]);
  return {
    ended: ({ provider, act, outcome, seconds }) => {
      count.inc({ provider, act, outcome });
      time.observe({ provider, act }, seconds);
    },
  };
}
