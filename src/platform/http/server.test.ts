import { HubError } from "#domain/error.ts";
import type { FastifyInstance } from "fastify";
import type { request } from "undici";
import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { ask, openTestServer } from "../../../test/support/http-server.ts";
import { readInput } from "./input.ts";

let server: Awaited<ReturnType<typeof openTestServer>> | undefined;

afterEach(async () => {
  await server?.close(0);
  server = undefined;
});

async function open(...given: Parameters<typeof openTestServer>): Promise<string> {
  server = await openTestServer(...given);
  return server.url;
}

class Missing extends HubError {
  override readonly name = "Missing";
}

const shape = z.object({ name: z.string(), phones: z.array(z.string()) });

function someRoutes(app: FastifyInstance): void {
  app.get("/things/:id", (asked) => ({ id: asked.params, query: asked.query, url: asked.raw.url }));
  app.delete("/things/:id", () => ({}));
  app.post("/things", (asked) => readInput(shape, asked.body));
  app.get("/missing", () => {
    throw new Missing("thing_missing", "There is no thing 5. List the things.", {
      kind: "missing",
    });
  });
  app.get("/away", () => {
    const details = { kind: "unavailable", retryAfterMs: 1_500 } as const;
    throw new Missing("store_away", "The store is away.", details);
  });
  app.get("/broken", () => {
    throw new Error("password=canary");
  });
  app.get("/ours", () => {
    throw new Missing("bug", "canary", { ids: { thingId: "5" } });
  });
}

const browser = { accept: "text/html,*/*;q=0.8", "accept-language": "ru" };

describe("a request", () => {
  it("keeps its raw URL and has no parsed query", async () => {
    const url = await open(someRoutes);
    const { json } = await ask(`${url}/things/7/?a=+1%zz&__proto__=x`);
    expect(json()).toEqual({ id: { id: "7" }, query: {}, url: "/things/7/?a=+1%zz&__proto__=x" });
  });

  it("has an id of ours, in the answer too", async () => {
    const url = await open(someRoutes);
    const { headers } = await ask(`${url}/things/7`, { headers: { "x-request-id": "theirs" } });
    expect(headers["x-request-id"]).toMatch(/^[\w-]{12}$/);
  });

  it("is believed about its sender only when it comes through a named proxy", async () => {
    const routes = (app: FastifyInstance) => void app.get("/ip", (asked) => ({ ip: asked.ip }));
    const headers = { "x-forwarded-for": "203.0.113.5" };
    const from = async (trustedProxies: string[]) => {
      const { json } = await ask(`${await open(routes, { trustedProxies })}/ip`, { headers });
      await server?.close(0);
      return json();
    };
    expect(await from([])).toEqual({ ip: "127.0.0.1" });
    expect(await from(["10.0.0.0/8"])).toEqual({ ip: "127.0.0.1" });
    expect(await from(["127.0.0.0/8"])).toEqual({ ip: "203.0.113.5" });
  });
});

describe("a problem", () => {
  it("of ours is told by its code, with the request's id", async () => {
    const url = await open(someRoutes);
    const { status, headers, json } = await ask(`${url}/missing`);
    expect(status).toBe(404);
    expect(headers["content-type"]).toMatch(/^application\/problem\+json/);
    expect(json()).toEqual({
      title: "Not Found",
      status: 404,
      detail: "There is no thing 5. List the things.",
      code: "thing_missing",
      requestId: headers["x-request-id"],
    });
  });

  it("says when to come back", async () => {
    const url = await open(someRoutes);
    const { status, headers } = await ask(`${url}/away`);
    expect([status, headers["retry-after"]]).toEqual([503, "2"]);
  });

  it("lists every fault of the input at once", async () => {
    const url = await open(someRoutes);
    const { status, json } = await ask(`${url}/things`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: '{"phones":["1",2]}',
    });
    expect(status).toBe(400);
    expect(json()).toMatchObject({
      code: "invalid_input",
      errors: [
        { path: "name", message: expect.any(String) as string },
        { path: "phones.1", message: expect.any(String) as string },
      ],
    });
  });

  it.each(["/broken", "/ours"])(
    "that is our bug tells the caller nothing of it: %s",
    async (path) => {
      const url = await open(someRoutes);
      const { status, headers, said } = await ask(url + path);
      expect(status).toBe(500);
      expect(said).not.toContain("canary");
      expect(said).toContain('"code":"internal_error"');
      expect(server?.lines).toHaveLength(1);
      expect(JSON.parse(server!.lines[0]!)).toMatchObject({
        level: "error",
        requestId: headers["x-request-id"],
        route: path,
      });
    },
  );

  it("with the caller's request is not logged as our error", async () => {
    const url = await open(someRoutes);
    await ask(`${url}/missing`);
    expect(server?.lines).toEqual([]);
  });

  it.each<[string, Parameters<typeof request>[1], number, string]>([
    ["/nowhere", {}, 404, "not_found"],
    [
      "/nowhere",
      { method: "POST", body: "<x/>", headers: { "content-type": "text/xml" } },
      404,
      "not_found",
    ],
    ["/things/7/more", {}, 404, "not_found"],
    ["/%zz", {}, 400, "bad_request"],
    [`/things/7?a=${"x".repeat(16_500)}`, {}, 414, "url_too_long"],
    [
      "/things",
      { method: "POST", body: "x", headers: { "content-type": "text/xml" } },
      415,
      "unsupported_media_type",
    ],
    [
      "/things",
      { method: "POST", body: '{"name":canary', headers: { "content-type": "application/json" } },
      400,
      "bad_request",
    ],
    [
      "/things",
      { method: "POST", body: '{"__proto__":{}}', headers: { "content-type": "application/json" } },
      400,
      "bad_request",
    ],
    [
      "/things",
      { method: "POST", body: "", headers: { "content-type": "application/json" } },
      400,
      "bad_request",
    ],
    [
      "/things",
      {
        method: "POST",
        body: `"${"x".repeat(200)}"`,
        headers: { "content-type": "application/json" },
      },
      413,
      "body_too_large",
    ],
  ])("%s %o: %d %s", async (...[path, options, status, code]) => {
    const url = await open(someRoutes);
    const answer = await ask(url + path, options);
    expect(answer.status).toBe(status);
    expect(answer.json()).toMatchObject({
      status,
      code,
      requestId: answer.headers["x-request-id"],
    });
    expect(answer.said).not.toContain("canary");
  });

  it("with the method names those that fit", async () => {
    const url = await open(someRoutes);
    const { status, headers, json } = await ask(`${url}/things/7/?a=1`, { method: "PUT" });
    expect(status).toBe(405);
    expect(headers["allow"]).toBe("DELETE, GET, HEAD");
    expect(json()).toMatchObject({ code: "method_not_allowed" });
  });

  it("is a page in the reader's language for a browser", async () => {
    const url = await open(someRoutes);
    const { status, headers, said } = await ask(`${url}/nowhere?<script>`, { headers: browser });
    expect(status).toBe(404);
    expect(headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(said).toContain('<html lang="ru">');
    expect(said).toContain("<h1>По этому адресу ничего нет.");
    expect(said).toContain(String(headers["x-request-id"]));
    expect(said).not.toContain("<script");
  });
});
