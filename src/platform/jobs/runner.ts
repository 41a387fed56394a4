import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Handler, Job } from "./job.ts";
import type { JobStore, WorkRow } from "./jobs.store.ts";
import { LeaseLost } from "./lease-lost.ts";

export interface RunnerOptions {
  readonly store: JobStore;
  readonly handlers: Readonly<Record<string, Handler>>;
  readonly now: () => number;
  readonly onError: (error: unknown, kind: string) => void;
  readonly concurrency: number;
  /** Told when work that runs here was put off. */
  readonly onAgain: (runAt: number) => void;
}

/** How long a job may go without a heartbeat before another node takes it; a crash is made good within 15 s. */
const LEASE_MS = 10_000;
/** While work waits in a queue, a claim for each job that ends would cost more than the jobs: a few ends share one. */
const GATHER_MS = 5;
/** After a handler threw, by the number of runs. */
const RETRY_MS = [1_000, 5_000, 15_000, 60_000, 300_000] as const;

/** Claims due work and runs it, so much at once as it is allowed to. Owns the jobs that it holds. */
export class Runner {
  readonly #options: RunnerOptions;
  readonly #held = new Map<string, Promise<void>>();
  #isStopped = false;
  #isWanted = false;
  #looking: Promise<void> | undefined;
  /** The last claim brought all that it asked for. */
  #hasMore = false;

  constructor(options: RunnerOptions) {
    this.#options = options;
  }

  get running(): number {
    return this.#held.size;
  }

  /** Looks for due work now, or once more when a look is under way. */
  look(): void {
    this.#isWanted = true;
    if (!this.#isStopped) this.#looking ??= this.#lookWhileWanted();
  }

  /** Extends the leases of what runs here, and frees what a dead node held. */
  async beat(): Promise<void> {
    const freed = await this.#options.store.beat([...this.#held.keys()], LEASE_MS);
    if (freed > 0) this.look();
  }

  async idle(): Promise<void> {
    const { store, now } = this.#options;
    for (;;) {
      await this.#looking;
      await Promise.all(this.#held.values());
      const isDue = await store.hasDue(now());
      if (!isDue && this.#held.size === 0 && !this.#looking) return;
      if (isDue) this.look();
    }
  }

  /** Claims nothing more and waits for what runs. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#looking;
    await Promise.allSettled(this.#held.values());
  }

  async #lookWhileWanted(): Promise<void> {
    do {
      this.#isWanted = false;
      await this.#claim().catch((error: unknown) => this.#options.onError(error, "claim"));
    } while (this.#isWanted && !this.#isStopped);
    this.#looking = undefined;
  }

  async #claim(): Promise<void> {
    const { store, now, concurrency } = this.#options;
    if (this.#hasMore && this.#held.size > concurrency / 2) await wait(GATHER_MS);
    const most = concurrency - this.#held.size;
    if (most <= 0) return;
    const rows = await store.claim({ lease: randomUUID(), now: now(), most, leaseMs: LEASE_MS });
    this.#hasMore = rows.length === most;
    for (const row of rows) this.#start(row);
  }

  #start(row: WorkRow): void {
    const ended = this.#run(row).finally(() => {
      this.#held.delete(row.id);
      this.look();
    });
    this.#held.set(row.id, ended);
  }

  async #run(row: WorkRow): Promise<void> {
    try {
      const handler = this.#options.handlers[row.kind];
      if (!handler) throw new Error(`No handler is registered for work of kind ${row.kind}.`);
      await handler(makeJob(row, this.#options));
    } catch (error) {
      if (!(error instanceof LeaseLost)) await this.#giveBack(row, error);
    }
  }

  async #giveBack(row: WorkRow, error: unknown): Promise<void> {
    const { store, now, onError } = this.#options;
    onError(error, row.kind);
    const waitMs = RETRY_MS[Math.min(row.attempt, RETRY_MS.length) - 1] ?? RETRY_MS[0];
    // When even this fails, the database is away: the lease runs out and the job is claimed again.
    await store.again(row, now() + waitMs).catch((failure: unknown) => onError(failure, row.kind));
  }
}

function makeJob(row: WorkRow, { store, onAgain }: RunnerOptions): Job {
  const must = async (isHeld: Promise<boolean>): Promise<void> => {
    if (!(await isHeld)) throw new LeaseLost(row.kind);
  };
  return {
    workspaceId: row.workspace_id,
    kind: row.kind,
    payload: row.payload,
    attempt: row.attempt,
    finish: (tx) => must(store.finish(tx, row)),
    again: async (tx, runAt) => {
      await must(store.again(row, runAt, tx));
      onAgain(runAt);
    },
  };
}
