import type { Queries } from "../db/database.ts";

/** One piece of work to plan. It becomes visible when the transaction commits that it is planned in. */
export interface Plan {
  readonly workspaceId: string;
  readonly kind: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** At most one job of a lane runs at a time, the oldest due one first. */
  readonly lane?: string;
  /** One waiting job per key: planning it again replaces payload and time. */
  readonly key?: string;
  /** Milliseconds since 1970; absent: now. */
  readonly runAt?: number;
}

/** A job that this node holds. Its handler ends with `finish` or `again` in the transaction that stores its effect. */
export interface Job {
  readonly workspaceId: string;
  readonly kind: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** 1 on the first run; runs that a crash cut short count. */
  readonly attempt: number;
  /** Ends the job. Throws `LeaseLost` when another node has taken it over: the transaction must not commit then. */
  finish(tx: Queries): Promise<void>;
  /** Lets the job wait until `runAt`. Throws `LeaseLost` as `finish` does. */
  again(tx: Queries, runAt: number): Promise<void>;
}

export type Handler = (job: Job) => Promise<void>;
