import type { FastifyInstance } from "fastify";
import type { ApiRoute } from "../api/route.ts";
import { toDocsPage } from "./docs-page.ts";
import { toOpenApi } from "./openapi.ts";

export interface DocsNeeds {
  readonly version: string;
  /** Where this server is reached, without a trailing slash. */
  readonly baseUrl: () => string;
  readonly routes: () => readonly ApiRoute[];
}

/** Gathers every route of the API that is added to `app` after it. */
export function collectRoutes(app: FastifyInstance): () => readonly ApiRoute[] {
  const routes: ApiRoute[] = [];
  app.addHook("onRoute", ({ config }) => {
    if (config?.api) routes.push(config.api);
  });
  return () => routes;
}

/** `GET /docs`, a page that needs nothing but itself, and `GET /docs/openapi.json`. */
export function docsRoutes(app: FastifyInstance, needs: DocsNeeds): void {
  const describe = () =>
    toOpenApi({
      title: "Concierge",
      version: needs.version,
      description: introduction,
      url: needs.baseUrl(),
      routes: needs.routes(),
    });
  app.get("/docs/openapi.json", async (_request, reply) =>
    reply.header("cache-control", "no-cache").send(describe()),
  );
  app.get("/docs", async (_request, reply) =>
    reply
      .type("text/html; charset=utf-8")
      .header("cache-control", "no-cache")
      .send(toDocsPage(describe(), russian)),
  );
}

const introduction = [
  "One API for the console, scripts and integrations. Everything is JSON in UTF-8; instants are milliseconds since 1970; texts for people come in English and Russian.",
  "Send `Authorization: Bearer <token>`. Make a token on the server with `concierge token create --scope read`; scopes are `read`, `write` (reads too), `secrets:read` (reads too) and `metrics`. No answer holds a secret, except that of the one call that is there for it.",
  "Lists come in pages: pass `next` of one page as `before` to get the one after it. A refusal is `application/problem+json` (RFC 9457) with a `code` that never changes and a `requestId` to quote. In a query `+` is a plus, and `%20` a blank.",
].join("\n\n");

const russian =
  "Справочник API для разработчиков. Токен выдаёт сервер: concierge token create --scope read; передавайте его в заголовке Authorization: Bearer. Описание в формате OpenAPI 3.1: /docs/openapi.json. Вебхуки брони описаны в разделе Booking hooks; ключ для них печатает concierge hooks key.";
