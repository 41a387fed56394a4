import type { FastifyInstance, FastifyRequest } from "fastify";
import ipaddr from "ipaddr.js";
import { z } from "zod";
import type { ApiRoute } from "./api/route.ts";

export interface HealthNeeds {
  /** Rejects, or gives false, when the database does not answer. */
  readonly isDatabaseReady: () => Promise<boolean>;
  readonly isStopping: () => boolean;
  readonly metrics: () => Promise<{ readonly contentType: string; readonly text: string }>;
  /** Throws a fault of the API unless the header holds a token that may read metrics. */
  readonly admitMetrics: (authorization: string | undefined) => Promise<unknown>;
  /** For tests; default 2 s. */
  readonly patienceMs?: number;
}

const patienceMs = 2_000;

/** `/healthz`: the process lives. `/readyz`: it may take traffic. `/metrics`: for Prometheus. */
export function healthRoutes(app: FastifyInstance, needs: HealthNeeds): void {
  app.get("/healthz", async (_request, reply) =>
    reply.header("cache-control", "no-store").send({ status: "alive" }),
  );
  app.get("/readyz", async (_request, reply) => {
    const isStopping = needs.isStopping();
    const database = await isInTime(needs.isDatabaseReady(), needs.patienceMs ?? patienceMs);
    const isReady = database && !isStopping;
    return reply
      .code(isReady ? 200 : 503)
      .header("cache-control", "no-store")
      .send({ status: isReady ? "ready" : "not-ready", database, isStopping });
  });
  app.get("/metrics", async (request, reply) => {
    if (!isFromThisMachine(request)) await needs.admitMetrics(request.headers.authorization);
    const { contentType, text } = await needs.metrics();
    return reply.header("cache-control", "no-store").type(contentType).send(text);
  });
}

async function isInTime(work: Promise<boolean>, withinMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), withinMs);
  });
  try {
    return await Promise.race([work, late]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}

const forwarded = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via"];
const localHost = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;

/**
 * Asked straight from this machine, by a local name. What a proxy on the same machine passes on comes from loopback too:
 * it is known by its headers and by the name that was asked for.
 */
function isFromThisMachine(request: FastifyRequest): boolean {
  const { headers, socket } = request;
  if (forwarded.some((name) => name in headers)) return false;
  const address = socket.remoteAddress ?? "";
  const isLoopback = ipaddr.isValid(address) && ipaddr.process(address).range() === "loopback";
  return isLoopback && localHost.test(headers.host ?? "");
}

const part = "Operations";

/** What the reference says of these routes. */
export const healthDescriptions: readonly ApiRoute[] = [
  {
    method: "GET",
    path: "/healthz",
    part,
    summary: "Ask whether the process lives",
    isPublic: true,
    answer: { status: 200, meaning: "It does.", schema: z.object({ status: z.literal("alive") }) },
  },
  {
    method: "GET",
    path: "/readyz",
    part,
    summary: "Ask whether it may take traffic",
    isPublic: true,
    answer: {
      status: 200,
      meaning: "It may.",
      schema: z.object({ status: z.string(), database: z.boolean(), isStopping: z.boolean() }),
    },
    faults: [
      {
        status: 503,
        code: "not-ready",
        meaning: "The database is away, or the server is stopping.",
      },
    ],
  },
  {
    method: "GET",
    path: "/metrics",
    part,
    summary: "Read the metrics",
    more: "In Prometheus' text format. From the machine itself, by a local name, without a token; from elsewhere with one of scope `metrics`.",
    isPublic: true,
    scope: "metrics",
    answer: { status: 200, meaning: "The metrics.", schema: z.string(), contentType: "text/plain" },
    faults: [
      { status: 401, code: "token_missing", meaning: "There is no token, or it is not known." },
      { status: 403, code: "scope_missing", meaning: "The token lacks the scope." },
    ],
  },
];
