import { STATUS_CODES } from "node:http";
import { z } from "zod";
import { apiPrefix, type ApiRoute, type Fault } from "../api/route.ts";
import { toJsonSchema, type JsonSchema, type Named } from "./json-schema.ts";

export interface OpenApi {
  readonly openapi: "3.1.0";
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly servers: readonly { readonly url: string }[];
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>;
    readonly securitySchemes: Readonly<Record<string, unknown>>;
  };
}

export interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description?: string;
  /** OpenAPI 3.1 lets a bearer scheme name the scopes that it needs. */
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly required: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, Response>>;
}

export interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required: boolean;
  readonly description?: string;
  readonly schema: JsonSchema;
}

export interface Response {
  readonly description: string;
  readonly content?: Content;
}

type Content = Readonly<Record<string, { readonly schema: JsonSchema }>>;

export interface Described {
  readonly title: string;
  readonly version: string;
  readonly description: string;
  readonly url: string;
  readonly routes: readonly ApiRoute[];
}

/** The OpenAPI document of the routes as they are served. Pure. */
export function toOpenApi({ title, version, description, url, routes }: Described): OpenApi {
  const named: Named = new Map([["Problem", toJsonSchema(problem, "output", new Map())]]);
  const paths: Record<string, Record<string, Operation>> = {};
  for (const route of routes) {
    const path = pathOf(route);
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: toOperation(route, named) };
  }
  return {
    openapi: "3.1.0",
    info: { title, version, description },
    servers: [{ url }],
    tags: [...new Set(routes.map(({ part }) => part))].map((name) => ({ name })),
    paths,
    components: {
      schemas: Object.fromEntries([...named].toSorted(([a], [b]) => (a < b ? -1 : 1))),
      securitySchemes: { token: { type: "http", scheme: "bearer" } },
    },
  };
}

const problem = z.object({
  title: z.string(),
  status: z.int(),
  detail: z.string().meta({ description: "What happened and what to do." }),
  code: z.string().meta({ description: "Never changes; branch on it." }),
  requestId: z.string().meta({ description: "Quote it when you ask about the request." }),
  errors: z
    .array(z.object({ path: z.string(), message: z.string() }))
    .optional()
    .meta({ description: "Every fault of the input at once." }),
});

function pathOf({ path, isPublic }: ApiRoute): string {
  return (isPublic ? path : apiPrefix + path).replaceAll(/:(\w+)/g, "{$1}");
}

function toOperation(route: ApiRoute, named: Named): Operation {
  const { scope, body } = route;
  const more = [route.more, scope && `Needs a token with scope \`${scope}\`.`].filter(Boolean);
  return {
    operationId: `${route.method.toLowerCase()}${pathOf(route)
      .replace("/api/v1/{ws}", "")
      .replaceAll(/[^a-z0-9]+/gi, "_")}`,
    tags: [route.part],
    summary: route.summary,
    ...(more.length > 0 && { description: more.join("\n\n") }),
    security: scope ? [{ token: [scope] }] : [],
    parameters: toParameters(route, named),
    ...(body && {
      requestBody: {
        required: true,
        content: { "application/json": { schema: toJsonSchema(body, "input", named) } },
      },
    }),
    responses: toResponses(route, named),
  };
}

const workspace: Parameter = {
  name: "ws",
  in: "path",
  required: true,
  description: "The workspace; the default one is `main`.",
  schema: { type: "string", examples: ["main"] },
};

const onceKey: Parameter = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  description:
    "Any text of your own, new for each request: the same request with the same key within 24 hours is answered the same and done once.",
  schema: { type: "string" },
};

function toParameters(route: ApiRoute, named: Named): readonly Parameter[] {
  return [
    ...(route.isPublic ? [] : [workspace]),
    ...fields(route.params, "path", named),
    ...fields(route.query, "query", named),
    ...(route.isOnce ? [onceKey] : []),
  ];
}

function fields(
  shape: z.ZodObject | undefined,
  place: "path" | "query",
  named: Named,
): readonly Parameter[] {
  if (!shape) return [];
  const { properties = {}, required = [] } = toJsonSchema(shape, "input", named);
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: place,
    required: required.includes(name),
    ...(description !== undefined && { description }),
    schema,
  }));
}

const common: readonly Fault[] = [
  { status: 401, code: "token_missing", meaning: "There is no token, or it is not known." },
  { status: 403, code: "scope_missing", meaning: "The token lacks the scope." },
  { status: 404, code: "workspace_missing", meaning: "The token is of another workspace." },
  {
    status: 503,
    code: "store_away",
    meaning: "The database does not answer; come back after `Retry-After`.",
  },
];

function toResponses(route: ApiRoute, named: Named): Readonly<Record<string, Response>> {
  const { status, meaning, schema, contentType = "application/json" } = route.answer;
  const invalid = { status: 400, code: "invalid_input", meaning: "Some of the input is wrong." };
  const once = {
    status: 409,
    code: "idempotency_key_reused",
    meaning: "The key was used for another request.",
  };
  const faults = [
    ...(route.faults ?? []),
    ...(!route.isPublic && (route.query ?? route.body ?? route.params) ? [invalid] : []),
    ...(route.isOnce ? [once] : []),
    ...(route.isPublic ? [] : common),
  ];
  const byStatus = Map.groupBy(faults, (fault) => fault.status);
  return {
    [status]: {
      description: meaning,
      ...(schema && {
        content: { [contentType]: { schema: toJsonSchema(schema, "output", named) } },
      }),
    },
    ...Object.fromEntries([...byStatus].map(([one, all]) => [one, toRefusal(one, all, route)])),
  };
}

function toRefusal(status: number, faults: readonly Fault[], { isPublic }: ApiRoute): Response {
  const lines = faults.map(({ code, meaning }) => `\`${code}\`: ${meaning}`);
  const description = lines.join("\n\n") || (STATUS_CODES[status] ?? "");
  if (isPublic) return { description };
  const content = {
    "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } },
  };
  return { description, content };
}
