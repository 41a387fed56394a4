import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { openDatabase } from "#platform/db/database.ts";
import { openEmbedded, toUrl } from "#platform/db/embedded.ts";
import { migrate } from "#platform/db/migrate.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The test run's server: its database for making others. */
    databaseUrl: string;
  }
}

/** One embedded server for a run of the tests, with a migrated template for `testDatabase`. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  await removeLeftovers();
  await using opened = new AsyncDisposableStack();
  const dataDir = await mkdtemp(join(tmpdir(), prefix));
  opened.defer(() => rm(dataDir, { recursive: true, force: true }));
  const server = opened.use(await openEmbedded({ dataDir, settings }));
  const url = toUrl(server.connection);
  await makeTemplate(url, toUrl(server.connection, template));
  project.provide("databaseUrl", url);
  const owned = opened.move();
  return () => owned.disposeAsync();
}

export const template = "concierge_template";

const prefix = "concierge-test-";

/** A test's data need not survive a power cut. */
const settings = { fsync: "off", max_connections: "200" };

async function makeTemplate(url: string, templateUrl: string): Promise<void> {
  await using database = await openDatabase({ url });
  await database.query(`CREATE DATABASE ${template}`);
  await using inside = await openDatabase({ url: templateUrl });
  await migrate(inside);
}

/** Another run may just be setting up. */
const youngMs = 60_000;

/** A run that was killed leaves its server running: stop it. A run that goes on refuses, and is left alone. */
async function removeLeftovers(): Promise<void> {
  const folders = (await readdir(tmpdir())).filter((name) => name.startsWith(prefix));
  for (const dataDir of folders.map((name) => join(tmpdir(), name))) {
    try {
      if (Date.now() - (await stat(dataDir)).ctimeMs < youngMs) continue;
      const server = await openEmbedded({ dataDir, settings });
      await server[Symbol.asyncDispose]();
      await rm(dataDir, { recursive: true, force: true });
    } catch {
      // in use, or another user's
    }
  }
}
