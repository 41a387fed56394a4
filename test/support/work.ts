import { randomUUID } from "node:crypto";
import type { Database } from "#platform/db/database.ts";
import { makeJobStore, type JobStore, type WorkRow } from "#platform/jobs/jobs.store.ts";
import type { Plan } from "#platform/jobs/jobs.ts";

export interface Work extends JobStore {
  readonly database: Database;
  /** Plans in a transaction of its own. */
  add(...plans: readonly Partial<Plan>[]): Promise<void>;
  take(most?: number, now?: number): Promise<readonly WorkRow[]>;
  /** As if the nodes that hold work had died long ago. */
  killHolders(): Promise<void>;
  rows(): Promise<readonly { kind: string; key: string | null; isHeld: boolean }[]>;
}

/** The work table alone, without anybody who runs what is in it. */
export function makeWork(database: Database, now: () => number = () => 0): Work {
  const store = makeJobStore(database);
  return {
    ...store,
    database,
    add: (...plans) => database.transact((tx) => store.plan(tx, plans.map(toPlan), now())),
    take: (most = 10, at = now()) =>
      store.claim({ lease: randomUUID(), now: at, most, leaseMs: 60_000 }),
    killHolders: async () => {
      await database.query(
        "update work set leased_until = clock_timestamp() - interval '1 second' where lease is not null",
      );
    },
    rows: () =>
      database.query(
        `select kind, key, lease is not null as "isHeld" from work order by run_at, id`,
      ),
  };
}

function toPlan(given: Partial<Plan>): Plan {
  return { workspaceId: "main", kind: "test", payload: {}, ...given };
}
