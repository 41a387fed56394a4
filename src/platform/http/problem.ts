import { HubError, type ErrorKind } from "#domain/error.ts";
import type { Text } from "#domain/text.ts";
import { InvalidInput, type InputFault } from "./input.ts";
import { problems, type ProblemName } from "./problems.ts";

/** A failed request as it is told to the caller, before it is written as JSON (RFC 9457) or as a page. */
export interface Problem {
  readonly status: number;
  /** Public, in snake case, never changes. */
  readonly code: string;
  readonly title: Text;
  /** For one who reads English technical words; holds nothing of the request's content. */
  readonly detail?: string;
  readonly errors?: readonly InputFault[];
  readonly retryAfterMs?: number;
}

/** Any error that reached the route edge. What is not ours and not the caller's fault says nothing of itself. */
export function toProblem(error: unknown): Problem {
  if (error instanceof HubError) return fromHubError(error);
  const status = clientStatusOf(error);
  return namedProblem(byStatus.get(status ?? 500) ?? (status ? "bad_request" : "internal_error"));
}

export function namedProblem(name: ProblemName): Problem {
  return { code: name, ...problems[name] };
}

function fromHubError(error: HubError): Problem {
  const { status, title } = problems[byKind[error.kind]];
  const { code, message, retryAfterMs } = error;
  return {
    status,
    title,
    code: error.kind === "broken" ? "internal_error" : code,
    ...(error.kind !== "broken" && { detail: message }),
    ...(error instanceof InvalidInput && { errors: error.faults }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

/** Fastify marks what it refuses with a status; only those of the caller's side are taken at their word. */
function clientStatusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("statusCode" in error)) return undefined;
  const { statusCode } = error;
  return typeof statusCode === "number" && statusCode >= 400 && statusCode < 500
    ? statusCode
    : undefined;
}

const byKind = {
  invalid: "bad_request",
  unauthenticated: "unauthenticated",
  forbidden: "forbidden",
  missing: "not_found",
  conflict: "conflict",
  "too-large": "body_too_large",
  "too-many": "too_many_requests",
  unavailable: "unavailable",
  broken: "internal_error",
} as const satisfies Record<ErrorKind, ProblemName>;

const byStatus = new Map<number, ProblemName>(
  (Object.keys(problems) as ProblemName[]).map((name) => [problems[name].status, name]),
);
