import { randomBytes } from "node:crypto";
import type { AddressInfo } from "node:net";
import { HubError } from "#domain/error.ts";
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import type { Log } from "../log/log.ts";
import { answerProblem } from "./answer-problem.ts";
import { answerClientError } from "./client-error.ts";
import { addSecurityHeaders } from "./headers.ts";
import { watchMethods } from "./methods.ts";
import { namedProblem, toProblem } from "./problem.ts";

export interface HttpServerOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly bodyLimitBytes: number;
  /** Addresses and networks (CIDR) whose forwarded headers are believed. */
  readonly trustedProxies: readonly string[];
  readonly log: Log;
  /** Adds the routes; called once, before anybody can connect. */
  readonly routes: (app: FastifyInstance) => void | Promise<void>;
  /** For tests: how long a sender may take over its headers and over the whole request. */
  readonly patience?: Patience;
}

export interface Patience {
  readonly headersMs: number;
  readonly requestMs: number;
}

export interface HttpServer extends AsyncDisposable {
  readonly app: FastifyInstance;
  /** Without a trailing slash. */
  readonly url: string;
  readonly port: number;
  /** Takes no more connections, lets running requests end, cuts what is left after `withinMs` (default 30 000). */
  close(withinMs?: number): Promise<void>;
}

const urlLimit = 16_384;
const headerLimit = 32_768;
const patient: Patience = { headersMs: 20_000, requestMs: 60_000 };
const closeWithinMs = 30_000;
const hangUpEveryMs = 50;

/**
 * Opens the one HTTP server. Queries are left unread (`request.query` is empty): `readQuery(request.raw.url)` reads them
 * by our own rule. Whatever a route throws becomes problem+json, or a small page where the caller wants HTML.
 * Rejects when the port is taken.
 */
export async function openHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const app = makeApp(options);
  addSecurityHeaders(app);
  addRefusals(app);
  app.setErrorHandler((error, request, reply) =>
    answerError(options.log, { error, request, reply }),
  );
  await app.register(async (scope) => options.routes(scope));
  await app.listen({ host: options.host, port: options.port });
  const { port } = app.server.address() as AddressInfo;
  const host = options.host.includes(":") ? `[${options.host}]` : options.host;
  const close = (withinMs = closeWithinMs) => closeApp(app, withinMs);
  return { app, url: `http://${host}:${port}`, port, close, [Symbol.asyncDispose]: () => close() };
}

function makeApp({ log, patience = patient, ...options }: HttpServerOptions): FastifyInstance {
  return fastify({
    bodyLimit: options.bodyLimitBytes,
    trustProxy: options.trustedProxies.length > 0 ? [...options.trustedProxies] : false,
    requestIdHeader: false,
    genReqId: () => randomBytes(9).toString("base64url"),
    requestTimeout: patience.requestMs,
    http: {
      headersTimeout: patience.headersMs,
      connectionsCheckingInterval: Math.min(2_000, patience.headersMs / 2),
      maxHeaderSize: headerLimit,
    },
    forceCloseConnections: "idle",
    routerOptions: {
      ignoreTrailingSlash: true,
      maxParamLength: 500,
      querystringParser: () => ({}),
    },
    frameworkErrors: (error, request, reply) => void answerError(log, { error, request, reply }),
    clientErrorHandler: answerClientError,
  });
}

/** What no route gets to see. Answered before the body is read. */
function addRefusals(app: FastifyInstance): void {
  const methodsAt = watchMethods(app);
  app.addHook("onRequest", async (request, reply) => {
    const url = request.raw.url ?? "/";
    if (url.length > urlLimit) return answerProblem(request, reply, namedProblem("url_too_long"));
    const path = url.replace(/[?#].*$/s, "");
    // No name of ours holds a NUL, and the database takes none.
    if (path.includes("%00")) return answerProblem(request, reply, namedProblem("not_found"));
    if (!request.is404) return undefined;
    const methods = methodsAt(path);
    if (methods.length === 0) return answerProblem(request, reply, namedProblem("not_found"));
    reply.header("allow", methods.join(", "));
    return answerProblem(request, reply, namedProblem("method_not_allowed"));
  });
}

interface Failed {
  readonly error: unknown;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

function answerError(log: Log, { error, request, reply }: Failed): FastifyReply {
  const problem = toProblem(error);
  if (problem.status >= 500)
    log.error(
      {
        err: error,
        requestId: request.id,
        method: request.method,
        route: request.routeOptions?.url,
        ...(error instanceof HubError && { ids: error.ids }),
      },
      "a request failed",
    );
  return answerProblem(request, reply, problem);
}

async function closeApp(app: FastifyInstance, withinMs: number): Promise<void> {
  // A connection that was busy when closing began is kept alive after its answer, and would hold the server open.
  const hangUp = setInterval(() => app.server.closeIdleConnections(), hangUpEveryMs);
  const cut = setTimeout(() => app.server.closeAllConnections(), withinMs);
  try {
    await app.close();
  } finally {
    clearInterval(hangUp);
    clearTimeout(cut);
  }
}
