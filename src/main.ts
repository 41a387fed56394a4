import { readConfig } from "#config/environment.ts";
import { systemClock } from "#platform/clock/clock.ts";
import { makeLog } from "#platform/log/log.ts";
import { openGround } from "./ground.ts";
import { createHub } from "./hub.ts";

const { config, secrets } = readConfig(process.env, {});
const log = makeLog({ level: config.logLevel });
await using ground = await openGround({ config, secrets, log });
await using hub = await createHub({ config, secrets, ground, log, clock: systemClock });
process.stdout.write(`Concierge is ready at ${hub.web?.url ?? "(worker)"}\n`);
await new Promise((resolve) => {
  process.once("SIGTERM", resolve);
  process.once("SIGINT", resolve);
});
