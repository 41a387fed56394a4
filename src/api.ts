import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { codeRoutes, codesOf } from "#access-codes/access-codes.routes.ts";
import { bookingRoutes } from "#bookings/bookings.routes.ts";
import { deliveriesOfBooking } from "#deliveries/deliveries-list.store.ts";
import { deliveryRoutes } from "#deliveries/deliveries.routes.ts";
import { resend } from "#deliveries/resend.jobs.ts";
import { standingOfBookings } from "#deliveries/standing.store.ts";
import { laneOfKept } from "#hooks/event-intake.ts";
import { describeHooks } from "#hooks/hook-descriptions.ts";
import { hookApiRoutes } from "#hooks/hooks-api.routes.ts";
import { planSample } from "#hooks/sample.jobs.ts";
import { intakeRoutes, type IntakeRouteNeeds } from "#intake/intake.routes.ts";
import { replayEvent } from "#intake/replay.store.ts";
import { integrationRoutes } from "#integrations/integrations.routes.ts";
import type { OnceNeeds } from "#platform/http/api/serve-once.ts";
import { healthDescriptions } from "#platform/http/health.routes.ts";
import { assetRoutes } from "#platform/http/assets.ts";
import { docsRoutes, collectRoutes } from "#platform/http/docs/docs.routes.ts";
import { feedRoutes } from "#platform/live/feed.routes.ts";
import type { Live } from "#platform/live/live.ts";
import { guardApi } from "#team/auth.routes.ts";
import { findToken } from "#team/team.store.ts";
import { type Parts, WORKSPACE } from "./parts.ts";

const WEB = join(import.meta.dirname, "..", "web", "live");

/** The REST API, its reference, and the page that follows everything live. */
export async function addApi(
  app: FastifyInstance,
  parts: Parts,
  web: { live: Live; baseUrl: () => string },
): Promise<void> {
  const routes = collectRoutes(app);
  await app.register(async (scope) => addRoutes(scope, parts, web));
  docsRoutes(app, {
    version: parts.version,
    baseUrl: web.baseUrl,
    routes: () => [...routes(), ...describeHooks(parts.kinds), ...healthDescriptions],
  });
  await assetRoutes(app, { folder: WEB, at: "/live", routes: { "/": "index.html" } });
}

/** Who looks at the demo. */
const DEMO_GUEST = {
  workspaceId: WORKSPACE,
  scopes: ["read", "write", "secrets:read"],
  name: "demo",
} as const;

function addRoutes(
  app: FastifyInstance,
  parts: Parts,
  { live, baseUrl }: { live: Live; baseUrl: () => string },
): void {
  const { ground, now, kinds, book, source } = parts;
  const { database, vault } = ground;
  const wake = (): void => parts.jobs().wake();
  const once: OnceNeeds = { database, now, wake, fingerprint: (value) => vault.fingerprint(value) };
  guardApi(app, {
    findToken: (hash) => findToken(database, hash),
    ...(parts.isDemo ? { guest: DEMO_GUEST } : {}),
  });
  bookingRoutes(app, {
    database,
    standingOf: (workspaceId, ids) => standingOfBookings(database, workspaceId, ids),
    codesOf: (workspaceId, id) => codesOf(database, workspaceId, id),
    deliveriesOf: (workspaceId, id) => deliveriesOfBooking(database, workspaceId, id),
  });
  codeRoutes(app, { database, vault, now, wake });
  deliveryRoutes(app, { ...once, resend: (tx, delivery) => resend(parts, tx, delivery) });
  hookApiRoutes(app, {
    ...once,
    kinds,
    book,
    baseUrl,
    tryHook: (tx, hook) => planSample({ source, now }, tx, hook),
  });
  intakeRoutes(app, { ...once, replay: replayWith(parts) });
  integrationRoutes(app, { database, manifests: manifestsOf(kinds) });
  feedRoutes(app, { live });
}

function manifestsOf({ locks, channels }: Parts["kinds"]) {
  return [...Object.values(locks), ...Object.values(channels)].map((one) => one.manifest);
}

function replayWith({ source, now }: Parts): IntakeRouteNeeds["replay"] {
  return async (tx, event) => {
    await replayEvent(tx, event, { lane: laneOfKept(source, event), now: now() });
  };
}
