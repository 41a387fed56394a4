import { readConfig } from "#config/environment.ts";
import { systemClock } from "#platform/clock/clock.ts";
import { makeLog } from "#platform/log/log.ts";
import { openGround } from "../../src/ground.ts";
import { createHub } from "../../src/hub.ts";
import { serve } from "./serve.ts";

// The server itself, in the role that the bench names, telling it where it listens and how much work is left.
const role = process.env["BENCH_ROLE"] ?? "all";
const { config, secrets } = readConfig(process.env, { port: "0", role });
const log = makeLog({ level: config.logLevel });
await using ground = await openGround({ config, secrets, log });
await using hub = await createHub({ config, secrets, ground, log, clock: systemClock });
await serve(async () => {
  const [left] = await ground.database.query<{ count: number }>(
    "select count(*)::int as count from work where kind in ('intake', 'delivery')",
  );
  return { url: hub.web?.url ?? "", waiting: left?.count ?? 0 };
});
