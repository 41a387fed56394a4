import type { TextRecord } from "#channels/channel.ts";
import { toStorable } from "#domain/storable.ts";
import type { IntakeEvent, Verdict } from "#intake/index.ts";
import type { Queries } from "#platform/db/database.ts";
import type { Job } from "#platform/jobs/jobs.ts";
import type { DeliveryNeeds } from "./delivery-run.ts";
import { retryDelayMs } from "./delivery.ts";
import { applyReceipts } from "./receipts.jobs.ts";

/** A vendor that is away is asked a few times; receipts are asked for meanwhile. */
const MOST_TRIES = 6;

/** Points a vendor's status webhook at us. Refused (another system lives on it): receipts go on being asked for. */
export async function runListen(needs: DeliveryNeeds, job: Job): Promise<void> {
  const { id, route, url } = job.payload as { id: string; route: TextRecord; url: string };
  const { account } = await needs.connections.channel(job.workspaceId, id);
  const outcome = await account.listen?.(url, route);
  const isAnswered = outcome?.outcome !== "unreachable";
  if (isAnswered) needs.listening.add(url);
  const isOver = isAnswered || job.attempt >= MOST_TRIES;
  const at = needs.now() + retryDelayMs(needs.ladder, job.attempt, needs.random());
  await needs.database.transact((tx) => (isOver ? job.finish(tx) : job.again(tx, at)));
}

/** Works on one status webhook that was kept. */
export async function runReceipts(
  needs: DeliveryNeeds & {
    readonly storeVerdict: (tx: Queries, event: IntakeEvent, verdict: Verdict) => Promise<void>;
  },
  job: Job,
  event: IntakeEvent,
): Promise<void> {
  const integrationId = event.source.split(":")[1] ?? "";
  const { provider } = await needs.connections.channel(job.workspaceId, integrationId);
  const body = parse(event.body);
  const receipts = body === undefined ? [] : (provider.receiveReceipts?.(toStorable(body)) ?? []);
  await needs.database.transact(async (tx) => {
    const channel = provider.manifest.name;
    const unknown = await applyReceipts(needs, tx, { job, integrationId, channel, receipts });
    if (unknown > 0 && job.attempt <= MOST_WAITS) return await job.again(tx, needs.now() + WAIT_MS);
    const state = body === undefined ? "quarantined" : "done";
    const reason = body === undefined ? { reason: NO_JSON } : {};
    await needs.storeVerdict(tx, event, { state, ...reason, at: needs.now() });
    await job.finish(tx);
  });
}

/** A status may come before the answer to its send was stored: it is looked at again so often, and so soon. */
const MOST_WAITS = 4;
const WAIT_MS = 5_000;

const NO_JSON = {
  en: "The status webhook's body is not JSON.",
  ru: "Тело вебхука статусов не является JSON.",
};

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}
