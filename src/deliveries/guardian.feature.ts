import type { IntegrationStatus } from "#integrations/index.ts";
import type { Text } from "#domain/text.ts";
import {
  afterOutcome,
  afterProbeBegan,
  mayCall,
  readBreaker,
  statusOf,
  type BreakerState,
} from "#platform/outbound/breaker.ts";
import type { Pace } from "#platform/outbound/pace.ts";
import type { Guardian, Told, Watched } from "./health.ts";

/** What the guardian keeps of each integration. */
export interface HealthStore {
  read(
    integration: Watched,
  ): Promise<{ readonly breaker: unknown; readonly status: IntegrationStatus } | undefined>;
  write(integration: Watched, health: StoredHealth): Promise<void>;
}

export interface StoredHealth {
  readonly breaker: BreakerState;
  readonly status: IntegrationStatus;
  readonly okAt?: number | undefined;
  readonly errorAt?: number | undefined;
  readonly error?: Text | undefined;
}

/** While all is well, the last success is written down this often, not with every call. */
const WRITE_OK_EVERY_MS = 30_000;
/** A human paused the integration: looked at again after this time. */
const PAUSED_WAIT_MS = 60_000;

interface Known {
  breaker: BreakerState;
  status: IntegrationStatus;
  writtenAt: number;
  readAt: number;
}

/** How old a remembered health may be: other nodes and people change it too. */
const FRESH_MS = 5_000;

export interface GuardianNeeds {
  readonly store: HealthStore;
  readonly pace: Pace;
  readonly now: () => number;
}

/** Paces and breaks calls per integration; the breaker outlives a restart. */
export function makeGuardian(needs: GuardianNeeds): Guardian {
  const known = new Map<string, Known>();
  const reading = new Map<string, Promise<Known>>();
  /** Whoever asks meanwhile shares the reading: two memories of one account would both send the probe. */
  const load = (integration: Watched): Promise<Known> => {
    const shared = reading.get(integration.id) ?? read(needs, known, integration);
    reading.set(integration.id, shared);
    return shared.finally(() => reading.delete(integration.id));
  };
  return {
    mayCallAt: async (integration) => mayCallAt(needs, integration, await load(integration)),
    hold: (integration, until) => needs.pace.holdUntil(integration.id, until),
    report: async (integration, told) =>
      report(needs, integration, { health: await load(integration), told }),
  };
}

async function read(
  { store, now }: GuardianNeeds,
  known: Map<string, Known>,
  integration: Watched,
): Promise<Known> {
  const found = known.get(integration.id);
  if (found && now() - found.readAt < FRESH_MS) return found;
  const row = await store.read(integration);
  const fresh = {
    breaker: readBreaker(row?.breaker),
    status: row?.status ?? "active",
    writtenAt: found?.writtenAt ?? 0,
    readAt: now(),
  };
  known.set(integration.id, fresh);
  return fresh;
}

async function mayCallAt(
  { store, pace, now }: GuardianNeeds,
  integration: Watched,
  health: Known,
): Promise<number> {
  if (health.status === "paused") return now() + PAUSED_WAIT_MS;
  const allowed = mayCall(health.breaker, now());
  if (!allowed.allowed) return allowed.until;
  const at = pace.take(integration.id, integration.callsPerSecond);
  if (at > now() || !allowed.isProbe) return at;
  health.breaker = afterProbeBegan(health.breaker, now());
  await store.write(integration, { breaker: health.breaker, status: health.status });
  return at;
}

async function report(
  { store, now }: GuardianNeeds,
  integration: Watched,
  { health, told }: { readonly health: Known; readonly told: Told },
): Promise<IntegrationStatus | undefined> {
  const before = health.breaker;
  health.breaker = afterOutcome(before, told.verdict, now());
  const status = health.status === "paused" ? "paused" : statusOf(health.breaker, now());
  const hasChanged = status !== health.status;
  health.status = status;
  const isDue = now() - health.writtenAt >= WRITE_OK_EVERY_MS;
  if (told.verdict !== "trouble" && !hasChanged && !before.open && !isDue) return undefined;
  health.writtenAt = now();
  await store.write(integration, { breaker: health.breaker, status, ...datesOf(told, now()) });
  return hasChanged ? status : undefined;
}

function datesOf(told: Told, at: number): Pick<StoredHealth, "okAt" | "errorAt" | "error"> {
  if (told.verdict === "ok") return { okAt: at };
  return told.verdict === "trouble" ? { errorAt: at, error: told.error } : {};
}
