import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApiWorld, type ApiWorld } from "../../../../test/support/api-world.ts";
import { ask } from "../../../../test/support/http-server.ts";
import type { OpenApi } from "./openapi.ts";

let api: ApiWorld;
let document: OpenApi;
let text: string;
let page: Awaited<ReturnType<typeof ask>>;

beforeAll(async () => {
  api = await openApiWorld();
  const answer = await ask(`${api.server.url}/docs/openapi.json`);
  text = answer.said;
  document = answer.json() as OpenApi;
  page = await ask(`${api.server.url}/docs`);
});
afterAll(() => api[Symbol.asyncDispose]());

describe("the OpenAPI document", () => {
  it("names every route of the API, each with its scope, and the hooks and health beside them", () => {
    const lines = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { security }]) =>
        `${method} ${path} ${security.flatMap(({ token = [] }) => token).join()}`.trim(),
      ),
    );
    expect(lines).toEqual(
      expect.arrayContaining([
        "get /api/v1/{ws}/bookings read",
        "get /api/v1/{ws}/bookings/{id} read",
        "post /api/v1/{ws}/codes/{id}/reveal secrets:read",
        "get /api/v1/{ws}/deliveries read",
        "post /api/v1/{ws}/deliveries/{id}/resend write",
        "get /api/v1/{ws}/notices read",
        "post /api/v1/{ws}/intake/{id}/replay write",
        "delete /api/v1/{ws}/hooks/{id} write",
        "get /api/v1/{ws}/integrations read",
        "get /api/v1/{ws}/feed read",
        "get /webhook/ttlock",
        "post /webhook/telegram",
        "post /webhook/h/{id}",
        "get /healthz",
        "get /metrics metrics",
      ]),
    );
  });

  it("refers only to schemas that it holds, and has each operation's id once", () => {
    const names = [...text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(
      ([, name]) => name!,
    );
    expect(names.length).toBeGreaterThan(10);
    expect(names.filter((name) => !document.components.schemas[name])).toEqual([]);
    expect(text).not.toContain("$defs");
    const ids = [...text.matchAll(/"operationId":"(\w+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("says of each parameter where it stands, whether it must, and what it may be", () => {
    const { parameters } = document.paths["/api/v1/{ws}/deliveries"]!["get"]!;
    expect(parameters).toMatchObject([
      { name: "ws", in: "path", required: true },
      { name: "before", in: "query", required: false, schema: { type: "string", format: "uuid" } },
      {
        name: "limit",
        in: "query",
        required: false,
        schema: { type: "integer", minimum: 1, maximum: 200, default: 50 },
      },
      {
        name: "state",
        in: "query",
        required: false,
        schema: { $ref: "#/components/schemas/DeliveryState" },
      },
    ]);
    const hook = document.paths["/webhook/ttlock"]!["post"]!.parameters;
    expect(hook.find(({ name }) => name === "key")).toMatchObject({ in: "query", required: true });
    expect(hook.find(({ name }) => name === "username")).toMatchObject({ required: true });
    expect(hook.find(({ name }) => name === "codeLength")).toMatchObject({ required: false });
  });

  it("offers an idempotency key where it is taken, and lists the refusals", () => {
    const { parameters, responses } = document.paths["/api/v1/{ws}/hooks"]!["post"]!;
    expect(parameters.map(({ name }) => name)).toEqual(["ws", "Idempotency-Key"]);
    expect(Object.keys(responses)).toEqual(["201", "400", "401", "403", "404", "409", "503"]);
    expect(responses["400"]!.content).toHaveProperty(["application/problem+json"]);
    const reveal = document.paths["/api/v1/{ws}/codes/{id}/reveal"]!["post"]!;
    expect(reveal.parameters.map(({ name }) => name)).toEqual(["ws", "id"]);
  });
});

describe("the reference page", () => {
  it("is one page that loads nothing and runs nothing", () => {
    expect(page.headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(page.headers["content-security-policy"]).toMatch(/^default-src 'none'/);
    expect(page.said).not.toMatch(/<script|<img|<link|src=|@import/);
    expect(page.said.match(/href="[^"#]+"/g)).toEqual(['href="/docs/openapi.json"']);
  });

  it("leads to every operation and schema, and nowhere else", () => {
    const targets = new Set([...page.said.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    const links = [...page.said.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id!);
    expect(links.filter((id) => !targets.has(id))).toEqual([]);
    for (const methods of Object.values(document.paths))
      for (const { operationId } of Object.values(methods)) expect(links).toContain(operationId);
  });

  it("greets in Russian, and shows how to call", () => {
    expect(page.said).toMatch(/<p lang="ru"[^>]*>Справочник API/);
    expect(page.said).toContain("curl &#34;https://concierge.example/api/v1/main/bookings&#34;");
    expect(page.said).not.toContain("undefined");
  });
});
