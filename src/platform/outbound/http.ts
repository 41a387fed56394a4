import type { Http, HttpAnswer, HttpRequest } from "#domain/tools.ts";
import { Agent, type Dispatcher } from "undici";
import { exchange, type Exchanged } from "./exchange.ts";
import { makeGuard, type Guard, type OutboundPolicy } from "./guard.ts";
import { noteExchange } from "./record.ts";

const defaultTimeoutMs = 15_000;
const answerLimitBytes = 1_000_000;
/** Below the 5 s after which Node's own servers, and many proxies, hang up an idle connection. */
const idleMs = 4_000;

/**
 * The way out to vendors: pooled connections over undici, every address guarded at connect time, every exchange noted
 * for the attempt that made it. Follows no redirect, ignores proxy variables, never throws. `timeoutMs` covers the
 * whole exchange, the second try of a GET included; an answer over 1 MB counts as not whole.
 *
 * An idle connection may be hung up by the other side just as a request goes out, so a cut before any answer says
 * nothing: a GET is tried once more, anything else is `unknown`.
 */
export function makeHttp(policy: OutboundPolicy): Http & AsyncDisposable {
  const guard = makeGuard(policy);
  const agent = new Agent({
    connect: guard.connect,
    keepAliveTimeout: idleMs,
    keepAliveMaxTimeout: idleMs,
    headersTimeout: 0,
    bodyTimeout: 0,
    maxResponseSize: answerLimitBytes,
  });
  const http: Http = (request) => send(request, { agent, guard });
  return Object.assign(http, {
    [Symbol.asyncDispose]: () => agent.close(),
  });
}

interface WayOut {
  readonly agent: Dispatcher;
  readonly guard: Guard;
}

async function send(request: HttpRequest, way: WayOut): Promise<HttpAnswer> {
  const deadlineAt = performance.now() + (request.timeoutMs ?? defaultTimeoutMs);
  const first = await sendOnce(request, way, deadlineAt);
  const isWorthOneMore = first.isCut === true && request.method === "GET";
  const { isCut: _, ...answer } = isWorthOneMore ? await sendOnce(request, way, deadlineAt) : first;
  return answer;
}

async function sendOnce(
  request: HttpRequest,
  { agent, guard }: WayOut,
  deadlineAt: number,
): Promise<Exchanged> {
  const startedAt = performance.now();
  const refusal = guard.checkUrl(request.url);
  const answer: Exchanged = refusal
    ? { arrived: "no", detail: refusal.en }
    : await exchange(agent, request, Math.max(1, Math.ceil(deadlineAt - startedAt)));
  noteExchange({ request, answer, durationMs: Math.round(performance.now() - startedAt) });
  return answer;
}
