import { text } from "node:stream/consumers";
import { connect } from "node:net";
import type { FastifyInstance } from "fastify";
import { request } from "undici";
import { makeLog } from "#platform/log/log.ts";
import { openHttpServer, type HttpServer, type HttpServerOptions } from "#platform/http/server.ts";

/** A server for one test, with what it logged. */
export async function openTestServer(
  routes: (app: FastifyInstance) => void,
  more: Partial<HttpServerOptions> = {},
): Promise<HttpServer & { readonly lines: readonly string[] }> {
  const lines: string[] = [];
  const server = await openHttpServer({
    host: "127.0.0.1",
    port: 0,
    bodyLimitBytes: 100,
    trustedProxies: [],
    log: makeLog({ level: "debug", to: { write: (line) => void lines.push(line) } }),
    routes,
    ...more,
  });
  return { ...server, lines };
}

export async function ask(url: string, options: Parameters<typeof request>[1] = {}) {
  const { statusCode, headers, body } = await request(url, options);
  const said = await body.text();
  return { status: statusCode, headers, said, json: () => JSON.parse(said) as object };
}

/** Writes raw bytes and gives all that comes back before the server hangs up. */
export async function speak(url: string, bytes: string | Buffer): Promise<string> {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  socket.write(bytes);
  return await text(socket);
}
