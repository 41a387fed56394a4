import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { isDatabaseAway } from "#platform/db/away.ts";
import { readInput } from "../input.ts";
import { readQuery } from "../query.ts";
import type { Caller } from "./caller.ts";
import { away } from "./fault.ts";
import {
  apiPrefix,
  type AnswerOf,
  type ApiRoute,
  type BodyOf,
  type ParamsOf,
  type QueryOf,
} from "./route.ts";

/** One request to a route, read by the route's schemas. */
export interface Call<Route> {
  readonly caller: Caller;
  readonly workspaceId: string;
  readonly params: ParamsOf<Route>;
  readonly query: QueryOf<Route>;
  readonly body: BodyOf<Route>;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

export type Handle<Route> = (call: Call<Route>) => Promise<AnswerOf<Route>>;

/**
 * Serves a route of the API to callers whom the guard let in; without a guard it serves nobody. What the answer's
 * schema does not name does not go out.
 */
export function serveRoute<const Route extends ApiRoute>(
  app: FastifyInstance,
  route: Route,
  handle: Handle<Route>,
): void {
  serveRaw(app, route, async (call) => present(route, call.reply, await handle(call)));
}

/** The same for a handler that writes its answer itself. */
export function serveRaw<const Route extends ApiRoute>(
  app: FastifyInstance,
  route: Route,
  handle: (call: Call<Route>) => Promise<unknown>,
): void {
  app.route({
    method: route.method,
    url: apiPrefix + route.path,
    exposeHeadRoute: false,
    config: { api: route },
    handler: async (request, reply) => {
      void reply.header("cache-control", "no-store");
      return await whileHere(() => handle(readCall(route, request, reply)));
    },
  });
}

/** Turns the database being away into an answer that says so. */
export async function whileHere<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw isDatabaseAway(error) ? away(error) : error;
  }
}

/** Lets through of an answer what its schema names. */
export function shape(route: ApiRoute, answer: unknown): unknown {
  return route.answer.schema?.parse(answer);
}

export function present(route: ApiRoute, reply: FastifyReply, answer: unknown): FastifyReply {
  void reply.code(route.answer.status);
  return route.answer.schema ? reply.send(shape(route, answer)) : reply.send();
}

function readCall<Route extends ApiRoute>(
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
): Call<Route> {
  const { caller } = request;
  if (!caller) throw new Error(`No guard stands before ${route.method} ${route.path}.`);
  const read = {
    params: route.params && readInput(route.params, request.params),
    query: route.query && readInput(route.query, firstOfEach(request)),
    body: route.body && readInput(route.body, request.body),
  };
  const known = { caller, workspaceId: caller.workspaceId, request, reply };
  // The schemas that were read by are those of the route.
  return { ...known, ...read } as Call<Route>;
}

function firstOfEach(request: FastifyRequest): Record<string, string> {
  const items = readQuery(request.raw.url ?? "").toReversed();
  return Object.fromEntries(items.map(({ name, value }) => [name, value]));
}
