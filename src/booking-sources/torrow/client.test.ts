import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { BookingSourceAccount } from "../booking-source.ts";
import { startTorrowSimulator, type TorrowSimulator } from "../../../simulators/torrow.ts";
import { eventually, makeTools, nobodyThere } from "../../../test/support/tools.ts";
import { startSimulator } from "../../../simulators/simulator.ts";
import { connect } from "./client.ts";
import { receive } from "./inbound.ts";
import { plainTextOf } from "./wire.ts";

const block = "*** Код доступа 314159# <br>Код действителен до 12:00 ***";
const seen = "*** Код доступа 314159#\nКод действителен до 12:00 ***";

let torrow: TorrowSimulator;
let account: BookingSourceAccount;

beforeEach(async () => {
  torrow = await startTorrowSimulator();
  account = open(torrow.url);
});
afterEach(() => torrow[Symbol.asyncDispose]());

function open(url: string, token = torrow.token): BookingSourceAccount {
  const environment = { CONCIERGE_TORROW_TOKEN: token };
  const opened = connect(makeTools(`${url}/api/v1`, { environment, timeoutCapMs: 1_500 }));
  if (!opened) throw new Error("A token is set, so there is an account.");
  return opened;
}

const description = (id: string) => plainTextOf(torrow.orders.get(id)?.description);
const patches = () => torrow.journal.filter(({ path }) => path.endsWith("/patch"));

test("without a token there is no account", () => {
  expect(connect(makeTools(torrow.url))).toBeUndefined();
});

describe("reading an order", () => {
  test("tells its times, state and version", async () => {
    const { id, startsAt, endsAt } = torrow.createOrder();
    torrow.cancelOrder(id);
    expect(await account.read(id)).toEqual({
      outcome: "accepted",
      value: { id, version: 2, state: "cancelled", startsAt, endsAt },
    });
  });

  test("says that it is gone when it was deleted or never was", async () => {
    const { id } = torrow.createOrder({ isDeleted: true });
    expect(await account.read(id)).toEqual({ outcome: "accepted", value: undefined });
    expect(await account.read("nothing")).toEqual({ outcome: "accepted", value: undefined });
  });

  test("a token that is no longer good is a matter of signing in", async () => {
    const { id } = torrow.createOrder();
    torrow.token = "another";
    expect(await account.read(id)).toMatchObject({ outcome: "refused", because: "sign-in" });
  });
});

describe("writing a block", () => {
  test("keeps what people wrote and is done once", async () => {
    const { id } = torrow.createOrder({ description: "Вход со двора" });
    expect(await account.writeBlock(id, block)).toEqual({
      outcome: "accepted",
      value: { hasChanged: true },
    });
    expect(description(id)).toBe(`Вход со двора\n${seen}`);
    expect(await account.writeBlock(id, block)).toEqual({
      outcome: "accepted",
      value: { hasChanged: false },
    });
    expect(patches()).toHaveLength(1);
    await account.writeBlock(id, undefined);
    expect(torrow.orders.get(id)?.description).toBe("Вход со двора");
  });

  test("refuses a description that would grow too long, and writes nothing", async () => {
    const { id } = torrow.createOrder({ description: "я".repeat(1990) });
    expect(await account.writeBlock(id, block)).toMatchObject({ because: "invalid" });
    expect(patches()).toEqual([]);
  });

  test("an order that is gone is missing", async () => {
    const { id } = torrow.createOrder({ isDeleted: true });
    expect(await account.writeBlock(id, block)).toMatchObject({ because: "missing" });
  });

  test.each(["reset-after-apply", "silence-after-apply"] as const)(
    "after %s it asks the order, and finds the block there",
    async (kind) => {
      const { id } = torrow.createOrder();
      torrow.faults.add(/patch$/u, { kind });
      expect(await account.writeBlock(id, block)).toMatchObject({
        outcome: "accepted",
        value: { hasChanged: true },
      });
      expect(torrow.orders.get(id)?.version).toBe(2);
    },
  );

  test("after an error page it asks the order, and finds that nothing was written", async () => {
    const { id } = torrow.createOrder();
    const answer = { status: 500, body: "<html>Server Error</html>" };
    torrow.faults.add(/patch$/u, { kind: "answer", answer });
    expect(await account.writeBlock(id, block)).toMatchObject({ outcome: "unreachable" });
    expect(await account.writeBlock(id, block)).toMatchObject({ outcome: "accepted" });
  });

  test("is uncertain only when the order can't be asked either", async () => {
    const { id } = torrow.createOrder();
    const away = { kind: "answer", answer: { status: 503, body: "" } } as const;
    torrow.faults.add(/cases\/[^/]+$/u, { kind: "latency", ms: 0 });
    torrow.faults.add(/patch$/u, { kind: "reset" });
    torrow.faults.add(/cases\/[^/]+$/u, away);
    expect(await account.writeBlock(id, block)).toMatchObject({ outcome: "uncertain" });
  });

  test("tries `add` where the source refuses to replace what is null", async () => {
    const { id } = torrow.createOrder();
    torrow.faults.add(/patch$/u, { kind: "answer", answer: { status: 400, body: {} } });
    expect(await account.writeBlock(id, block)).toMatchObject({ outcome: "accepted" });
    expect(patches().map(({ body }) => /"op":"(\w+)"/u.exec(body)?.[1])).toEqual([
      "replace",
      "add",
    ]);
  });

  test("reads again after a conflict, three times at most", async () => {
    const { id } = torrow.createOrder();
    const conflict = { kind: "answer", answer: { status: 409, body: {} } } as const;
    torrow.faults.add(/patch$/u, conflict, 2);
    expect(await account.writeBlock(id, block)).toMatchObject({ outcome: "accepted" });
    torrow.faults.add(/patch$/u, conflict, 3);
    expect(await account.writeBlock(id, undefined)).toMatchObject({ outcome: "unreachable" });
    expect(patches()).toHaveLength(6);
  });
});

describe.each([
  { status: 400, outcome: "refused", because: "invalid" },
  { status: 401, outcome: "refused", because: "sign-in" },
  { status: 302, outcome: "refused", because: "sign-in" },
  { status: 403, outcome: "refused", because: "no-permission" },
  { status: 404, outcome: "refused", because: "missing" },
  { status: 429, outcome: "unreachable", retryAfterMs: 7000, holds: "integration" },
  { status: 500, outcome: "unreachable", retryAfterMs: 7000 },
  { status: 200, outcome: "unreachable" },
])("an answer of $status with a page", ({ status, ...expected }) => {
  test(`is ${expected.because ?? expected.outcome} for a write`, async () => {
    const answer = { status, headers: { "retry-after": "7" }, body: "<html>no</html>" };
    torrow.faults.add(/./u, { kind: "answer", answer });
    expect(await account.writeBlock("some", block)).toMatchObject(expected);
  });
});

test("nobody there is unreachable, and so is a shape that is no order", async () => {
  expect(await open(nobodyThere).read("a")).toMatchObject({ outcome: "unreachable" });
  expect(await open(nobodyThere).writeBlock("a", block)).toMatchObject({ outcome: "unreachable" });
  await using strange = await startSimulator(() => ({ status: 200, body: [null, 1] }));
  expect(await open(strange.url).read("a")).toMatchObject({ outcome: "unreachable" });
});

test("no outcome shows the token or the block", async () => {
  for (const status of [400, 401, 403, 404, 429, 500]) {
    torrow.faults.add(/./u, { kind: "answer", answer: { status, body: torrow.token + block } });
    const said = JSON.stringify(await account.writeBlock("some", block));
    expect(said).not.toContain(torrow.token);
    expect(said).not.toContain("314159");
  }
});

describe("the simulated booking service", () => {
  test("posts events that read as its orders", async () => {
    await using hook = await startSimulator(() => ({ status: 200, body: { Status: "Success" } }));
    const order = torrow.createOrder();
    torrow.hookUrls = [`${hook.url}/webhook/ttlock?key=1`];
    torrow.moveOrder(order.id, 3_600_000);
    expect(await torrow.emit(order.id)).toEqual([{ status: 200, text: '{"Status":"Success"}' }]);
    expect(receive(JSON.parse(hook.journal[0]?.body ?? ""))).toMatchObject({
      event: {
        type: "CaseActionEvent",
        booking: {
          id: order.id,
          version: 2,
          state: "open",
          startsAt: order.startsAt + 3_600_000,
          resources: [{ name: "Комната «Эхо»", price: 900, amount: 1 }],
          participants: [{ role: "consumer", state: "registered" }],
        },
      },
    });
  });

  test("raises UpdateCase after an API write where told to, and our own write ends there", async () => {
    await using hook = await startSimulator(() => ({ status: 200, body: {} }));
    const { id } = torrow.createOrder();
    torrow.hookUrls = [hook.url];
    torrow.isUpdateEmitted = true;
    await account.writeBlock(id, block);
    const heard = await eventually(() => hook.journal[0]);
    expect(receive(JSON.parse(heard.body))).toMatchObject({ event: { type: "UpdateCase" } });
    expect(await account.writeBlock(id, block)).toMatchObject({ value: { hasChanged: false } });
    expect(hook.journal).toHaveLength(1);
  });
});
