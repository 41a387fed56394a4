import type { Text } from "#domain/text.ts";
import { isDatabaseAway } from "#platform/db/away.ts";
import type { Database } from "#platform/db/database.ts";
import { pruneAnswers } from "#platform/http/api/once.store.ts";
import { answersKeptMs } from "#platform/http/api/serve-once.ts";
import type { Handler, Job, Jobs } from "#platform/jobs/jobs.ts";
import { note } from "#platform/live/live.store.ts";
import { makeIntake, type Intake } from "./accept.ts";
import {
  findEvent,
  INTAKE_WORK,
  makeArrivalStore,
  pruneEvents,
  storeVerdict,
  type IntakeEvent,
} from "./intake.store.ts";

export interface IntakeNeeds {
  readonly database: Database;
  readonly jobs: () => Jobs;
  readonly now: () => number;
  readonly retentionDays: number;
  /** Who works on events, by the part of their source before the colon. */
  readonly workers: () => Readonly<Record<string, (job: Job, event: IntakeEvent) => Promise<void>>>;
  readonly onError: (error: unknown, kind: string) => void;
}

const PRUNE_WORK = "intake-prune";
const PRUNE_EVERY_MS = 6 * 3_600_000;
const DAY_MS = 86_400_000;
/** After so many throws of our own code an event is put aside for a person, and no longer run. */
const MOST_THROWS = 5;

/** Every inbound webhook: kept before its sender is answered, then worked on. */
export function makeIntakeFeature(needs: IntakeNeeds): {
  readonly intake: Intake;
  readonly handlers: Readonly<Record<string, Handler>>;
} {
  const store = makeIntake(makeArrivalStore(needs.database));
  return {
    intake: {
      accept: async (arrival) => {
        await store.accept(arrival);
        needs.jobs().wake();
      },
    },
    handlers: {
      [INTAKE_WORK]: (job) => runEvent(needs, job),
      [PRUNE_WORK]: (job) => runPrune(needs, job),
    },
  };
}

/** Plans the first pruning; each one plans the next. */
export async function planPruning(
  needs: Pick<IntakeNeeds, "database" | "jobs">,
  workspaceId: string,
): Promise<void> {
  await needs
    .jobs()
    .plan(needs.database, [{ workspaceId, kind: PRUNE_WORK, key: PRUNE_WORK, payload: {} }]);
}

async function runEvent(needs: IntakeNeeds, job: Job): Promise<void> {
  const { database } = needs;
  const event = await findEvent(database, job.workspaceId, String(job.payload["id"]));
  const worker = event && needs.workers()[event.source.split(":")[0] ?? ""];
  if (!event || !worker || event.state !== "received")
    return await database.transact((tx) => job.finish(tx));
  try {
    await worker(job, event);
  } catch (error) {
    if (job.attempt < MOST_THROWS || isDatabaseAway(error)) throw error;
    needs.onError(error, INTAKE_WORK);
    await putAside(needs, job, event);
  }
}

async function putAside(needs: IntakeNeeds, job: Job, event: IntakeEvent): Promise<void> {
  const { workspaceId, hookId, id: intakeEventId } = event;
  const at = needs.now();
  await needs.database.transact(async (tx) => {
    await storeVerdict(tx, event, { state: "quarantined", reason: OUR_FAULT, at });
    await note(tx, [{ workspaceId, at, mark: "failed", text: OUR_FAULT, hookId, intakeEventId }]);
    await job.finish(tx);
  });
}

const OUR_FAULT: Text = {
  en: "The server could not work on this event because of a fault of its own; the log has the details. The event is kept: replay it after an update.",
  ru: "Сервер не смог обработать это событие из-за собственной ошибки, подробности в журнале. Событие сохранено: повторите его после обновления.",
};

async function runPrune(needs: IntakeNeeds, job: Job): Promise<void> {
  const now = needs.now();
  await pruneEvents(needs.database, {
    events: now - needs.retentionDays * DAY_MS,
    keys: now - DAY_MS,
  });
  await pruneAnswers(needs.database, now - answersKeptMs);
  await needs.database.transact((tx) => job.again(tx, now + PRUNE_EVERY_MS));
}
