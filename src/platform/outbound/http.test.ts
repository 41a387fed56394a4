import { createServer, type RequestListener } from "node:http";
import { createServer as createTlsServer } from "node:https";
import {
  createServer as createTcpServer,
  type AddressInfo,
  type Server,
  type Socket,
} from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { makeHttp } from "./http.ts";
import { untrusted } from "./untrusted-certificate.ts";

const opened = new Set<() => Promise<void>>();

afterEach(async () => {
  for (const close of opened) await close();
  opened.clear();
});

function aHttp(given: Partial<Parameters<typeof makeHttp>[0]> = {}) {
  const http = makeHttp({ allowPrivateNetwork: true, allowedOrigins: [], ...given });
  opened.add(() => http[Symbol.asyncDispose]() as Promise<void>);
  return http;
}

async function listen(server: Server): Promise<string> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  opened.add(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const serve = (listener: RequestListener) => listen(createServer(listener));
/** A server that speaks as `onData` says, counting the requests that reached it. */
async function serveRaw(onData: (socket: Socket, count: number) => void) {
  const seen = { count: 0 };
  const url = await listen(
    createTcpServer((socket) => {
      socket.on("error", () => undefined);
      socket.on("data", () => onData(socket, (seen.count += 1)));
    }),
  );
  return { url, seen };
}

describe("an answer", () => {
  it("comes with status, lower-case header names and text, whatever the status", async () => {
    const url = await serve((request, response) => {
      response.writeHead(500, { "X-Asked": `${request.method} ${request.url}` });
      request.pipe(response);
    });
    const answer = await aHttp()({ method: "POST", url: `${url}/a?x=1+2#part`, body: "привет" });
    expect(answer).toMatchObject({ arrived: "yes", status: 500, text: "привет" });
    expect(answer).toHaveProperty("headers.x-asked", "POST /a?x=1+2");
  });

  it("of 302 is handed over and not followed", async () => {
    const asked: string[] = [];
    const url = await serve((request, response) => {
      asked.push(request.url ?? "");
      response.writeHead(302, { location: "/next" }).end();
    });
    expect(await aHttp()({ method: "GET", url: `${url}/first` })).toMatchObject({
      arrived: "yes",
      status: 302,
    });
    expect(asked).toEqual(["/first"]);
  });

  it("over 1 MB is not taken", async () => {
    const url = await serve((_request, response) => response.end("x".repeat(1_100_000)));
    expect(await aHttp()({ method: "POST", url })).toMatchObject({
      arrived: "unknown",
      detail: "The answer was larger than 1 MB.",
    });
  });

  it("does not go through a proxy named in the environment", async () => {
    const proxied: string[] = [];
    const proxy = await serve((request, response) => {
      proxied.push(request.url ?? "");
      response.end();
    });
    const url = await serve((_request, response) => response.end("straight"));
    process.env["HTTP_PROXY"] = process.env["http_proxy"] = proxy;
    opened.add(async () => {
      delete process.env["HTTP_PROXY"];
      delete process.env["http_proxy"];
    });
    expect(await aHttp()({ method: "GET", url })).toMatchObject({ text: "straight" });
    expect(proxied).toEqual([]);
  });
});

describe("a call that never left", () => {
  it.each([
    ["a refused connection", "http://127.0.0.1:9", "The server refused the connection."],
    ["a text that is no URL", "api.example.com", /not a web address/],
    ["another scheme", "ftp://127.0.0.1/", /https:/],
  ])("is told so: %s", async (_name, url, detail) => {
    expect(await aHttp()({ method: "POST", url })).toEqual({
      arrived: "no",
      detail: expect.stringMatching(detail) as string,
    });
  });

  it("is told so: a name that is not found", async () => {
    const resolve = () => Promise.reject(Object.assign(new Error("no"), { code: "ENOTFOUND" }));
    const answer = await aHttp({ resolve })({ method: "POST", url: "https://a.example" });
    expect(answer).toEqual({ arrived: "no", detail: "The name of the server was not found." });
  });

  it("is told so: a name server that never answers", async () => {
    const resolve = () => new Promise<never>(() => undefined);
    const http = makeHttp({ allowPrivateNetwork: true, allowedOrigins: [], resolve });
    const answer = await http({ method: "POST", url: "http://a.example", timeoutMs: 30 });
    expect(answer).toEqual({ arrived: "no", detail: "No whole answer came in time." });
  });

  it("is not sent after all once the caller has given up on it", async () => {
    const { url, seen } = await serveRaw((socket) => socket.end("HTTP/1.1 204 Fine\r\n\r\n"));
    const found = Promise.withResolvers<readonly string[]>();
    const http = makeHttp({
      allowPrivateNetwork: true,
      allowedOrigins: [],
      resolve: () => found.promise,
    });
    const late = url.replace("127.0.0.1", "late.example");
    const answer = await http({ method: "POST", url: late, timeoutMs: 20 });
    found.resolve(["127.0.0.1"]);
    await http[Symbol.asyncDispose]();
    expect(answer).toMatchObject({ arrived: "no" });
    expect(seen.count).toBe(0);
  });

  it("is told so: a server that speaks no TLS", async () => {
    const { url } = await serveRaw((socket) => socket.end("HTTP/1.1 400 Bad\r\n\r\n"));
    const answer = await aHttp()({ method: "POST", url: url.replace("http:", "https:") });
    expect(answer).toMatchObject({ arrived: "no" });
  });

  it("is told so: a certificate that nobody signed", async () => {
    const asked: string[] = [];
    const server = createTlsServer(untrusted, (request) => void asked.push(request.url ?? ""));
    const url = await listen(server);
    const answer = await aHttp()({ method: "POST", url: url.replace("http:", "https:") });
    expect(answer).toEqual({
      arrived: "no",
      detail: "The server's certificate is not trusted.",
    });
    expect(asked).toEqual([]);
  });

  it("is told so: a header that cannot be written", async () => {
    const url = await serve((_request, response) => response.end());
    const answer = await aHttp()({ method: "POST", url, headers: { "x-token": "a\r\nb: c" } });
    expect(answer).toEqual({ arrived: "no", detail: "The request could not be written." });
  });
});

describe("a call that may have arrived", () => {
  it("is unknown when the connection is cut without an answer, and is not repeated", async () => {
    const { url, seen } = await serveRaw((socket) => socket.destroy());
    expect(await aHttp()({ method: "POST", url, body: "{}" })).toMatchObject({
      arrived: "unknown",
    });
    expect(seen.count).toBe(1);
  });

  it("is unknown when the server stays silent", async () => {
    const { url, seen } = await serveRaw(() => undefined);
    const answer = await aHttp()({ method: "POST", url, timeoutMs: 400 });
    expect(answer).toEqual({ arrived: "unknown", detail: "No whole answer came in time." });
    expect(seen.count).toBe(1);
  });

  it("is unknown when the answer stops halfway", async () => {
    const { url } = await serveRaw((socket) =>
      socket.end("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"),
    );
    expect(await aHttp()({ method: "POST", url })).toMatchObject({ arrived: "unknown" });
  });

  it("is unknown when the body trickles past the time for the whole exchange", async () => {
    const { url } = await serveRaw((socket) => {
      socket.write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
      const drip = setInterval(() => socket.write("1\r\nx\r\n"), 10);
      socket.on("close", () => clearInterval(drip));
    });
    const answer = await aHttp()({ method: "GET", url, timeoutMs: 400 });
    expect(answer).toMatchObject({ arrived: "unknown", detail: "No whole answer came in time." });
  });

  it("is unknown when the answer is not HTTP", async () => {
    const { url } = await serveRaw((socket) => socket.end("220 mail.example ESMTP\r\n"));
    expect(await aHttp()({ method: "POST", url })).toMatchObject({ arrived: "unknown" });
  });
});

describe("a kept connection that the server hung up", () => {
  const answered = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: keep-alive\r\n\r\nok";

  it("is tried once more for a GET", async () => {
    const { url, seen } = await serveRaw((socket, count) =>
      count === 2 ? socket.destroy() : socket.write(answered),
    );
    const http = aHttp();
    await http({ method: "GET", url });
    expect(await http({ method: "GET", url })).toMatchObject({ arrived: "yes", text: "ok" });
    expect(seen.count).toBe(3);
  });

  it("leaves a POST unknown", async () => {
    const { url, seen } = await serveRaw((socket, count) =>
      count === 2 ? socket.destroy() : socket.write(answered),
    );
    const http = aHttp();
    await http({ method: "POST", url });
    expect(await http({ method: "POST", url })).toEqual({
      arrived: "unknown",
      detail: "The connection broke before the answer was complete.",
    });
    expect(seen.count).toBe(2);
  });
});

it("keeps connections for the calls that follow", async () => {
  const ports = new Set<number | undefined>();
  const url = await serve((request, response) => {
    ports.add(request.socket.remotePort);
    response.end();
  });
  const http = aHttp();
  for (let call = 0; call < 5; call += 1) await http({ method: "GET", url });
  expect(ports.size).toBeLessThan(3);
});
