import { AsyncLocalStorage } from "node:async_hooks";
import type { HttpAnswer, HttpRequest } from "#domain/tools.ts";
import { makeMask, type Mask } from "./mask.ts";

/** One HTTP exchange as it is kept with an attempt: masked, shortened, free of NUL (which PostgreSQL cannot hold). */
export interface Exchange {
  /** When it began, milliseconds since 1970. */
  readonly at: number;
  readonly method: string;
  readonly url: string;
  readonly requestBody?: string;
  readonly status?: number;
  readonly responseBody?: string;
  /** Why there is no answer. */
  readonly detail?: string;
  readonly durationMs: number;
}

export interface Recorded<Result> {
  readonly result: Result;
  readonly exchanges: readonly Exchange[];
}

interface Recorder {
  readonly mask: Mask;
  readonly exchanges: Exchange[];
}

const current = new AsyncLocalStorage<Recorder>();

const urlLimit = 2_048;
const requestLimit = 4_096;
const responseLimit = 16_384;

/**
 * Runs `work` and collects every exchange that `makeHttp` makes for it, in the order they ended. `secrets` are hidden
 * in whatever usual spelling they travel; fields that are known to hold secrets are hidden whatever they hold. Rejects
 * as `work` does. Nested recordings are apart: an exchange belongs to the innermost.
 */
export async function recordExchanges<Result>(
  secrets: readonly string[],
  work: () => Promise<Result>,
): Promise<Recorded<Result>> {
  const exchanges: Exchange[] = [];
  const result = await current.run({ mask: makeMask(secrets), exchanges }, work);
  return { result, exchanges };
}

export interface Noted {
  readonly request: HttpRequest;
  readonly answer: HttpAnswer;
  readonly durationMs: number;
}

/** Adds an exchange to the recording that is under way here, if there is one. */
export function noteExchange(noted: Noted): void {
  const recorder = current.getStore();
  if (recorder) recorder.exchanges.push(toExchange(noted, recorder.mask));
}

function toExchange({ request, answer, durationMs }: Noted, mask: Mask): Exchange {
  return {
    at: Date.now() - durationMs,
    method: request.method,
    url: shorten(mask(request.url), urlLimit),
    ...(request.body !== undefined && { requestBody: shorten(mask(request.body), requestLimit) }),
    ...(answer.arrived === "yes"
      ? { status: answer.status, responseBody: shorten(mask(answer.text), responseLimit) }
      : { detail: answer.detail }),
    durationMs,
  };
}

/** Limits are in characters. */
function shorten(text: string, limit: number): string {
  const short = text.length > limit ? `${text.slice(0, limit)}…` : text;
  return short.replaceAll("\0", "\uFFFD").toWellFormed();
}
