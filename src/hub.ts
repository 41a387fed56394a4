import { codeHandlers } from "#access-codes/code-handlers.feature.ts";
import { RECEIPT_SOURCE } from "#deliveries/receipts.routes.ts";
import { runHookEvent } from "#hooks/hooks.jobs.ts";
import { makeIntakeFeature, planPruning } from "#intake/intake.feature.ts";
import { openHints } from "#platform/jobs/hints.ts";
import { startJobs, type Jobs } from "#platform/jobs/jobs.ts";
import { makeJobStore } from "#platform/jobs/jobs.store.ts";
import { makeHttp } from "#platform/outbound/http.ts";
import { ensureWorkspace } from "#team/team.store.ts";
import {
  codeNeeds,
  hookJobNeeds,
  makeParts,
  WORKSPACE,
  type HubOptions,
  type Parts,
} from "./parts.ts";
import { openWeb, type Web } from "./web.ts";

export { VERSION, WORKSPACE, type HubOptions } from "./parts.ts";

/** The running server: everything wired, and closed again in reverse. */
export interface Hub extends AsyncDisposable {
  /** Absent when this node answers no HTTP. */
  readonly web: Web | undefined;
  readonly jobs: Jobs;
  /** Resolves when nothing is due and nothing runs. */
  idle(): Promise<void>;
}

/** Opens the server's parts in order. */
export async function createHub(options: HubOptions): Promise<Hub> {
  await using opened = new AsyncDisposableStack();
  const { config, ground, clock } = options;
  await ensureWorkspace(ground.database, { id: WORKSPACE, name: "Concierge", now: clock.now() });
  let started: Jobs | undefined;
  const jobs = (): Jobs => started ?? neverStarted();
  const allowedOrigins = Object.values(config.apiBases);
  const http = opened.use(
    makeHttp({ allowPrivateNetwork: config.isPrivateNetworkAllowed, allowedOrigins }),
  );
  const parts = makeParts(options, { jobs, http });
  const intake = openIntake(parts);
  const running = opened.use(await startWork(parts, intake.handlers));
  started = running;
  opened.defer(clock.onChange(() => running.wake()));
  await planPruning({ database: ground.database, jobs }, WORKSPACE);
  const web =
    config.role === "worker" ? undefined : opened.use(await openWeb(parts, intake.intake));
  const owned = opened.move();
  return {
    web,
    jobs: running,
    idle: () => running.idle(),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

type IntakeFeature = ReturnType<typeof makeIntakeFeature>;

function openIntake(parts: Parts): IntakeFeature {
  const { ground, jobs, now, config, log, deliveries } = parts;
  const hookNeeds = hookJobNeeds(parts);
  return makeIntakeFeature({
    database: ground.database,
    jobs,
    now,
    retentionDays: config.retentionDays,
    workers: () => ({
      hook: (job, event) => runHookEvent(hookNeeds, job, event),
      [RECEIPT_SOURCE]: deliveries.runReceipts,
    }),
    onError: (err, kind) => log.error({ err, kind }, "work failed"),
  });
}

async function startWork(parts: Parts, intakeHandlers: IntakeFeature["handlers"]): Promise<Jobs> {
  const { ground, config, log, deliveries, now } = parts;
  const handlers = { ...intakeHandlers, ...deliveries.handlers, ...codeHandlers(codeNeeds(parts)) };
  return await startJobs({
    store: makeJobStore(ground.database),
    handlers: config.role === "web" ? {} : handlers,
    now,
    onError: (err, kind) => log.error({ err, kind }, "work failed and will be tried again"),
    ...(ground.isShared && {
      openHints: (onHint: () => void) => openHints(ground.database, onHint),
    }),
  });
}

function neverStarted(): never {
  throw new Error("Work was planned before the server had started its jobs.");
}
