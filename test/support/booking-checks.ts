import { expect } from "vitest";
import { findEvent } from "../../src/intake/intake.store.ts";
import type { TestServer } from "./server.ts";
import { BOT, HOUR, LOCK, MINUTE } from "./studio.ts";

/** A bot of its own for the second hook: nobody's failures are to become its. */
export const OTHER_BOT = "700000001:AAAQKNyn1jhScXSGsYCh_yxwWDT578ARMGA";
export const KEEP_HOURS = 1;

/** What the business has done, and what of it the server has taken. */
export interface Known {
  readonly id: string;
  readonly number: number;
  /** Bodies as they would have been posted at the time, the newest last. */
  readonly bodies: object[];
  /** Of the newest event that each hook has answered with 200. */
  readonly taken: Map<HookName, number>;
}

export type HookName = "lock" | "guest";

interface Body {
  readonly CaseItem: {
    readonly Id: string;
    readonly StartDate: string;
    readonly EndDate: string;
    readonly CaseState: number;
    readonly ObjectInfo: { readonly Version: number };
  };
}

/** An hour after all is well again: what stands on the lock is what the newest event wished, and nothing else. */
export async function checkWhileOpen(server: TestServer, known: readonly Known[]): Promise<void> {
  const { ttlock } = server.vendors;
  for (const one of known) {
    const turn = one.taken.get("lock");
    if (turn === undefined) continue;
    const { CaseItem } = one.bodies[turn] as Body;
    const codes = ttlock
      .codesOf(LOCK)
      .filter(({ name, isOnKeypad }) => isOnKeypad && name.startsWith(`Booking ${one.number} `));
    const endsAt = Date.parse(CaseItem.EndDate);
    if (CaseItem.CaseState === 8 || server.clock.now() >= endsAt + KEEP_HOURS * HOUR)
      expect(codes).toEqual([]);
    else if (server.clock.now() < endsAt - 10 * MINUTE) {
      expect(codes).toHaveLength(1);
      expect(codes[0]!.endDate).toBe(endsAt);
      expect(codes[0]!.startDate).toBeGreaterThanOrEqual(Date.parse(CaseItem.StartDate));
    }
  }
}

export async function checkAtTheEnd(
  server: TestServer,
  { accepted, known }: { accepted: readonly string[]; known: readonly Known[] },
): Promise<void> {
  const { database, vendors } = server;
  expect(vendors.ttlock.codesOf(LOCK).filter(({ isOnKeypad }) => isOnKeypad)).toEqual([]);
  expect(
    await database.query("select kind, payload from work where kind <> 'intake-prune'"),
  ).toEqual([]);
  expect(
    await database.query(
      "select state from delivery where state in ('queued', 'retrying', 'held')",
    ),
  ).toEqual([]);
  expect(
    await database.query(
      "select state from intake_event where state in ('received', 'quarantined')",
    ),
  ).toEqual([]);
  const kept = await database.query<{ id: string }>("select id from intake_event");
  expect(kept.map(({ id }) => id)).toEqual(expect.arrayContaining([...accepted]));
  expect(
    await database.query(
      "select i.status from integration i where provider = 'telegram' and status <> 'active' and id in (select integration_id from delivery d join hook h on h.id = d.hook_id where h.kind = 'telegram')",
    ),
  ).toEqual([]);
  checkCodesTold(server);
  await checkMessages(server, known);
}

/** Whoever was told a code was told one that the lock had; nobody was told the same twice. */
function checkCodesTold({ vendors }: TestServer): void {
  const told = vendors.telegram.sent.filter(({ token }) => token === BOT).map(({ text }) => text);
  const written = vendors.ttlock.effects.map(({ keyboardPwd }) => keyboardPwd);
  for (const text of told) expect(written).toContain(/Код доступа (\d+)#/.exec(text)?.[1]);
  expect(new Set(told).size).toBe(told.length);
}

/** A guest hears of each version so often as its events did their work, which repeats within ten minutes do not. */
async function checkMessages(
  { database, vendors }: TestServer,
  known: readonly Known[],
): Promise<void> {
  const rows = await database.query<{
    id: string;
    kind: string;
    state: string;
    received_at: number;
  }>(
    "select e.id, h.kind, e.state, e.received_at from intake_event e join hook h on h.id = e.hook_id order by e.received_at",
  );
  const worked = new Map<string, number[]>();
  for (const row of rows.filter(({ kind, state }) => kind === "telegram" && state !== "repeated")) {
    const { CaseItem } = JSON.parse(
      (await findEvent(database, "main", row.id))!.body.toString("utf8"),
    ) as Body;
    const key = `${CaseItem.Id} v${CaseItem.ObjectInfo.Version}`;
    worked.set(key, [...(worked.get(key) ?? []), row.received_at]);
  }
  for (const times of worked.values())
    for (const [place, at] of times.slice(1).entries())
      expect(at - times[place]!).toBeGreaterThan(10 * MINUTE);
  for (const one of known)
    for (let version = 1; version <= one.bodies.length; version += 1) {
      const sent = vendors.telegram.sent.filter(
        ({ token, text }) =>
          token === OTHER_BOT && text.includes(`№${one.number}\n`) && text.includes(`v${version}.`),
      );
      expect(sent.length).toBeLessThanOrEqual(worked.get(`${one.id} v${version}`)?.length ?? 0);
    }
}
