import { setTimeout as wait } from "node:timers/promises";
import type { HttpAnswer, HttpRequest, ProviderMemory, Tools } from "#domain/tools.ts";
import { Agent, errors, request as exchange } from "undici";

export interface GivenTools {
  readonly environment?: Readonly<Record<string, string>>;
  readonly isBaseUrlOverridden?: boolean;
  /** Default: the machine's clock. */
  readonly now?: () => number;
  readonly memory?: ProviderMemory;
  /** Longest wait for an answer whatever the provider asks for, so that a silent vendor costs a test little. */
  readonly timeoutCapMs?: number;
}

/** Tools of a provider under test: real HTTP without redirects or retries, a memory that lives as long as they do. */
export function makeTools(baseUrl: string, given: GivenTools = {}): Tools {
  return {
    baseUrl,
    isBaseUrlOverridden: given.isBaseUrlOverridden ?? true,
    environment: given.environment ?? {},
    http: (request) => send(request, given.timeoutCapMs ?? 1_000),
    now: given.now ?? Date.now,
    memory: given.memory ?? makeMemory(),
  };
}

export function makeMemory(): ProviderMemory {
  let kept: string | undefined;
  return {
    read: async () => kept,
    write: async (value) => {
      kept = value;
    },
  };
}

/** An address of this machine at which nobody listens. */
export const nobodyThere = "http://127.0.0.1:9";

/** Repeats `look` until it gives something; fails loudly after two seconds. */
export async function eventually<Found>(look: () => Found | undefined): Promise<Found> {
  for (let tries = 0; tries < 200; tries += 1) {
    const found = look();
    if (found !== undefined) return found;
    await wait(10);
  }
  throw new Error("It did not happen within two seconds.");
}

const agent = new Agent({ keepAliveTimeout: 500 });

async function send(request: HttpRequest, timeoutCapMs: number): Promise<HttpAnswer> {
  const timeout = Math.min(request.timeoutMs ?? 15_000, timeoutCapMs);
  try {
    const answer = await exchange(request.url, {
      method: request.method,
      dispatcher: agent,
      signal: AbortSignal.timeout(timeout),
      ...(request.headers && { headers: request.headers }),
      ...(request.body !== undefined && { body: request.body }),
    });
    const headers = Object.entries(answer.headers).map(([name, value]) => [name, String(value)]);
    const text = await answer.body.text();
    return {
      arrived: "yes",
      status: answer.statusCode,
      headers: Object.fromEntries(headers),
      text,
    };
  } catch (error) {
    return { arrived: neverLeft(error) ? "no" : "unknown", detail: describe(error) };
  }
}

function neverLeft(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return (
    error instanceof errors.ConnectTimeoutError || code === "ECONNREFUSED" || code === "ENOTFOUND"
  );
}

function describe(error: unknown): string {
  return error instanceof Error ? error.name : "unknown failure";
}
