import type { Vault } from "#domain/vault.ts";
import type { IntakeEvent, Verdict } from "#intake/index.ts";
import type { Connections } from "#integrations/index.ts";
import type { Database, Queries } from "#platform/db/database.ts";
import type { Handler, Job, Jobs } from "#platform/jobs/jobs.ts";
import { makePace } from "#platform/outbound/pace.ts";
import type { AttemptMetrics } from "./attempt-metrics.ts";
import { runDelivery } from "./deliveries.jobs.ts";
import * as store from "./deliveries.store.ts";
import type { NewDelivery } from "./deliveries.store.ts";
import { makeGuardian, type HealthStore } from "./guardian.feature.ts";
import type { Guardian } from "./health.ts";
import { NOTICE_WORK, runNotice, tellTrouble, type NoticeNeeds } from "./notices.jobs.ts";
import { planSends, SEND_WORK } from "./plan.jobs.ts";
import { runListen, runReceipts } from "./listen.jobs.ts";
import { LISTEN_WORK, RECEIPT_WORK, runReceipt } from "./receipts.jobs.ts";
import type { Trouble } from "./trouble.ts";

export interface DeliveriesNeeds {
  readonly database: Database;
  readonly jobs: () => Jobs;
  readonly connections: Connections;
  readonly health: HealthStore;
  readonly vault: Vault;
  readonly now: () => number;
  readonly random: () => number;
  readonly ladder: readonly number[];
  readonly metrics: AttemptMetrics;
  readonly receiptUrl: (workspaceId: string, integrationId: string) => string | undefined;
  readonly storeVerdict: (tx: Queries, event: IntakeEvent, verdict: Verdict) => Promise<void>;
  readonly send: NoticeNeeds["send"];
  readonly hookOf: NoticeNeeds["hookOf"];
}

export interface Deliveries {
  readonly handlers: Readonly<Record<string, Handler>>;
  readonly guardian: Guardian;
  readonly planSends: (tx: Queries, deliveries: readonly NewDelivery[]) => Promise<void>;
  readonly insertDeliveries: (tx: Queries, deliveries: readonly NewDelivery[]) => Promise<void>;
  readonly tell: (tx: Queries, trouble: Trouble) => Promise<void>;
  /** Works on a status webhook that was kept. */
  readonly runReceipts: (job: Job, event: IntakeEvent) => Promise<void>;
  /** The record of attempts, for acts that are no messages. */
  readonly attempts: {
    readonly begin: typeof store.beginAct;
    readonly end: typeof store.endAttempt;
    readonly change: typeof store.changeDelivery;
  };
}

/** Everything that goes out, and the mails about what did not. */
export function makeDeliveries(needs: DeliveriesNeeds): Deliveries {
  const guardian = makeGuardian({ store: needs.health, pace: makePace(needs.now), now: needs.now });
  const tell = (tx: Queries, trouble: Trouble) => tellTrouble(needs, tx, trouble);
  const sending = { ...needs, guardian, tell, listening: new Set<string>() };
  return {
    guardian,
    tell,
    planSends: (tx, deliveries) => planSends(needs, tx, deliveries),
    insertDeliveries: store.insertDeliveries,
    runReceipts: (job, event) => runReceipts(sending, job, event),
    attempts: { begin: store.beginAct, end: store.endAttempt, change: store.changeDelivery },
    handlers: {
      [SEND_WORK]: (job) => runDelivery(sending, job),
      [RECEIPT_WORK]: (job) => runReceipt(sending, job),
      [LISTEN_WORK]: (job) => runListen(sending, job),
      [NOTICE_WORK]: (job) => runNotice(needs, job),
    },
  };
}
