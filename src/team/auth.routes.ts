import { timingSafeEqual } from "node:crypto";
import type { Scope } from "#domain/scope.ts";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Caller } from "#platform/http/api/caller.ts";
import { ApiFault } from "#platform/http/api/fault.ts";
import { whileHere } from "#platform/http/api/serve.ts";
import type { FoundToken } from "./team.store.ts";
import { allows, hashToken, tokenOf } from "./token.ts";

export interface AuthNeeds {
  readonly findToken: (hash: Buffer) => Promise<FoundToken | undefined>;
  /** Who asks without a token. Given in the demo only. */
  readonly guest?: Caller | undefined;
}

/**
 * Lets callers into the routes of the API that are added to `app` after it. Unknown callers get 401, a token without the
 * route's scope 403, another workspace than the token's 404, as one that does not exist.
 */
export function guardApi(app: FastifyInstance, needs: AuthNeeds): void {
  app.decorateRequest("caller", null);
  app.addHook("onRequest", async (request, reply) => {
    const route = request.routeOptions.config.api;
    if (!route) return;
    try {
      const caller = await whileHere(() => knowCaller(needs, request));
      const { ws } = request.params as { readonly ws?: string };
      if (ws !== caller.workspaceId) throw otherWorkspace();
      mustAllow(caller, route.scope);
      request.caller = caller;
    } catch (error) {
      if (error instanceof ApiFault && error.kind === "unauthenticated")
        void reply.header("www-authenticate", 'Bearer realm="Concierge"');
      throw error;
    }
  });
}

/** Who sent an `Authorization` header, when the token is known and has the scope. Throws `ApiFault` otherwise. */
export async function admitToken(
  needs: Pick<AuthNeeds, "findToken">,
  authorization: string | undefined,
  scope: Scope,
): Promise<Caller> {
  const caller = await whileHere(() => byToken(needs, authorization));
  mustAllow(caller, scope);
  return caller;
}

async function knowCaller(needs: AuthNeeds, request: FastifyRequest): Promise<Caller> {
  const { authorization } = request.headers;
  // Another site's page that the guest has open in the same browser is not the guest.
  const isOwnPage = request.headers["sec-fetch-site"] !== "cross-site";
  if (authorization === undefined && needs.guest && isOwnPage) return needs.guest;
  return await byToken(needs, authorization);
}

async function byToken(
  needs: Pick<AuthNeeds, "findToken">,
  authorization: string | undefined,
): Promise<Caller> {
  if (authorization === undefined) throw noToken();
  const token = tokenOf(authorization);
  const hash = hashToken(token ?? "");
  const found = token === undefined ? undefined : await needs.findToken(hash);
  if (!found || !timingSafeEqual(found.hash, hash)) throw unknownToken();
  return { workspaceId: found.workspaceId, scopes: found.scopes, name: found.name };
}

function mustAllow(caller: Caller, scope: Scope | undefined): void {
  if (scope !== undefined && allows(caller.scopes, scope)) return;
  const message =
    `This token has no scope ${scope ?? "that would do"}; it has: ${caller.scopes.join(", ") || "none"}. ` +
    `Make another: concierge token create --scope ${scope ?? "read"}`;
  throw new ApiFault("scope_missing", message, { kind: "forbidden" });
}

function noToken(): ApiFault {
  const message =
    "Send a token in the header: Authorization: Bearer <token>. Make one with: concierge token create --scope read";
  return new ApiFault("token_missing", message, { kind: "unauthenticated" });
}

function unknownToken(): ApiFault {
  const message =
    "This token is not known: it was removed or mistyped. Make another: concierge token create --scope read";
  return new ApiFault("token_unknown", message, { kind: "unauthenticated" });
}

function otherWorkspace(): ApiFault {
  const message =
    "There is no such workspace for this token. The default one is main: /api/v1/main/...";
  return new ApiFault("workspace_missing", message, { kind: "missing" });
}
