import type { FastifyInstance } from "fastify";
import { afterEach, describe, expect, it } from "vitest";
import { ask, openTestServer, speak } from "../../../test/support/http-server.ts";
import { eventually } from "../../../test/support/tools.ts";

let server: Awaited<ReturnType<typeof openTestServer>> | undefined;

afterEach(async () => {
  await server?.close(0);
  server = undefined;
});

async function open(...given: Parameters<typeof openTestServer>): Promise<string> {
  server = await openTestServer(...given);
  return server.url;
}

function fewRoutes(app: FastifyInstance): void {
  app.get("/thing", () => ({}));
  app.post("/things", () => ({}));
  app.get("/page", (_asked, reply) => reply.type("text/html; charset=utf-8").send("<p>page</p>"));
  app.get("/app", { config: { hasScript: true } }, (_asked, reply) =>
    reply.type("text/html").send("<p>app</p>"),
  );
}

describe("what Node's parser refuses", () => {
  it.each([
    ["Russian letters in the query", "GET /x?a=привет HTTP/1.1\r\nHost: a\r\n\r\n"],
    ["Russian letters in the path", "GET /вебхук HTTP/1.1\r\nHost: a\r\n\r\n"],
    ["a raw blank", "GET /x?a=b c HTTP/1.1\r\nHost: a\r\n\r\n"],
    ["bytes of Windows-1251", Buffer.from([0x47, 0x45, 0x54, 0x20, 0x2f, 0xcf, 0xf0, 0x20])],
    ["no HTTP at all", "hello\r\n\r\n"],
  ])("is answered readably: %s", async (_name, bytes) => {
    const url = await open(fewRoutes);
    const said = await speak(url, bytes);
    expect(said).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(said).toContain("content-type: text/plain; charset=utf-8");
    expect(said).toContain("Write a blank as %20");
    expect(said).toContain("Пробел пишется как %20");
  });

  it("as a NUL in the path is nothing that there could be, and reaches no route", async () => {
    const url = await open((app) => void app.get("/thing/:id", () => expect.unreachable()));
    expect(await ask(`${url}/thing/a%00b`)).toMatchObject({ status: 404 });
  });

  it("as too many headers gets 431", async () => {
    const url = await open(fewRoutes);
    const said = await speak(url, `GET / HTTP/1.1\r\nHost: a\r\nx: ${"x".repeat(40_000)}\r\n\r\n`);
    expect(said).toMatch(/^HTTP\/1\.1 431 /);
  });

  it.each([
    ["headers", "POST /things HTTP/1.1\r\nHost: a\r\n"],
    [
      "body",
      "POST /things HTTP/1.1\r\nHost: a\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{",
    ],
  ])("as too slow a sender of its %s gets 408", async (_name, bytes) => {
    const url = await open(fewRoutes, { patience: { headersMs: 60, requestMs: 60 } });
    expect(await speak(url, bytes)).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/);
  });
});

describe("headers", () => {
  it("keep a page from running scripts unless its route asks for its own", async () => {
    const url = await open(fewRoutes);
    const page = (await ask(`${url}/page`)).headers;
    expect(page["content-security-policy"]).toMatch(/^default-src 'none'/);
    expect(page["content-security-policy"]).not.toContain("script-src");
    expect(page).toMatchObject({
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
    });
    const app = (await ask(`${url}/app`)).headers;
    expect(app["content-security-policy"]).toContain("script-src 'self'");
    expect((await ask(`${url}/thing`)).headers).not.toHaveProperty("content-security-policy");
  });
});

describe("closing", () => {
  it("lets a running request end and takes no other", async () => {
    const reached = Promise.withResolvers<void>();
    const released = Promise.withResolvers<void>();
    const url = await open((app) => {
      app.get("/slow", async () => {
        reached.resolve();
        await released.promise;
        return { isDone: true };
      });
    });
    const running = ask(`${url}/slow`);
    await reached.promise;
    const closing = server?.close();
    await eventually(() => server?.app.server.listening === false || undefined);
    await expect(ask(`${url}/slow`)).rejects.toMatchObject({ code: "ECONNREFUSED" });
    released.resolve();
    expect((await running).json()).toEqual({ isDone: true });
    await closing;
  });

  it("cuts what is still running when the time is up", async () => {
    const reached = Promise.withResolvers<void>();
    const url = await open((app) => {
      app.get("/stuck", () => {
        reached.resolve();
        return new Promise<never>(() => undefined);
      });
    });
    const running = ask(`${url}/stuck`);
    await reached.promise;
    await Promise.all([
      server?.close(20),
      expect(running).rejects.toMatchObject({ code: "UND_ERR_SOCKET" }),
    ]);
  });
});

it("says so when the port is taken", async () => {
  const url = await open(fewRoutes);
  await expect(open(fewRoutes, { port: Number(new URL(url).port) })).rejects.toMatchObject({
    code: "EADDRINUSE",
  });
});
