import type { Scope } from "#domain/scope.ts";
import type { ApiRoute } from "./route.ts";

/** Who asks, once it is known that they may. */
export interface Caller {
  readonly workspaceId: string;
  readonly scopes: readonly Scope[];
  /** How the timeline names them. */
  readonly name: string;
}

declare module "fastify" {
  interface FastifyContextConfig {
    /** Set on every route of the API: whom it asks for, and what the reference says of it. */
    readonly api?: ApiRoute;
  }
  interface FastifyRequest {
    /** Set by the guard before a route of the API runs. */
    caller: Caller | null;
  }
}
