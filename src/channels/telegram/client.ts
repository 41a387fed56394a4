import type { HttpAnswer, Tools } from "#domain/tools.ts";
import { z } from "zod";

/** What one call of the Bot API came to, before it is known what it means for a message. */
export type ApiAnswer =
  | { readonly kind: "done"; readonly result: unknown }
  /** The Bot API's own refusal, with its text. The text is no contract: match it loosely, never show it. */
  | { readonly kind: "refused"; readonly code: number; readonly description: string }
  | { readonly kind: "later"; readonly retryAfterMs?: number }
  /** Somebody else answered (a proxy, a wrong address): it was certainly not done. */
  | { readonly kind: "strange"; readonly status: number }
  | { readonly kind: "never-left" }
  /** It may have been done. */
  | { readonly kind: "unknown" };

const envelope = z.discriminatedUnion("ok", [
  z.object({ ok: z.literal(true), result: z.unknown() }),
  z.object({
    ok: z.literal(false),
    error_code: z.number(),
    description: z.string().catch(""),
    parameters: z.object({ retry_after: z.number().optional() }).catch({}).default({}),
  }),
]);

/** Calls one method with the bot's token. */
export async function callBot(
  tools: Pick<Tools, "http" | "baseUrl">,
  token: string,
  call: { readonly method: string; readonly body?: object },
): Promise<ApiAnswer> {
  const answer = await tools.http({
    method: "POST",
    url: `${tools.baseUrl}/bot${token}/${call.method}`,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(call.body ?? {}),
  });
  return toApiAnswer(answer);
}

function toApiAnswer(answer: HttpAnswer): ApiAnswer {
  if (answer.arrived === "no") return { kind: "never-left" };
  // A 5xx may come from a gateway that had already passed the call on.
  if (answer.arrived === "unknown" || answer.status >= 500) return { kind: "unknown" };
  const body = envelope.safeParse(parseJson(answer.text)).data;
  if (answer.status === 429) return toLater(answer.headers["retry-after"], body);
  if (body?.ok === false)
    return { kind: "refused", code: body.error_code, description: body.description.toLowerCase() };
  if (answer.status >= 300) return { kind: "strange", status: answer.status };
  return body ? { kind: "done", result: body.result } : { kind: "unknown" };
}

function toLater(header: string | undefined, body?: z.infer<typeof envelope>): ApiAnswer {
  const told = body?.ok === false ? body.parameters.retry_after : undefined;
  const seconds = told ?? Number(header);
  return Number.isFinite(seconds) && seconds >= 0
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
