import { randomUUID } from "node:crypto";
import type { Queries } from "../db/database.ts";
import type { Hints } from "./hints.ts";
import type { JobStore, WorkRow } from "./jobs.store.ts";
import { LeaseLost } from "./lease-lost.ts";

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

export interface Jobs extends AsyncDisposable {
  plan(tx: Queries, plans: readonly Plan[]): Promise<void>;
  /** To be called after a commit that planned work: looks for it at once, here and on other nodes. */
  wake(runAt?: number): void;
  /** Resolves when nothing is due and nothing runs. */
  idle(): Promise<void>;
  /** Jobs running on this node now. */
  readonly running: number;
}

export interface JobsOptions {
  readonly store: JobStore;
  readonly handlers: Readonly<Record<string, Handler>>;
  readonly now: () => number;
  /** Told about handlers that threw: a bug of ours or the database being away. The job runs again. */
  readonly onError: (error: unknown, kind: string) => void;
  /** Given when other nodes share the work: they are told of it, and leases of dead ones are waited for. */
  readonly openHints?: (onHint: () => void) => Hints;
  readonly concurrency?: number;
}

/** How long a job may go without a heartbeat before another node takes it; a crash is made good within 15 s. */
const LEASE_MS = 10_000;
const HEARTBEAT_MS = 2_500;
/** The net under hints that got lost, and under work that falls due by the clock alone. */
const POLL_MS = 1_000;
/** After a handler threw. */
const RETRY_MS = [1_000, 5_000, 15_000, 60_000, 300_000] as const;
const CONCURRENCY = 16;

/** Starts claiming and running work. Work that an earlier process of a single node held runs again at once. */
export async function startJobs(options: JobsOptions): Promise<Jobs> {
  const { store } = options;
  if (!options.openHints) await store.releaseAll();
  const runner = makeRunner(options);
  const hints = options.openHints?.(() => runner.look());
  const heartbeat = setInterval(() => runner.heartbeat(), HEARTBEAT_MS);
  const poll = setInterval(() => runner.look(), POLL_MS);
  runner.look();
  return {
    plan: (tx, plans) => store.plan(tx, plans, options.now()),
    wake: (runAt) => {
      hints?.send();
      runner.wake(runAt);
    },
    idle: () => runner.idle(),
    get running() {
      return runner.running();
    },
    async [Symbol.asyncDispose]() {
      clearInterval(poll);
      await runner.stop();
      clearInterval(heartbeat);
      await hints?.[Symbol.asyncDispose]();
    },
  };
}

interface Runner {
  look(): void;
  wake(runAt?: number): void;
  heartbeat(): void;
  running(): number;
  idle(): Promise<void>;
  stop(): Promise<void>;
}

function makeRunner(options: JobsOptions): Runner {
  const { store, now, onError } = options;
  const most = options.concurrency ?? CONCURRENCY;
  const held = new Map<string, Promise<void>>();
  const timers = new Set<NodeJS.Timeout>();
  let isStopped = false;
  let looking: Promise<void> | undefined;
  let wantsLook = false;

  const run = async (row: WorkRow): Promise<void> => {
    const job = makeJob(row, store);
    try {
      const handler = options.handlers[row.kind];
      if (!handler) throw new Error(`No handler is registered for work of kind ${row.kind}.`);
      await handler(job);
    } catch (error) {
      if (!(error instanceof LeaseLost)) await giveBack(row, error);
    }
  };
  const giveBack = async (row: WorkRow, error: unknown): Promise<void> => {
    onError(error, row.kind);
    const wait = RETRY_MS[Math.min(row.attempt, RETRY_MS.length) - 1] ?? RETRY_MS[0];
    // When even this fails, the database is away: the lease runs out and the job is claimed again.
    await store.again(row, now() + wait).catch((failure: unknown) => onError(failure, row.kind));
  };
  const start = (row: WorkRow): void => {
    const ended = run(row).finally(() => {
      held.delete(row.id);
      look();
    });
    held.set(row.id, ended);
  };
  const claim = async (): Promise<void> => {
    const free = most - held.size;
    if (free === 0) return;
    const rows = await store.claim({
      lease: randomUUID(),
      now: now(),
      most: free,
      leaseMs: LEASE_MS,
    });
    for (const row of rows) start(row);
  };
  const lookWhileWanted = async (): Promise<void> => {
    while (wantsLook && !isStopped) {
      wantsLook = false;
      await claim().catch((error: unknown) => onError(error, "claim"));
    }
    looking = undefined;
  };
  const look = (): void => {
    wantsLook = true;
    if (!isStopped) looking ??= lookWhileWanted();
  };
  return {
    look,
    wake: (runAt) => {
      const wait = (runAt ?? 0) - now();
      if (wait <= 0) return look();
      if (wait > POLL_MS) return;
      const timer = setTimeout(() => {
        timers.delete(timer);
        look();
      }, wait);
      timers.add(timer);
    },
    heartbeat: () => {
      void store
        .beat([...held.keys()], LEASE_MS)
        .then((freed) => (freed > 0 ? look() : undefined))
        .catch((error: unknown) => onError(error, "heartbeat"));
    },
    running: () => held.size,
    idle: async () => {
      for (;;) {
        await looking;
        await Promise.all(held.values());
        const isDue = await store.hasDue(now());
        if (!isDue && held.size === 0 && !looking) return;
        if (isDue) look();
      }
    },
    stop: async () => {
      isStopped = true;
      for (const timer of timers) clearTimeout(timer);
      await Promise.allSettled(held.values());
    },
  };
}

function makeJob(row: WorkRow, store: JobStore): Job {
  const must = async (isHeld: Promise<boolean>): Promise<void> => {
    if (!(await isHeld)) throw new LeaseLost(row.kind);
  };
  return {
    workspaceId: row.workspace_id,
    kind: row.kind,
    payload: row.payload,
    attempt: row.attempt,
    finish: (tx) => must(store.finish(tx, row)),
    again: (tx, runAt) => must(store.again(row, runAt, tx)),
  };
}
