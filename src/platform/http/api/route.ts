import type { Scope } from "#domain/scope.ts";
import type { z } from "zod";

/** One route as it is served and as the reference tells it: both come from this description. */
export interface ApiRoute {
  readonly method: "GET" | "POST" | "DELETE";
  /** Below `/api/v1/:ws`, or whole when `isPublic`: `/bookings/:id`. */
  readonly path: string;
  /** The part of the reference it stands in. */
  readonly part: string;
  /** A verb phrase, without a full stop. */
  readonly summary: string;
  /** What a caller should know besides. Paragraphs are separated by an empty line. */
  readonly more?: string;
  /** Absent only where `isPublic`. */
  readonly scope?: Scope;
  /** Not below the API's prefix and not guarded by a token: it has its own way of knowing its callers. */
  readonly isPublic?: boolean;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Whether it takes `Idempotency-Key`. */
  readonly isOnce?: boolean;
  readonly answer: Answer;
  readonly faults?: readonly Fault[];
}

export interface Answer {
  readonly status: 200 | 201 | 202 | 204;
  readonly meaning: string;
  readonly schema?: z.ZodType;
  /** Default `application/json`. */
  readonly contentType?: string;
}

export interface Fault {
  readonly status: number;
  readonly code: string;
  readonly meaning: string;
}

export const apiPrefix = "/api/v1/:ws";

/** Keeps the exact types of a description, so that its handler is typed by it. */
export function describeRoute<const Route extends ApiRoute>(route: Route): Route {
  return route;
}

type Read<Route, Part extends string> =
  Route extends Readonly<Record<Part, infer Schema extends z.ZodType>>
    ? z.output<Schema>
    : undefined;

export type ParamsOf<Route> = Read<Route, "params">;
export type QueryOf<Route> = Read<Route, "query">;
export type BodyOf<Route> = Read<Route, "body">;
/** What a handler gives: the answer before its schema has taken out what it does not name. */
export type AnswerOf<Route> = Route extends {
  readonly answer: { readonly schema: infer Schema extends z.ZodType };
}
  ? z.input<Schema>
  : undefined;
