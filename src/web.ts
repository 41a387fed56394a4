import type { FastifyInstance } from "fastify";
import { receiptRoutes } from "#deliveries/receipts.routes.ts";
import { openHookKeys, makeHookRouteNeeds } from "#hooks/hooks.feature.ts";
import { checkPage } from "#hooks/check-page.ts";
import { listKinds } from "#hooks/hook-kind.ts";
import { hookRoutes } from "#hooks/hooks.routes.ts";
import { makePreview } from "#hooks/preview.ts";
import { refusedPage } from "#hooks/refused-page.ts";
import type { Intake } from "#intake/index.ts";
import { watchIntegrations } from "#integrations/integration-gauges.store.ts";
import { healthRoutes } from "#platform/http/health.routes.ts";
import { openHttpServer, type HttpServer } from "#platform/http/server.ts";
import { watchWork } from "#platform/jobs/work-gauges.ts";
import { makeLive } from "#platform/live/live.ts";
import { makeId } from "#platform/uuid.ts";
import { admitToken } from "#team/auth.routes.ts";
import { findToken } from "#team/team.store.ts";
import { addApi } from "./api.ts";
import { type Parts, WORKSPACE } from "./parts.ts";

export interface Web extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
}

/** Opens the HTTP side of the server: hooks, statuses, the REST API, pages, health. */
export async function openWeb(parts: Parts, intake: Intake): Promise<Web> {
  const { config, log } = parts;
  await using opened = new AsyncDisposableStack();
  const { database } = parts.ground;
  const live = opened.use(
    makeLive({
      database,
      onCommit: (listener) => parts.jobs().onWake(listener),
      onError: (err) => log.error({ err }, "the feed could not be read"),
    }),
  );
  const keys = opened.use(await openHookKeys(keyNeeds(parts), WORKSPACE));
  let server: HttpServer | undefined;
  const baseUrl = (): string => config.publicUrl ?? server?.url ?? "";
  let isStopping = false;
  opened.defer(() => void (isStopping = true));
  server = opened.use(
    await openHttpServer({
      host: config.host,
      port: config.port,
      bodyLimitBytes: config.bodyLimitBytes,
      trustedProxies: config.trustedProxies,
      log,
      routes: async (app) => {
        await app.register(async (scope) => addInbound(scope, parts, { intake, keys }));
        addHealth(app, parts, () => isStopping);
        await addApi(app, parts, { live, baseUrl });
      },
    }),
  );
  const owned = opened.move();
  return { url: server.url, port: server.port, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

function keyNeeds({ ground, now, secrets }: Parts) {
  const { database, vault } = ground;
  const fixed =
    secrets.hookKey === undefined
      ? {}
      : { fixed: { workspaceId: WORKSPACE, key: secrets.hookKey } };
  return { database, vault, now, ...fixed };
}

interface Inbound {
  readonly intake: Intake;
  readonly keys: Awaited<ReturnType<typeof openHookKeys>>;
}

/** Where others post to: raw bodies of any kind. */
function addInbound(app: FastifyInstance, parts: Parts, { intake, keys }: Inbound): void {
  const { now, kinds, ground } = parts;
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
  const shared = { intake, now, makeId: () => makeId(now()) };
  hookRoutes(
    app,
    makeHookRouteNeeds({
      ...shared,
      database: ground.database,
      kinds,
      keys: () => keys.current(),
      book: parts.book,
      metrics: parts.counters.intake,
      source: parts.source,
      connections: parts.integrations.connections,
      pages: {
        check: (check, language) =>
          checkPage(check, makePreview(check.reading, sampleOf(parts), now()), language),
        refused: (why, language) => refusedPage(why, language, listKinds(kinds)),
      },
    }),
  );
  receiptRoutes(app, { ...shared, tokensOf: (id) => ground.vault.fingerprints(`receipts:${id}`) });
}

function sampleOf({ source, now }: Parts) {
  const read = source.receive(source.sampleEvent({ now: now() }));
  if (!("event" in read))
    throw new Error(`Our own sample event cannot be read: ${read.unreadable}`);
  return read.event.booking;
}

function addHealth(
  app: FastifyInstance,
  { ground, metrics, now }: Parts,
  isStopping: () => boolean,
): void {
  const { database } = ground;
  watchWork(metrics, { database, now });
  watchIntegrations(metrics, database);
  healthRoutes(app, {
    isDatabaseReady: async () => (await database.query("select 1")).length === 1,
    isStopping,
    metrics: () => metrics.render(),
    admitMetrics: (authorization) =>
      admitToken({ findToken: (hash) => findToken(database, hash) }, authorization, "metrics"),
  });
}
