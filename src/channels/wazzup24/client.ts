import type { HttpAnswer, HttpRequest, Tools } from "#domain/tools.ts";
import { z } from "zod";

/** What one call came to, before it is known what it means for a message. */
export type ApiAnswer =
  | { readonly kind: "done"; readonly body: unknown }
  /** Wazzup24's own refusal. `code` is in lower case without `_`, since its pages spell it both ways; empty if none. */
  | { readonly kind: "refused"; readonly status: number; readonly code: string }
  | { readonly kind: "later"; readonly retryAfterMs: number }
  /** Somebody else answered (a proxy, a wrong address): it was certainly not done. */
  | { readonly kind: "strange"; readonly status: number }
  | { readonly kind: "never-left" }
  /** It may have been done. */
  | { readonly kind: "unknown" };

export type Failed = Exclude<ApiAnswer, { readonly kind: "done" }>;

export interface ApiCall {
  readonly method: HttpRequest["method"];
  /** After `/v3/`. */
  readonly path: string;
  readonly body?: object;
  readonly timeoutMs?: number;
}

export type Api = (call: ApiCall) => Promise<ApiAnswer>;

/** Calls in the name of one key. */
export function openApi(tools: Pick<Tools, "http" | "baseUrl">, apiKey: string): Api {
  return async ({ method, path, body, timeoutMs }) => {
    const answer = await tools.http({
      method,
      url: `${tools.baseUrl}/v3/${path}`,
      headers: {
        authorization: `Bearer ${apiKey}`,
        ...(body && { "content-type": "application/json" }),
      },
      ...(body && { body: JSON.stringify(body) }),
      ...(timeoutMs !== undefined && { timeoutMs }),
    });
    return toApiAnswer(answer);
  };
}

const worded = z.looseObject({ error: z.string() });

/** The vendor counts calls in windows of so long. */
const windowMs = 5_000;

function toApiAnswer(answer: HttpAnswer): ApiAnswer {
  if (answer.arrived === "no") return { kind: "never-left" };
  if (answer.arrived === "unknown") return { kind: "unknown" };
  const { status, headers, text } = answer;
  // A gateway may have passed the call on before it failed.
  if (status >= 500) return { kind: "unknown" };
  if (status === 429) return { kind: "later", retryAfterMs: toWait(headers["retry-after"]) };
  const body = parseJson(text);
  if (status >= 300) return toRefusal(status, body);
  return body === undefined ? { kind: "unknown" } : { kind: "done", body };
}

/** 400, 401 and 403 may come with an empty body; any other needs the vendor's envelope to be the vendor's. */
function toRefusal(status: number, body: unknown): ApiAnswer {
  const error = worded.safeParse(body).data?.error;
  if (error === undefined && ![400, 401, 403].includes(status)) return { kind: "strange", status };
  return { kind: "refused", status, code: toCode(error ?? "") };
}

export function toCode(word: string): string {
  return word.replaceAll("_", "").toLowerCase();
}

function toWait(header: string | undefined): number {
  const seconds = Number(header);
  return header !== undefined && Number.isFinite(seconds) && seconds >= 0
    ? seconds * 1_000
    : windowMs;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
