import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, afterAll, expect, it } from "vitest";
import { openTestServer } from "../../../test/support/http-server.ts";
import { assetRoutes } from "./assets.ts";

let folder: string;
let server: Awaited<ReturnType<typeof openTestServer>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "concierge-assets-"));
  await mkdir(join(folder, "sub"));
  await writeFile(join(folder, "index.html"), "<p>Привет");
  await writeFile(join(folder, "page.js"), "export {};");
  await writeFile(join(folder, "notes.txt"), "not for the web");
  await writeFile(join(folder, "sub", "deep.js"), "");
  server = await openWith({ "/": "index.html" });
});

afterAll(async () => {
  await server.close(0);
  await rm(folder, { recursive: true });
});

const none = (): void => {};
const openWith = (routes: Readonly<Record<string, string>>) =>
  openTestServer(none, { routes: (app) => assetRoutes(app, { folder, at: "/live", routes }) });
const get = (path: string, headers = {}) => fetch(`${server.url}${path}`, { headers });

it("serves a page at the path that it was given, and lets it run our own scripts only", async () => {
  const answer = await get("/");
  expect(await answer.text()).toBe("<p>Привет");
  expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(answer.headers.get("content-security-policy")).toContain("script-src 'self';");
});

it("serves the files of the folder with their types", async () => {
  const answer = await get("/live/page.js");
  expect(await answer.text()).toBe("export {};");
  expect(answer.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
});

it("says that a file has not changed, and sends it again to whoever has another one", async () => {
  const { headers } = await get("/live/page.js");
  const tag = headers.get("etag") ?? "";
  expect(headers.get("cache-control")).toBe("no-cache");
  expect((await get("/live/page.js", { "if-none-match": tag })).status).toBe(304);
  expect((await get("/live/page.js", { "if-none-match": '"other"' })).status).toBe(200);
});

it.each([
  "/live/notes.txt",
  "/live/sub/deep.js",
  "/live/..%2findex.html",
  "/live/",
  "/live/toString",
])("does not serve %s", async (path) => {
  expect((await get(path)).status).toBe(404);
});

it("refuses to start with a route to a file that is not there", async () => {
  await expect(openWith({ "/": "missing.html" })).rejects.toThrow(/missing\.html/);
});
