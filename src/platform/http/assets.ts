import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import type { FastifyInstance } from "fastify";

export interface Assets {
  /** All files that stand directly in it are served. They are read once. */
  readonly folder: string;
  /** Where they are served, `/live`. */
  readonly at: string;
  /** Other paths to some of them: `{ "/": "index.html" }`. */
  readonly routes?: Readonly<Record<string, string>>;
}

const contentTypes: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".json": "application/json; charset=utf-8",
  ".woff2": "font/woff2",
  ".png": "image/png",
};

interface Asset {
  readonly body: Buffer;
  readonly type: string;
  readonly tag: string;
}

/**
 * Serves the files of a folder as pages that run our own scripts. A browser asks each time whether a file has changed,
 * so that a newer server is seen at once. Rejects when the folder is missing, or a route names no file of it.
 */
export async function assetRoutes(app: FastifyInstance, assets: Assets): Promise<void> {
  const { folder, at, routes = {} } = assets;
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
  const served = names.filter((name) => extname(name) in contentTypes);
  for (const name of served) serve(app, `${at}/${name}`, await readAsset(folder, name));
  for (const [url, name] of Object.entries(routes)) serve(app, url, await readAsset(folder, name));
}

async function readAsset(folder: string, name: string): Promise<Asset> {
  const body = await readFile(join(folder, name));
  const tag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
  return { body, tag, type: contentTypes[extname(name)] ?? "application/octet-stream" };
}

function serve(app: FastifyInstance, url: string, { body, type, tag }: Asset): void {
  app.get(url, { config: { hasScript: true } }, async (request, reply) => {
    reply.headers({ etag: tag, "cache-control": "no-cache" });
    if (request.headers["if-none-match"]?.includes(tag)) return reply.code(304).send();
    return reply.type(type).send(body);
  });
}
