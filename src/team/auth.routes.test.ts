import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { Scope } from "#domain/scope.ts";
import { describeRoute } from "#platform/http/api/route.ts";
import { serveRoute } from "#platform/http/api/serve.ts";
import { makeId } from "#platform/uuid.ts";
import { ask, openTestServer } from "../../test/support/http-server.ts";
import { openApiWorld, type ApiWorld } from "../../test/support/api-world.ts";
import { guardApi } from "./auth.routes.ts";
import { allows, makeToken } from "./token.ts";

let api: ApiWorld;

beforeAll(async () => {
  api = await openApiWorld();
});
afterAll(() => api[Symbol.asyncDispose]());

interface Documented {
  readonly paths: Record<string, Record<string, { security: { token?: string[] }[] }>>;
}

/** Every route of the API as the reference lists it, which is made of the routes that are served. */
async function routes() {
  const { json } = await ask(`${api.server.url}/docs/openapi.json`);
  return Object.entries((json() as Documented).paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { security }]) => ({
      method: method.toUpperCase() as "GET" | "POST" | "DELETE",
      path,
      scope: security[0]?.token?.[0],
    })),
  );
}

const someRoute = describeRoute({
  method: "GET",
  path: "/things",
  part: "Things",
  summary: "List things",
  scope: "read",
  answer: { status: 200, meaning: "All of them.", schema: z.object({}) },
});

const fill = (path: string, ws = "main") => path.replace("{ws}", ws).replace("{id}", makeId());

describe("every route of the API", () => {
  it("lets in exactly the tokens that have its scope, in their own workspace", async () => {
    const guarded = (await routes()).filter(({ path }) => path.startsWith("/api/"));
    expect(guarded.length).toBeGreaterThanOrEqual(15);
    const { read, write, secrets, metrics, none, other } = api.tokens;
    for (const { method, path, scope } of guarded) {
      const answerTo = async (token: string, ws?: string) => {
        const body = method === "POST" ? {} : undefined;
        // The feed does not end for whom it lets in; there its own refusal is as good.
        const at = fill(path, ws) + (path.endsWith("/feed") ? "?after=x" : "");
        const { status } = await api.call(method, at, { token, body });
        return status === 401 || status === 403 ? status : "in";
      };
      const mayIn = (own: Scope) => (allows([own], scope as Scope) ? "in" : 403);
      expect({
        path,
        nobody: await answerTo(""),
        stranger: await answerTo(makeToken()),
        withoutScopes: await answerTo(none),
        read: await answerTo(read),
        write: await answerTo(write),
        secrets: await answerTo(secrets),
        metrics: await answerTo(metrics),
        ofAnother: (await api.call(method, fill(path), { token: other })).status,
        elsewhere: (await api.call(method, fill(path, "nowhere"), { token: write })).status,
      }).toEqual({
        path,
        nobody: 401,
        stranger: 401,
        withoutScopes: 403,
        read: mayIn("read"),
        write: mayIn("write"),
        secrets: mayIn("secrets:read"),
        metrics: mayIn("metrics"),
        ofAnother: 404,
        elsewhere: 404,
      });
    }
  });
});

describe("a refusal", () => {
  it("says what to do, and challenges for a token", async () => {
    const { status, headers, json } = await api.get("/bookings", { token: "" });
    expect(status).toBe(401);
    expect(headers["www-authenticate"]).toBe('Bearer realm="Concierge"');
    expect(headers["content-type"]).toMatch(/^application\/problem\+json/);
    expect(json()).toMatchObject({
      code: "token_missing",
      detail: expect.stringContaining("concierge token create") as string,
    });
  });

  it("of a scope names the one that is missing and those that are there", async () => {
    const { json } = await api.post(`/codes/${makeId()}/reveal`, { token: api.tokens.write });
    expect(json()).toMatchObject({
      status: 403,
      code: "scope_missing",
      detail: expect.stringMatching(/no scope secrets:read; it has: write\./) as string,
    });
  });

  it("never repeats the token", async () => {
    const token = makeToken();
    expect((await api.get("/bookings", { token })).said).not.toContain(token.slice(3));
    expect(api.server.lines.join("")).not.toContain(token.slice(3));
  });

  it("comes before the body is looked at", async () => {
    const { status } = await api.post("/hooks", { token: "", body: { url: 5 } });
    expect(status).toBe(401);
  });
});

describe("the demo's guest", () => {
  const guest = { workspaceId: "main", scopes: ["write", "secrets:read"], name: "demo" } as const;

  it("needs no token in the default workspace, on the server's own pages", async () => {
    await using demo = await openApiWorld({ guest });
    const statusOf = async (path: string, headers: Record<string, string> = {}) =>
      (await demo.get(path, { token: "", headers })).status;
    expect(await statusOf("/bookings")).toBe(200);
    expect(await statusOf("/bookings", { "sec-fetch-site": "same-origin" })).toBe(200);
    expect(await statusOf("/bookings", { "sec-fetch-site": "cross-site" })).toBe(401);
    expect(await statusOf("/api/v1/other/bookings")).toBe(404);
    expect(await statusOf("/bookings", { authorization: "Bearer wrong" })).toBe(401);
  });
});

it("a database that is away is no reason to let anybody in, nor to call a token wrong", async () => {
  const away = new pg.Pool({ host: "127.0.0.1", port: 9 });
  const server = await openTestServer((app) => {
    guardApi(app, { findToken: async () => (await away.query("select 1"), undefined) });
    serveRoute(app, someRoute, async () => ({}));
  });
  const headers = { authorization: `Bearer ${makeToken()}` };
  const answer = await ask(`${server.url}/api/v1/main/things`, { headers });
  await server.close(0);
  expect([answer.status, answer.headers["retry-after"]]).toEqual([503, "5"]);
  expect(answer.json()).toMatchObject({ code: "store_away" });
});

it("a route without a guard before it serves nobody", async () => {
  const server = await openTestServer((app) => serveRoute(app, someRoute, async () => ({})));
  const { status } = await ask(`${server.url}/api/v1/main/things`);
  await server.close(0);
  expect(status).toBe(500);
});
