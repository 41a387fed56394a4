import { randomBytes } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { codeRoutes, codesOf } from "../../src/access-codes/access-codes.routes.ts";
import { bookingRoutes } from "../../src/bookings/bookings.routes.ts";
import { channels } from "../../src/channels/registry.ts";
import { deliveriesOfBooking } from "../../src/deliveries/deliveries-list.store.ts";
import { deliveryRoutes } from "../../src/deliveries/deliveries.routes.ts";
import { standingOfBookings } from "../../src/deliveries/standing.store.ts";
import { hookApiRoutes } from "../../src/hooks/hooks-api.routes.ts";
import { describeHooks } from "../../src/hooks/hook-descriptions.ts";
import { openHookBook } from "../../src/hooks/hooks.feature.ts";
import { intakeRoutes } from "../../src/intake/intake.routes.ts";
import { integrationRoutes } from "../../src/integrations/integrations.routes.ts";
import { locks } from "../../src/locks/registry.ts";
import { formatParameters } from "../../src/notifications/format-parameters.ts";
import { admitToken, guardApi } from "../../src/team/auth.routes.ts";
import { createToken, ensureWorkspace, findToken } from "../../src/team/team.store.ts";
import { hashToken, makeToken } from "../../src/team/token.ts";
import type { Scope } from "#domain/scope.ts";
import type { Caller } from "#platform/http/api/caller.ts";
import { collectRoutes, docsRoutes } from "#platform/http/docs/docs.routes.ts";
import { healthDescriptions, healthRoutes } from "#platform/http/health.routes.ts";
import { feedRoutes } from "#platform/live/feed.routes.ts";
import { makeLive } from "#platform/live/live.ts";
import { makeMetrics } from "#platform/metrics/metrics.ts";
import { makeVault } from "#platform/secrets/vault.ts";
import { makeId } from "#platform/uuid.ts";
import { testDatabase } from "./database.ts";
import { ask, openTestServer } from "./http-server.ts";

export interface ApiWorldOptions {
  readonly guest?: Caller;
  readonly heartbeatMs?: number;
}

export type ApiWorld = Awaited<ReturnType<typeof openApiWorld>>;

/** The whole API over a database of its own; what it hands over to jobs is written down instead. */
export async function openApiWorld(options: ApiWorldOptions = {}) {
  await using opened = new AsyncDisposableStack();
  const database = opened.use(await testDatabase());
  const vault = makeVault({ keys: [randomBytes(32)] });
  for (const id of ["main", "other"]) await ensureWorkspace(database, { id, name: id, now: 1 });
  const live = opened.use(makeLive({ database, onError: (error) => void errors.push(error) }));
  const errors: unknown[] = [];
  const world = {
    database,
    vault,
    live,
    errors,
    planned: [] as string[],
    /** Moved by tests. */
    clock: { now: 1_793_000_000_000 },
    isStopping: false,
  };
  const server = await openTestServer((app) => addRoutes(app, world, options), {
    bodyLimitBytes: 100_000,
  });
  opened.defer(() => server.close(0));
  const tokens = await makeTokens(world.database);
  const owned = opened.move();
  const call = async (method: "GET" | "POST" | "DELETE", path: string, more: Sent = {}) => {
    const { token = tokens.write, headers, body } = more;
    return await ask(`${server.url}${path.startsWith("/api") ? path : `/api/v1/main${path}`}`, {
      method,
      headers: {
        ...(token !== "" && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { "content-type": "application/json" }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  };
  return {
    ...world,
    world,
    server,
    tokens,
    call,
    get: (path: string, more?: Sent) => call("GET", path, more),
    post: (path: string, more?: Sent) => call("POST", path, more),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

interface Sent {
  /** Default: one of scope `write`; empty: none. */
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

interface World {
  readonly database: Awaited<ReturnType<typeof testDatabase>>;
  readonly vault: ReturnType<typeof makeVault>;
  readonly live: ReturnType<typeof makeLive>;
  readonly planned: string[];
  readonly clock: { now: number };
  isStopping: boolean;
}

function addRoutes(app: FastifyInstance, world: World, options: ApiWorldOptions): void {
  const { database, vault, live, planned } = world;
  const now = () => world.clock.now;
  const kinds = { locks, channels, messageParameters: formatParameters };
  const once = {
    database,
    now,
    fingerprint: (text: string) => vault.fingerprint(text),
    wake: () => live.hint(),
  };
  const baseUrl = () => "https://concierge.example";
  const auth = { findToken: (hash: Buffer) => findToken(database, hash), guest: options.guest };
  const routes = collectRoutes(app);
  guardApi(app, auth);
  bookingRoutes(app, {
    database,
    standingOf: (ws, ids) => standingOfBookings(database, ws, ids),
    codesOf: (ws, id) => codesOf(database, ws, id),
    deliveriesOf: (ws, id) => deliveriesOfBooking(database, ws, id),
  });
  codeRoutes(app, { ...once, vault });
  deliveryRoutes(app, {
    ...once,
    resend: async (tx, { workspaceId, id }) => {
      planned.push(`resend ${id}`);
      await tx.query("update delivery set state = 'queued' where workspace_id = $1 and id = $2", [
        workspaceId,
        id,
      ]);
    },
  });
  intakeRoutes(app, {
    ...once,
    replay: async (_tx, event) => void planned.push(`replay ${event.id}`),
  });
  hookApiRoutes(app, {
    ...once,
    kinds,
    baseUrl,
    book: openHookBook({ database, vault, kinds, now }),
    tryHook: async (_tx, hook) => {
      planned.push(`try ${hook.id}`);
      return makeId(now());
    },
  });
  const manifests = [...Object.values(locks), ...Object.values(channels)].map(
    (one) => one.manifest,
  );
  integrationRoutes(app, { database, manifests });
  feedRoutes(app, {
    live,
    ...(options.heartbeatMs !== undefined && { heartbeatMs: options.heartbeatMs }),
  });
  const metrics = makeMetrics();
  healthRoutes(app, {
    isDatabaseReady: async () => (await database.query("select 1")).length === 1,
    isStopping: () => world.isStopping,
    metrics: () => metrics.render(),
    admitMetrics: (authorization) => admitToken(auth, authorization, "metrics"),
  });
  docsRoutes(app, {
    version: "0.1.0",
    baseUrl,
    routes: () => [...routes(), ...describeHooks(kinds), ...healthDescriptions],
  });
}

async function makeTokens(database: World["database"]) {
  const make = async (workspaceId: string, ...scopes: Scope[]) => {
    const token = makeToken();
    await createToken(database, {
      workspaceId,
      id: makeId(),
      name: `token-${scopes.join("-")}`,
      scopes,
      hash: hashToken(token),
      createdAt: 1,
    });
    return token;
  };
  return {
    read: await make("main", "read"),
    write: await make("main", "write"),
    secrets: await make("main", "secrets:read"),
    metrics: await make("main", "metrics"),
    none: await make("main"),
    other: await make("other", "write", "secrets:read"),
  };
}
