import type { FastifyInstance } from "fastify";
import type { Intake } from "#intake/index.ts";
import { makeHookRouteNeeds } from "#hooks/hooks.feature.ts";
import { makeHookKeys } from "#hooks/hook-keys.ts";
import { hookRoutes } from "#hooks/hooks.routes.ts";
import { openHttpServer, type HttpServer } from "#platform/http/server.ts";
import { makeId } from "#platform/uuid.ts";
import { type Parts, WORKSPACE } from "./hub.ts";

export type Web = HttpServer;

/** Opens the HTTP side of the server: hooks now, the REST API and pages beside them. */
export async function openWeb(parts: Parts, intake: Intake): Promise<Web> {
  const { config, log } = parts;
  return await openHttpServer({
    host: config.host,
    port: config.port,
    bodyLimitBytes: config.bodyLimitBytes,
    trustedProxies: config.trustedProxies,
    log,
    routes: async (app) => {
      await app.register(async (scope) => addHooks(scope, parts, intake));
    },
  });
}

async function addHooks(app: FastifyInstance, parts: Parts, intake: Intake): Promise<void> {
  const keys = makeHookKeys([{ workspaceId: WORKSPACE, key: parts.secrets.hookKey ?? "" }]);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
  hookRoutes(
    app,
    makeHookRouteNeeds({
      database: parts.ground.database,
      kinds: parts.kinds,
      keys: () => keys,
      book: parts.book,
      intake,
      source: parts.source,
      now: parts.now,
      makeId: () => makeId(parts.now()),
      connections: parts.integrations.connections,
      pages: { check: (check) => JSON.stringify(check.findings), refused: (kind) => kind },
    }),
  );
}
