import type { Queries } from "../db/database.ts";
import type { Hints } from "./hints.ts";
import type { Handler, Plan } from "./job.ts";
import type { JobStore } from "./jobs.store.ts";
import { Runner } from "./runner.ts";

export type { Handler, Job, Plan } from "./job.ts";

export interface Jobs extends AsyncDisposable {
  plan(tx: Queries, plans: readonly Plan[]): Promise<void>;
  /** To be called after a commit that planned work: looks for it at once, here and on other nodes. */
  wake(runAt?: number): void;
  /** Tells of every `wake`, as a sign that something was committed; gives what ends that. */
  onWake(listener: () => void): () => void;
  /** Resolves when nothing is due and nothing runs. */
  idle(): Promise<void>;
  /** Jobs running on this node now. */
  readonly running: number;
}

export interface JobsOptions {
  readonly store: JobStore;
  /** None at all: this node plans work and leaves it to others. */
  readonly handlers: Readonly<Record<string, Handler>>;
  readonly now: () => number;
  /** Told about handlers that threw: a bug of ours or the database being away. The job runs again. */
  readonly onError: (error: unknown, kind: string) => void;
  /** Given when other nodes share the work: they are told of it, and leases of dead ones are waited for. */
  readonly openHints?: (onHint: () => void) => Hints;
  readonly concurrency?: number;
}

const HEARTBEAT_MS = 2_500;
/** The net under hints that got lost, and under work that falls due by the clock alone. */
const POLL_MS = 1_000;
/** Most of them wait for a vendor: so many may be slow before others wait for them. */
const CONCURRENCY = 32;

/** Starts claiming and running work. Work that an earlier process of a single node held runs again at once. */
export async function startJobs(options: JobsOptions): Promise<Jobs> {
  const { store, now, onError } = options;
  if (Object.keys(options.handlers).length === 0) return planningOnly(options);
  if (!options.openHints) await store.releaseAll();
  const timers = new Set<NodeJS.Timeout>();
  const runner: Runner = new Runner({
    ...options,
    concurrency: options.concurrency ?? CONCURRENCY,
    onAgain: (runAt) => lookAt(runner, timers, runAt - now()),
  });
  const hints = options.openHints?.(() => runner.look());
  const heartbeat = setInterval(
    () => void runner.beat().catch((error: unknown) => onError(error, "heartbeat")),
    HEARTBEAT_MS,
  );
  const poll = setInterval(() => runner.look(), POLL_MS);
  const wakes = makeWakes();
  runner.look();
  return {
    plan: (tx, plans) => store.plan(tx, plans, now()),
    onWake: wakes.on,
    wake: (runAt) => {
      wakes.tell();
      hints?.send();
      lookAt(runner, timers, (runAt ?? 0) - now());
    },
    idle: () => runner.idle(),
    get running() {
      return runner.running;
    },
    async [Symbol.asyncDispose]() {
      clearInterval(poll);
      for (const timer of timers) clearTimeout(timer);
      await runner.stop();
      clearInterval(heartbeat);
      await hints?.[Symbol.asyncDispose]();
    },
  };
}

function planningOnly({ store, now, openHints }: JobsOptions): Jobs {
  const wakes = makeWakes();
  const hints = openHints?.(wakes.tell);
  return {
    plan: (tx, plans) => store.plan(tx, plans, now()),
    onWake: wakes.on,
    wake: () => {
      wakes.tell();
      hints?.send();
    },
    idle: () => Promise.resolve(),
    running: 0,
    async [Symbol.asyncDispose]() {
      await hints?.[Symbol.asyncDispose]();
    },
  };
}

function makeWakes() {
  const listeners = new Set<() => void>();
  return {
    tell: (): void => listeners.forEach((listener) => listener()),
    on: (listener: () => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** Work that falls due before the next poll is looked for at its time. */
function lookAt(runner: Runner, timers: Set<NodeJS.Timeout>, waitMs: number): void {
  if (waitMs <= 0) return runner.look();
  if (waitMs > POLL_MS) return;
  const timer = setTimeout(() => {
    timers.delete(timer);
    runner.look();
  }, waitMs);
  timers.add(timer);
}
