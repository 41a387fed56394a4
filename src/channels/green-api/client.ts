import type { HttpAnswer, Tools } from "#domain/tools.ts";
import { platforms, type Settings } from "./platforms.ts";

/** What one call came to, before it is known what it means for a message. */
export type ApiAnswer =
  | { readonly kind: "done"; readonly body: unknown }
  /** GREEN-API's own refusal. `text` is the lower-cased body, often prose or empty: match it loosely, never show it. */
  | { readonly kind: "refused"; readonly status: number; readonly text: string }
  | { readonly kind: "later"; readonly retryAfterMs?: number }
  /** Somebody else answered (a proxy, a wrong address): it was certainly not done. */
  | { readonly kind: "strange"; readonly status: number }
  | { readonly kind: "never-left" }
  /** It may have been done. */
  | { readonly kind: "unknown" };

export type Failed = Exclude<ApiAnswer, { readonly kind: "done" }>;

export interface ApiCall {
  readonly method: string;
  readonly body?: object;
  readonly query?: string;
}

/** A call with a body is a POST, one without a GET. */
export type Api = (call: ApiCall) => Promise<ApiAnswer>;

/** Calls one instance. Its token stands in the path: a URL of this API must never be shown unmasked. */
export function openApi(
  tools: Pick<Tools, "http" | "baseUrl" | "isBaseUrlOverridden">,
  { apiUrl, apiTokenInstance, idInstance, platform }: Settings,
): Api {
  const base = tools.isBaseUrlOverridden ? tools.baseUrl : `https://${apiUrl}`;
  const instance = `${base}${platforms[platform].path}/waInstance${encodeURIComponent(idInstance)}`;
  return async ({ method, body, query = "" }) => {
    const url = `${instance}/${method}/${encodeURIComponent(apiTokenInstance)}${query}`;
    const answer = await tools.http(
      body
        ? {
            method: "POST",
            url,
            headers: { "content-type": "application/json" },
            body: JSON.stringify(body),
          }
        : { method: "GET", url },
    );
    return toApiAnswer(answer);
  };
}

function toApiAnswer(answer: HttpAnswer): ApiAnswer {
  if (answer.arrived === "no") return { kind: "never-left" };
  if (answer.arrived === "unknown") return { kind: "unknown" };
  const { status, headers, text } = answer;
  // 499 and 5xx are a gateway's: it may have passed the call on before.
  if (status >= 499) return { kind: "unknown" };
  if (status === 429) return toLater(headers["retry-after"]);
  if (status >= 400) return { kind: "refused", status, text: text.toLowerCase() };
  if (status >= 300) return { kind: "strange", status };
  const body = parseJson(text);
  return body === undefined ? { kind: "unknown" } : { kind: "done", body };
}

function toLater(header: string | undefined): ApiAnswer {
  const seconds = Number(header);
  return header !== undefined && Number.isFinite(seconds) && seconds >= 0
    ? { kind: "later", retryAfterMs: seconds * 1_000 }
    : { kind: "later" };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
