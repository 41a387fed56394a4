import type { FastifyInstance } from "fastify";

declare module "fastify" {
  interface FastifyContextConfig {
    /** The page loads scripts of ours. Without it a page runs none. */
    readonly hasScript?: boolean;
  }
}

/** The policy of a page that runs no script. */
export const noScript = [
  "default-src 'none'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");
const ownScript = `${noScript}; script-src 'self'; connect-src 'self'; manifest-src 'self'`;

/** What every answer carries. */
export function commonHeaders(requestId: string): Record<string, string> {
  return {
    "x-request-id": requestId,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
  };
}

/** Headers that keep a page from running, framing or telling anything it should not; a route's own policy stands. */
export function addSecurityHeaders(app: FastifyInstance): void {
  app.addHook("onRequest", async (request, reply) => void reply.headers(commonHeaders(request.id)));
  app.addHook("onSend", async (request, reply) => {
    const isPage = String(reply.getHeader("content-type") ?? "").startsWith("text/html");
    if (!isPage || reply.hasHeader("content-security-policy")) return;
    const hasScript = request.routeOptions.config.hasScript === true;
    reply.header("content-security-policy", hasScript ? ownScript : noScript);
  });
}
