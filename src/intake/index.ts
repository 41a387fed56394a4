export type { Arrival, Intake } from "./accept.ts";
export type { IntakeMetrics } from "./intake-metrics.ts";
export type { IntakeEvent, IntakeState, IntakeSummary, Verdict } from "./intake.store.ts";
