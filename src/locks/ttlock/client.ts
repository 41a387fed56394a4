import type { HttpAnswer, Tools } from "#domain/tools.ts";
import { isSafeNumber, parse } from "lossless-json";
import { z } from "zod";
import { numeral } from "./inbound.ts";

/** What one call came to, before it is known what it means for a lock. */
export type ApiAnswer =
  | { readonly kind: "done"; readonly body: unknown }
  | Failed
  /** The sign-in before the call failed: the call itself never left. */
  | { readonly kind: "no-token"; readonly because: Failed };

export type Failed =
  | { readonly kind: "refused"; readonly errcode: number; readonly serverAt: number | undefined }
  /** The server's own environment lacks the application's credentials. */
  | { readonly kind: "not-configured" }
  /** Somebody else answered (a proxy, a wrong address): it was certainly not done. */
  | { readonly kind: "strange"; readonly status: number; readonly retryAfterMs: number | undefined }
  | { readonly kind: "never-left" }
  /** It may have been done. */
  | { readonly kind: "unknown" };

type Answered = Exclude<ApiAnswer, { readonly kind: "no-token" }>;

export interface ApiCall {
  readonly path: string;
  readonly fields: Readonly<Record<string, string | number>>;
  /** A talk with the lock takes seconds; one cut short leaves its outcome unknown. */
  readonly isOverGateway?: boolean;
}

/** Seen: 8 s for one talk. */
const gatewayTimeoutMs = 45_000;
const cloudTimeoutMs = 20_000;

/** Sends one form. Reads go by POST as well: a query would carry the token into logs. */
export async function post(
  tools: Pick<Tools, "http" | "baseUrl">,
  call: ApiCall,
): Promise<Answered> {
  const fields = Object.entries(call.fields).map(([name, value]) => [name, String(value)]);
  const answer = await tools.http({
    method: "POST",
    url: tools.baseUrl + call.path,
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams(fields as [string, string][]).toString(),
    timeoutMs: call.isOverGateway ? gatewayTimeoutMs : cloudTimeoutMs,
  });
  return toApiAnswer(answer);
}

/** Success has no errcode, or 0; failures come with HTTP 200 as well. */
const envelope = z.looseObject({ errcode: numeral.optional() });

function toApiAnswer(answer: HttpAnswer): Answered {
  if (answer.arrived === "no") return { kind: "never-left" };
  // A 5xx may come from a proxy that had already passed the call on.
  if (answer.arrived === "unknown" || answer.status >= 500) return { kind: "unknown" };
  const { status, headers } = answer;
  if (status >= 300) return { kind: "strange", status, retryAfterMs: readRetryAfter(headers) };
  const body = envelope.safeParse(parseJson(answer.text)).data;
  if (!body) return { kind: "unknown" };
  if (!body.errcode) return { kind: "done", body };
  const serverAt = Date.parse(headers["date"] ?? "");
  return {
    kind: "refused",
    errcode: body.errcode,
    serverAt: Number.isNaN(serverAt) ? undefined : serverAt,
  };
}

function readRetryAfter(headers: Readonly<Record<string, string>>): number | undefined {
  const seconds = Number(headers["retry-after"] ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
}

/** Numbers too large to be exact stay texts: an id must not lose its last digits. */
function parseJson(text: string): unknown {
  try {
    return parse(text, undefined, (digits) => (isSafeNumber(digits) ? Number(digits) : digits));
  } catch {
    return undefined;
  }
}
