import type { Metrics } from "#platform/metrics/metrics.ts";
import type { IntakeState } from "./intake.store.ts";

export interface IntakeMetrics {
  /** An event was kept or could not be; `seconds` from its arrival to its answer. */
  accepted(event: {
    readonly source: string;
    readonly result: "kept" | "refused" | "store-away";
    readonly seconds: number;
  }): void;
  /** An event was worked on. */
  processed(source: string, state: IntakeState): void;
}

/** `source` is that of the intake event, such as `hook:ttlock`: few values, none of them a caller's. */
export function makeIntakeMetrics(metrics: Metrics): IntakeMetrics {
  const answers = metrics.counter(
    "intake_total",
    "Inbound events answered, by source and result.",
    ["source", "result"],
  );
  const time = metrics.timer("intake_seconds", "From an event's arrival to its answer.", [
    "source",
  ]);
  const worked = metrics.counter(
    "intake_processed_total",
    "Inbound events worked on, by source and what became of them.",
    ["source", "state"],
  );
  return {
    accepted: ({ source, result, seconds }) => {
      answers.inc({ source, result });
      time.observe({ source }, seconds);
    },
    processed: (source, state) => worked.inc({ source, state }),
  };
}
