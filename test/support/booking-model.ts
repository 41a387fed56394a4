import {
  checkAtTheEnd,
  checkWhileOpen,
  KEEP_HOURS,
  OTHER_BOT,
  type HookName,
  type Known,
} from "./booking-checks.ts";
import { NOON, type TestServer } from "./server.ts";
import { BOT, GATEWAY, HOUR, LOCK, MINUTE, openStudio, OWNER } from "./studio.ts";

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
      // It may have been killed a moment ago, with nobody there to see it.
      await live(async () => undefined);
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

async function repair(server: TestServer): Promise<void> {
  const { vendors } = server;
  vendors.ttlock.faults.clear();
  vendors.telegram.faults.clear();
  vendors.ttlock.gateway(GATEWAY).setOnline(true);
  await server.idle();
}
