import type { HttpAnswer, Tools } from "#domain/tools.ts";
import { z } from "zod";

/** What one call came to, before it is known what it means for a message. */
export type ApiAnswer =
  | { readonly kind: "done"; readonly body: Readonly<Record<string, unknown>> }
  /** Wappi's own refusal. `detail` is lower-cased prose and no contract: match it loosely, never show it. */
  | { readonly kind: "refused"; readonly status: number; readonly detail: string }
  | { readonly kind: "later"; readonly retryAfterMs?: number }
  /** Somebody else answered (a proxy, a wrong address): it was certainly not done. */
  | { readonly kind: "strange"; readonly status: number }
  | { readonly kind: "never-left" }
  /** It may have been done. */
  | { readonly kind: "unknown" };

export interface ApiCall {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export type Api = (call: ApiCall) => Promise<ApiAnswer>;

/** Calls in the name of one cabinet. The token goes bare into the header, never into the URL. */
export function openApi(tools: Pick<Tools, "http" | "baseUrl">, apiToken: string): Api {
  return async ({ method, path, query, body }) => {
    const search = query ? `?${new URLSearchParams(query).toString()}` : "";
    const answer = await tools.http({
      method,
      url: `${tools.baseUrl}${path}${search}`,
      headers: {
        authorization: apiToken,
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return toApiAnswer(answer);
  };
}

const refusalBody = z.looseObject({ status: z.string(), detail: z.string().catch("") });
const anyBody = z.record(z.string(), z.unknown());

function toApiAnswer(answer: HttpAnswer): ApiAnswer {
  if (answer.arrived === "no") return { kind: "never-left" };
  if (answer.arrived === "unknown") return { kind: "unknown" };
  const { status } = answer;
  // A gateway may have passed the call on before it failed.
  if (status >= 500) return { kind: "unknown" };
  if (status === 429) return toLater(answer.headers["retry-after"]);
  if (status === 401) return { kind: "refused", status, detail: "" };
  return toWordedAnswer(status, answer.text);
}

/** Some refusals come with HTTP 200, so the body's own `status` is read first. */
function toWordedAnswer(status: number, text: string): ApiAnswer {
  const json = parseJson(text);
  const worded = refusalBody.safeParse(json).data;
  if (worded && worded.status !== "done")
    return { kind: "refused", status, detail: worded.detail.toLowerCase() };
  if (status >= 300) return { kind: "strange", status };
  const body = anyBody.safeParse(text === "" ? {} : json).data;
  return body ? { kind: "done", body } : { kind: "unknown" };
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
