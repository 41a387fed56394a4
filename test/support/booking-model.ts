import { expect } from "vitest";
import { findEvent } from "../../src/intake/intake.store.ts";
import { NOON, type TestServer } from "./server.ts";
import { BOT, GATEWAY, HOUR, LOCK, MINUTE, openStudio, OWNER } from "./studio.ts";

/** A bot of its own for the second hook: nobody's failures are to become its. */
const OTHER_BOT = "700000001:AAAQKNyn1jhScXSGsYCh_yxwWDT578ARMGA";
const KEEP_HOURS = 1;

/** What the business has done, and what of it the server has taken. */
interface Known {
  readonly id: string;
  readonly number: number;
  /** Bodies as they would have been posted at the time, the newest last. */
  readonly bodies: object[];
  /** Of the newest event that each hook has answered with 200. */
  readonly taken: Map<HookName, number>;
}

export type HookName = "lock" | "guest";

export type Place = 0 | 1;

/** Bookings as the business sees them, beside the real server; `check` compares the two. */
export interface BookingModel extends AsyncDisposable {
  readonly server: TestServer;
  book(place: Place): Promise<void>;
  repeat(place: Place, hook: HookName): Promise<void>;
  reorder(place: Place, hook: HookName): Promise<void>;
  move(place: Place, byMs: number): Promise<void>;
  cancel(place: Place): Promise<void>;
  spoil(fault: FaultName): void;
  jump(ms: number): Promise<void>;
  /** Repairs everything, lets all of it come to its end, and holds what happened against what may. */
  settle(): Promise<void>;
}

export const faultNames = [
  "gateway away",
  "gateway back",
  "code written, answer lost",
  "code refused as taken",
  "code cannot be moved",
  "cloud broken",
  "tokens forgotten",
  "bot busy",
  "message sent, answer lost",
  "bot unknown",
] as const;
export type FaultName = (typeof faultNames)[number];

export async function openModel(): Promise<BookingModel> {
  const server = await openStudio({ environment: { CONCIERGE_RETRY_DELAYS: "5s,30s,120s,600s" } });
  server.vendors.telegram.addBot(OTHER_BOT, {});
  const known = new Map<Place, Known>();
  const accepted: string[] = [];

  const urls: Record<HookName, () => string> = {
    lock: () =>
      server.hook(
        "ttlock",
        `username=${OWNER}&password=door%20pass&errorEmail=${OWNER}&lockId=${LOCK}&keepHours=${KEEP_HOURS}&deliverVia=telegram&telegramToken=${BOT}&telegramFieldName=*TelegramId`,
      ),
    guest: () =>
      server.hook(
        "telegram",
        `telegramToken=${OTHER_BOT}&telegramFieldName=*TelegramId&errorEmail=${OWNER}`,
      ),
  };

  /** Lets the server work; when it dies at it, another one is started, until one lives to the end. */
  const live = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
      await server.idle();
    } catch {
      await server.crash();
      await server.idle();
    }
  };
  /** The booking service repeats what was not answered with 200. */
  const post = async (one: Known, hook: HookName, turn: number): Promise<void> => {
    const body = JSON.stringify(one.bodies[turn]);
    for (;;) {
      const answer = await fetch(urls[hook](), { method: "POST", body }).catch(() => undefined);
      if (answer?.status === 200) {
        accepted.push(((await answer.json()) as { EventId: string }).EventId);
        one.taken.set(hook, Math.max(turn, one.taken.get(hook) ?? 0));
        return await live(async () => undefined);
      }
      await server.crash();
    }
  };
  const tellAll = async (one: Known): Promise<void> => {
    for (const hook of ["lock", "guest"] as const) await post(one, hook, one.bodies.length - 1);
  };
  const change = async (place: Place, edit: (id: string) => void): Promise<void> => {
    const one = known.get(place);
    if (!one) return;
    edit(one.id);
    one.bodies.push(server.vendors.torrow.eventBody(one.id));
    await tellAll(one);
  };
  const { torrow } = server.vendors;
  /** Each version shows in the text, so that messages tell which one they speak of. */
  const versioned = (id: string) => {
    const { version } = torrow.orders.get(id)!;
    torrow.editOrder(id, { description: `v${version}.`, version });
  };
  return {
    server,
    book: async (place) => {
      if (known.has(place)) return;
      const now = Math.floor(server.clock.now() / MINUTE) * MINUTE;
      const startsAt = now + (3 + place) * HOUR;
      const order = torrow.createOrder({ startsAt, endsAt: startsAt + 2 * HOUR });
      versioned(order.id);
      const one = {
        id: order.id,
        number: order.number,
        bodies: [torrow.eventBody(order.id)],
        taken: new Map(),
      };
      known.set(place, one);
      await tellAll(one);
    },
    repeat: async (place, hook) => {
      const one = known.get(place);
      if (one) await post(one, hook, one.bodies.length - 1);
    },
    reorder: async (place, hook) => {
      const one = known.get(place);
      if (one) await post(one, hook, 0);
    },
    move: (place, byMs) =>
      change(place, (id) => {
        torrow.moveOrder(id, byMs);
        versioned(id);
      }),
    cancel: (place) =>
      change(place, (id) => {
        torrow.cancelOrder(id);
        versioned(id);
      }),
    spoil: (fault) => faults[fault](server),
    jump: (ms) =>
      live(async () => {
        for (let left = ms; left > 0; left -= 10 * MINUTE)
          await live(() => server.advance(Math.min(left, 10 * MINUTE)));
      }),
    settle: async () => {
      server.dieAfter(Number.POSITIVE_INFINITY);
      await repair(server);
      for (let step = 0; step < 12; step += 1) await server.advance(5 * MINUTE);
      await checkWhileOpen(server, [...known.values()]);
      const end = Math.max(NOON, ...[...torrow.orders.values()].map(({ endsAt }) => endsAt));
      while (server.clock.now() < end + (KEEP_HOURS + 1) * HOUR) await server.advance(20 * MINUTE);
      await checkAtTheEnd(server, { accepted, known: [...known.values()] });
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

const ADD = /keyboardPwd\/add$/;
const SEND = new RegExp(`${BOT.replace(":", "\\:")}/sendMessage$`);

const faults: Readonly<Record<FaultName, (server: TestServer) => void>> = {
  "gateway away": ({ vendors }) => vendors.ttlock.gateway(GATEWAY).setOnline(false),
  "gateway back": ({ vendors }) => vendors.ttlock.gateway(GATEWAY).setOnline(true),
  "code written, answer lost": ({ vendors }) =>
    vendors.ttlock.faults.add(ADD, { kind: "reset-after-apply" }),
  "code refused as taken": ({ vendors }) => vendors.ttlock.failNext(ADD, -3007),
  "code cannot be moved": ({ vendors }) => vendors.ttlock.failNext(/keyboardPwd\/change$/, -3008),
  "cloud broken": ({ vendors }) => vendors.ttlock.failNext(/keyboardPwd/, 90_000, 3),
  "tokens forgotten": ({ vendors }) => vendors.ttlock.forgetTokens(),
  "bot busy": ({ vendors }) =>
    vendors.telegram.faults.add(SEND, {
      kind: "answer",
      answer: {
        status: 429,
        body: {
          ok: false,
          error_code: 429,
          description: "Too Many Requests",
          parameters: { retry_after: 90 },
        },
      },
    }),
  "message sent, answer lost": ({ vendors }) =>
    vendors.telegram.faults.add(SEND, { kind: "reset-after-apply" }),
  "bot unknown": ({ vendors }) =>
    vendors.telegram.faults.add(
      SEND,
      {
        kind: "answer",
        answer: { status: 401, body: { ok: false, error_code: 401, description: "Unauthorized" } },
      },
      12,
    ),
};

async function repair({ vendors, idle }: TestServer): Promise<void> {
  vendors.ttlock.faults.clear();
  vendors.telegram.faults.clear();
  vendors.ttlock.gateway(GATEWAY).setOnline(true);
  await idle();
}

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
async function checkWhileOpen(server: TestServer, known: readonly Known[]): Promise<void> {
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

async function checkAtTheEnd(
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
