import type { Vault } from "#domain/vault.ts";
import type { Connections } from "#integrations/index.ts";
import type { Database, Queries } from "#platform/db/database.ts";
import type { Job, Jobs } from "#platform/jobs/jobs.ts";
import type { AttemptMetrics } from "./attempt-metrics.ts";
import type * as store from "./deliveries.store.ts";
import type { Guardian, Watched } from "./health.ts";
import type { Trouble } from "./trouble.ts";

export interface DeliveryNeeds {
  readonly database: Database;
  readonly jobs: () => Jobs;
  readonly connections: Connections;
  readonly guardian: Guardian;
  readonly vault: Vault;
  readonly now: () => number;
  readonly random: () => number;
  readonly ladder: readonly number[];
  readonly metrics: AttemptMetrics;
  /** Where a vendor may tell us what became of messages; nothing while nobody can reach us. */
  readonly receiptUrl: (workspaceId: string, integrationId: string) => string | undefined;
  /** The addresses at which vendors were asked to tell us, and answered: asked once by each process. */
  readonly listening: Set<string>;
  /** Tells whoever asked for it in the hook, grouped. */
  readonly tell: (tx: Queries, trouble: Trouble) => Promise<void>;
}

/** One step of one delivery under way. */
export interface Run {
  readonly needs: DeliveryNeeds;
  readonly job: Job;
  readonly delivery: store.LoadedDelivery;
  readonly opened: Awaited<ReturnType<Connections["channel"]>>;
  readonly watched: Watched;
}

export function keyOf({ job, delivery }: Run): store.Key {
  return { workspaceId: job.workspaceId, id: delivery.id };
}
