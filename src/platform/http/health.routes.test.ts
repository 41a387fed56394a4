import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openApiWorld, type ApiWorld } from "../../../test/support/api-world.ts";
import { ask, openTestServer } from "../../../test/support/http-server.ts";
import { healthRoutes } from "./health.routes.ts";

let api: ApiWorld;

beforeEach(async () => {
  api = await openApiWorld();
});
afterEach(() => api[Symbol.asyncDispose]());

const at = (path: string, headers: Record<string, string> = {}) =>
  ask(api.server.url + path, { headers });

describe("whether it may take traffic", () => {
  it("is yes while the database answers and nobody stops it", async () => {
    const { status, json } = await at("/readyz");
    expect(status).toBe(200);
    expect(json()).toEqual({ status: "ready", database: true, isStopping: false });
  });

  it("is no while it stops, though it lives", async () => {
    api.world.isStopping = true;
    const { status, json } = await at("/readyz");
    expect(status).toBe(503);
    expect(json()).toEqual({ status: "not-ready", database: true, isStopping: true });
    expect((await at("/healthz")).json()).toEqual({ status: "alive" });
  });

  it.each([
    ["fails", () => Promise.reject(new Error("away"))],
    ["is silent", () => new Promise<boolean>(() => undefined)],
    ["says no", () => Promise.resolve(false)],
  ])("is no when the database %s", async (_how, isDatabaseReady) => {
    const server = await openTestServer((app) =>
      healthRoutes(app, {
        isDatabaseReady,
        isStopping: () => false,
        metrics: () => Promise.reject(new Error("not asked for")),
        admitMetrics: () => Promise.reject(new Error("not asked for")),
        patienceMs: 20,
      }),
    );
    const { status, json } = await ask(`${server.url}/readyz`);
    await server.close(0);
    expect(status).toBe(503);
    expect(json()).toMatchObject({ database: false });
  });
});

describe("the metrics", () => {
  it("are read from the machine itself without a token", async () => {
    const { status, headers, said } = await at("/metrics");
    expect(status).toBe(200);
    expect(headers["content-type"]).toMatch(/^text\/plain/);
    expect(said).toContain("process_resident_memory_bytes");
  });

  it.each([
    { "x-forwarded-for": "127.0.0.1" },
    { forwarded: "for=127.0.0.1" },
    { "x-real-ip": "127.0.0.1" },
    { via: "1.1 proxy" },
    { host: "concierge.example" },
    { host: "localhost.example" },
  ])("want a token of whoever comes through a proxy: %o", async (headers) => {
    const statusWith = async (token: string) =>
      (await at("/metrics", { ...headers, ...(token && { authorization: `Bearer ${token}` }) }))
        .status;
    expect(await statusWith("")).toBe(401);
    expect(await statusWith(api.tokens.read)).toBe(403);
    expect(await statusWith(api.tokens.metrics)).toBe(200);
  });
});
