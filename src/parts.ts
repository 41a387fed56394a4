import { randomInt } from "node:crypto";
import type { CodeNeeds } from "#access-codes/needs.ts";
import { makeAccessCodes } from "#access-codes/access-codes.feature.ts";
import { watchCodes, type CodeMetrics } from "#access-codes/code-metrics.store.ts";
import { bookingSources } from "#booking-sources/registry.ts";
import { applyBooking } from "#bookings/bookings.store.ts";
import { describeChange } from "#bookings/known-booking.ts";
import { channels } from "#channels/registry.ts";
import type { Config } from "#config/config.ts";
import type { Secrets } from "#config/secrets.ts";
import { makeAttemptMetrics, type AttemptMetrics } from "#deliveries/attempt-metrics.ts";
import { makeDeliveries, type Deliveries } from "#deliveries/deliveries.feature.ts";
import { RETRY_LADDER_MS } from "#deliveries/delivery.ts";
import { receiptPath } from "#deliveries/receipts.routes.ts";
import type { HookBook } from "#hooks/hook-book.ts";
import type { HookKinds } from "#hooks/hook-kind.ts";
import { makeAccountKeeper, openHookBook } from "#hooks/hooks.feature.ts";
import type { HookJobNeeds } from "#hooks/hooks.jobs.ts";
import { makeIntakeMetrics, type IntakeMetrics } from "#intake/intake-metrics.ts";
import { claimOnce, storeVerdict } from "#intake/intake.store.ts";
import { makeIntegrations, type Integrations } from "#integrations/integrations.feature.ts";
import { locks } from "#locks/registry.ts";
import { formatParameters } from "#notifications/format-parameters.ts";
import { makeNotifications } from "#notifications/notifications.feature.ts";
import type { Clock } from "#platform/clock/clock.ts";
import type { Jobs } from "#platform/jobs/jobs.ts";
import type { Log } from "#platform/log/log.ts";
import { makeMailer } from "#platform/mail/mailer.ts";
import { makeMetrics, type Metrics } from "#platform/metrics/metrics.ts";
import type { makeHttp } from "#platform/outbound/http.ts";
import { makeId } from "#platform/uuid.ts";
import packageJson from "../package.json" with { type: "json" };
import type { Ground } from "./ground.ts";

export interface HubOptions {
  readonly config: Config;
  readonly secrets: Secrets;
  readonly ground: Ground;
  readonly log: Log;
  readonly clock: Clock;
  /** The demo needs no token and shows codes. */
  readonly isDemo?: boolean;
}

export const WORKSPACE = "main";
export const VERSION: string = packageJson.version;

/** What is counted while it happens. */
export interface Counters {
  readonly intake: IntakeMetrics;
  readonly attempts: AttemptMetrics;
  readonly codes: CodeMetrics;
}

/** What features are made of, once. */
export interface Parts extends HubOptions {
  readonly now: () => number;
  readonly jobs: () => Jobs;
  readonly kinds: HookKinds;
  readonly integrations: Integrations;
  readonly book: HookBook;
  readonly deliveries: Deliveries;
  readonly ladder: readonly number[];
  readonly source: (typeof bookingSources)["torrow"];
  readonly metrics: Metrics;
  readonly counters: Counters;
  readonly version: string;
}

interface Made {
  readonly jobs: () => Jobs;
  readonly http: ReturnType<typeof makeHttp>;
}

/** Wires the features, once, over what was opened before them. */
export function makeParts(options: HubOptions, made: Made): Parts {
  const { database, vault } = options.ground;
  const now = (): number => options.clock.now();
  const kinds: HookKinds = { locks, channels, messageParameters: formatParameters };
  const shared = { ...options, database, vault, now, jobs: made.jobs, kinds };
  const integrations = wireIntegrations(shared, made.http);
  const metrics = makeMetrics();
  const counters: Counters = {
    intake: makeIntakeMetrics(metrics),
    attempts: makeAttemptMetrics(metrics),
    codes: watchCodes(metrics, { database, now }),
  };
  const book = openHookBook(shared);
  const ladder = options.config.retryDelaysMs ?? RETRY_LADDER_MS;
  const wired = { ...shared, integrations, book, ladder, metrics, counters };
  return {
    ...wired,
    version: VERSION,
    source: bookingSources.torrow,
    deliveries: wireDeliveries(wired),
  };
}

type Shared = HubOptions &
  Pick<Parts, "now" | "jobs" | "kinds"> &
  Pick<Ground, "database" | "vault">;

function wireIntegrations(shared: Shared, http: Made["http"]): Integrations {
  const { config, secrets, now } = shared;
  return makeIntegrations({
    database: shared.database,
    vault: shared.vault,
    now,
    http,
    makeId: () => makeId(now()),
    apiBases: config.apiBases,
    environment: secrets.environment,
    locks,
    channels,
  });
}

function wireDeliveries(
  wired: Shared & Pick<Parts, "integrations" | "book" | "ladder" | "counters">,
): Deliveries {
  const { config, secrets, integrations, book } = wired;
  const mailer = makeMailer({
    ...(secrets.smtpUrl === undefined ? {} : { url: secrets.smtpUrl }),
    ...(config.mailFrom === undefined ? {} : { from: config.mailFrom }),
  });
  return makeDeliveries({
    ...wired,
    connections: integrations.connections,
    health: integrations.health,
    random: Math.random,
    metrics: wired.counters.attempts,
    storeVerdict,
    receiptUrl: (workspaceId, integrationId) => receiptUrl(wired, { workspaceId, integrationId }),
    send: mailer && ((mail) => mailer.send(mail)),
    hookOf: (id) => labelOf(book, id),
  });
}

function receiptUrl(
  { config, ground }: HubOptions,
  place: { workspaceId: string; integrationId: string },
) {
  if (config.publicUrl === undefined) return undefined;
  const token = ground.vault.fingerprint(`receipts:${place.integrationId}`);
  return config.publicUrl + receiptPath({ ...place, token });
}

async function labelOf(book: HookBook, id: string) {
  const hook = await book.open(id);
  const errorEmail = hook?.reading.values["errorEmail"];
  return (
    hook && {
      kind: hook.kind,
      id,
      errorEmail: typeof errorEmail === "string" ? errorEmail : undefined,
    }
  );
}

export function hookJobNeeds(parts: Parts): HookJobNeeds {
  const { integrations, deliveries } = parts;
  const needs = {
    connections: integrations.connections,
    vault: parts.ground.vault,
    now: parts.now,
    phoneCountry: parts.config.phoneCountry,
    ...deliveries,
  };
  return {
    database: parts.ground.database,
    jobs: parts.jobs,
    book: parts.book,
    source: parts.source,
    now: parts.now,
    makeId: () => makeId(parts.now()),
    keepAccounts: makeAccountKeeper(integrations.connections),
    claimOnce,
    storeVerdict: async (tx, event, verdict) => {
      await storeVerdict(tx, event, verdict);
      parts.counters.intake.processed(event.source, verdict.state);
    },
    applyBooking,
    describeChange,
    // A lock's hook tells its guests only once the code is in the lock; a channel's hook tells them at once.
    reactions: [
      makeAccessCodes(codeNeeds(parts)),
      async (tx, event) =>
        event.hook.reading.lock ? undefined : await makeNotifications(needs)(tx, event),
    ],
    tell: deliveries.tell,
  };
}

export function codeNeeds(parts: Parts): CodeNeeds {
  const { integrations, deliveries, ground, source } = parts;
  return {
    database: ground.database,
    jobs: parts.jobs,
    connections: integrations.connections,
    guardian: deliveries.guardian,
    vault: ground.vault,
    now: parts.now,
    random: Math.random,
    randomInt: (below) => randomInt(below),
    ladder: parts.ladder,
    phoneCountry: parts.config.phoneCountry,
    metrics: { attempts: parts.counters.attempts, codes: parts.counters.codes },
    hookOf: (id) => parts.book.open(id),
    attempts: deliveries.attempts,
    insertDeliveries: deliveries.insertDeliveries,
    planSends: deliveries.planSends,
    tell: deliveries.tell,
    applyBooking,
    bookingSource: source.connect(integrations.connections.passingTools(source.manifest)),
  };
}
