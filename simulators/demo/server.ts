import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readConfig } from "#config/environment.ts";
import { openGround } from "#ground.ts";
import { createHub } from "#hub.ts";
import { systemClock } from "#platform/clock/clock.ts";
import { makeLog } from "#platform/log/log.ts";

export interface DemoServer extends AsyncDisposable {
  /** Without a trailing slash. */
  readonly url: string;
}

export interface DemoServerOptions {
  /** 0 takes a free one. */
  readonly port: number;
  /** Kept, and used again the next time. Absent: a temporary one. */
  readonly dataDir?: string | undefined;
  /** All that the server is told: nothing of a real server's settings reaches the demo. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Whoever tries a long hook URL at the demo adds `key=demo`. */
const hookKey = "demo";

/** The server as `concierge start` runs it, over its own database; nobody needs a token. Rejects when the port is taken. */
export async function openDemoServer(options: DemoServerOptions): Promise<DemoServer> {
  await using opened = new AsyncDisposableStack();
  const port = await findPort(options.port);
  const url = `http://127.0.0.1:${port}`;
  const data = options.dataDir ?? (await openTemporary(opened));
  const environment = {
    ...options.environment,
    CONCIERGE_PUBLIC_URL: url,
    CONCIERGE_HOOK_KEY: hookKey,
  };
  const { config, secrets } = readConfig(environment, { port: String(port), data });
  const log = makeLog({ level: "error", to: process.stderr });
  const ground = opened.use(await openGround({ config, secrets, log }));
  opened.use(await createHub({ config, secrets, ground, log, clock: systemClock, isDemo: true }));
  const owned = opened.move();
  return { url, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

async function openTemporary(opened: AsyncDisposableStack): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "concierge-demo-"));
  opened.defer(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Vendors are told where to post statuses before the server listens, so its port has to be known by then. */
async function findPort(wanted: number): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(wanted, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
