import type { BookingSource } from "#booking-sources/booking-source.ts";
import type { Change } from "#bookings/index.ts";
import type { Trouble } from "#deliveries/index.ts";
import type { Booking, BookingEvent } from "#domain/booking.ts";
import { toStorable } from "#domain/storable.ts";
import type { Text } from "#domain/text.ts";
import type { IntakeEvent, Verdict } from "#intake/index.ts";
import type { Database, Queries } from "#platform/db/database.ts";
import type { Job, Jobs } from "#platform/jobs/jobs.ts";
import { note } from "#platform/live/live.store.ts";
import { eventKey, ONCE_WINDOW_MS } from "./event-key.ts";
import type { Hook, HookBook } from "./hook-book.ts";
import type { HookEvent, Reaction } from "./hook-event.ts";
import { isUsable } from "./hook-reading.ts";

/** What working on a booking event needs of the rest of the server. */
export interface HookJobNeeds {
  readonly database: Database;
  readonly jobs: () => Jobs;
  readonly book: HookBook;
  readonly source: BookingSource;
  readonly now: () => number;
  readonly makeId: () => string;
  /** Keeps the accounts that a hook names, before any transaction is open. */
  readonly keepAccounts: (hook: Hook) => Promise<void>;
  readonly claimOnce: (tx: Queries, claim: OnceClaim) => Promise<boolean>;
  readonly storeVerdict: (tx: Queries, event: IntakeEvent, verdict: Verdict) => Promise<void>;
  readonly applyBooking: (tx: Queries, told: ToldBooking) => Promise<AppliedBooking>;
  readonly describeChange: (change: Change) => Text | undefined;
  readonly reactions: readonly Reaction[];
  readonly tell: (tx: Queries, trouble: Trouble) => Promise<void>;
}

interface OnceClaim {
  readonly workspaceId: string;
  readonly key: Buffer;
  readonly eventId: string;
  readonly at: number;
  readonly windowMs: number;
}

interface ToldBooking {
  readonly workspaceId: string;
  readonly id: string;
  readonly booking: Booking;
  readonly now: number;
}

interface AppliedBooking {
  readonly id: string;
  readonly booking: Booking;
  readonly change: Change;
}

/** Works on one booking event: understands it, lays it over the known booking, lets the features react. */
export async function runHookEvent(
  needs: HookJobNeeds,
  job: Job,
  event: IntakeEvent,
): Promise<void> {
  const hook = event.hookId === undefined ? undefined : await needs.book.open(event.hookId);
  const read = hook && understand(needs, hook, event);
  if (!hook || !read || "why" in read) {
    const why = read && "why" in read ? read.why : NO_HOOK;
    return await quarantine(needs, job, { event, hook, why });
  }
  await needs.keepAccounts(hook);
  await needs.database.transact(async (tx) => {
    const isReplay = job.payload["isReplay"] === true;
    const isFirst = isReplay || (await needs.claimOnce(tx, claimOf(read.event, hook, event)));
    const verdict = isFirst ? await react(needs, tx, { event, hook, told: read.event }) : REPEATED;
    await needs.storeVerdict(tx, event, { ...verdict, at: needs.now() });
    await job.finish(tx);
  });
  needs.jobs().wake();
}

function understand(
  needs: HookJobNeeds,
  hook: Hook,
  event: IntakeEvent,
): { readonly event: BookingEvent } | { readonly why: Text } {
  if (!isUsable(hook.reading)) return { why: unusable(hook) };
  const read = needs.source.receive(toStorable(JSON.parse(event.body.toString("utf8"))));
  return "event" in read ? read : { why: unreadable(read.unreadable) };
}

function claimOf(told: BookingEvent, hook: Hook, event: IntakeEvent): OnceClaim {
  const { workspaceId, id: eventId, receivedAt: at } = event;
  return { workspaceId, key: eventKey(told, hook.id), eventId, at, windowMs: ONCE_WINDOW_MS };
}

interface Understood {
  readonly event: IntakeEvent;
  readonly hook: Hook;
  readonly told: BookingEvent;
}

async function react(
  needs: HookJobNeeds,
  tx: Queries,
  { event, hook, told }: Understood,
): Promise<Omit<Verdict, "at">> {
  const { workspaceId } = event;
  const now = needs.now();
  const applied = await needs.applyBooking(tx, {
    workspaceId,
    id: needs.makeId(),
    booking: told.booking,
    now,
  });
  const text = needs.describeChange(applied.change);
  const place = { workspaceId, bookingId: applied.id, hookId: hook.id, intakeEventId: event.id };
  if (text) await note(tx, [{ ...place, at: now, mark: "fact", text }]);
  const news: HookEvent = {
    workspaceId,
    intakeEventId: event.id,
    receivedAt: event.receivedAt,
    hook,
    bookingId: applied.id,
    booking: applied.booking,
    told: told.booking,
    change: applied.change,
  };
  for (const reaction of needs.reactions) await reaction(tx, news);
  return { state: applied.change === "stale" ? "superseded" : "done", bookingId: applied.id };
}

const REPEATED = {
  state: "repeated",
  reason: {
    en: "The same event had come within the last ten minutes; its work was done then.",
    ru: "То же событие уже приходило в последние десять минут, его работа была выполнена тогда.",
  },
} as const;

/** Keeps what cannot be worked on, says why, and tells whoever the hook names for errors. */
async function quarantine(
  needs: HookJobNeeds,
  job: Job,
  {
    event,
    hook,
    why,
  }: { readonly event: IntakeEvent; readonly hook: Hook | undefined; readonly why: Text },
): Promise<void> {
  const { workspaceId } = event;
  const at = needs.now();
  await needs.database.transact(async (tx) => {
    await needs.storeVerdict(tx, event, { state: "quarantined", reason: why, at });
    await note(tx, [
      { workspaceId, at, mark: "failed", text: why, hookId: event.hookId, intakeEventId: event.id },
    ]);
    if (hook)
      await needs.tell(tx, {
        workspaceId,
        hookId: hook.id,
        cause: `quarantine:${why.en}`,
        text: withReplay(why, event.id),
      });
    await job.finish(tx);
  });
  needs.jobs().wake();
}

function withReplay(why: Text, id: string): Text {
  return {
    en: `${why.en} The event is kept; after the fix run: concierge intake replay ${id}`,
    ru: `${why.ru} Событие сохранено; после исправления выполните: concierge intake replay ${id}`,
  };
}

function unusable(hook: Hook): Text {
  const faults = hook.reading.findings
    .filter((finding) => finding.kind !== "warning")
    .map((finding) => finding.text);
  return {
    en: `The hook's parameters cannot be used: ${faults.map((one) => one.en).join(" ")}`,
    ru: `Параметры вебхука непригодны: ${faults.map((one) => one.ru).join(" ")}`,
  };
}

function unreadable(what: string): Text {
  return {
    en: `The event's body is not a booking event: ${what}`,
    ru: `Тело события не похоже на событие брони: ${what}`,
  };
}

const NO_HOOK: Text = {
  en: "The hook of this event is no longer known.",
  ru: "Вебхук этого события больше не известен.",
};
