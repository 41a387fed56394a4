import { describe, expect, test } from "vitest";
import type { LockRefusal } from "#locks/lock.ts";
import type { CodeLock } from "./access-codes.store.ts";
import type { Called } from "./lock-call.jobs.ts";
import { readResult } from "./step-result.ts";

const detail = { en: "", ru: "" };
const wish = { generation: 2, validFrom: 1, validTo: 2 };
const placed = {
  remoteId: "r",
  generation: 2,
  validFrom: 1,
  validTo: 2,
  isConfirmed: false,
  isOffline: false,
};
const pending = { act: "add", ...wish, digits: "" } as const;

const lock = (given: Partial<CodeLock> = {}): CodeLock => ({
  lockId: "77",
  deliveryId: "d",
  isWanted: true,
  state: "writing",
  gateway: "g",
  lockName: undefined,
  placed: undefined,
  offlineDigits: undefined,
  leftovers: [],
  pending: undefined,
  ladderStep: 3,
  alarmedFor: undefined,
  ...given,
});

const refused = (because: LockRefusal) => ({ outcome: "refused", because, detail }) as const;
const added = (outcome: Extract<Called, { act: "add" }>["outcome"]): Called => ({
  act: "add",
  wish,
  outcome,
});
const found = (value: object | undefined): Extract<Called, { act: "confirm" }>["outcome"] =>
  ({ outcome: "accepted", value }) as never;
const onLock = { remoteId: "r9", code: "1", name: "n", validFrom: 1, validTo: 2, isWritten: true };

test("a code that was taken is placed and not yet confirmed, and the ladder stays where it was", () => {
  const result = readResult(
    lock({ pending }),
    added({ outcome: "accepted", value: { remoteId: "r1" } }),
  );
  expect(result).toMatchObject({
    result: "went",
    lock: {
      pending: undefined,
      ladderStep: 3,
      placed: { remoteId: "r1", generation: 2, isConfirmed: false },
    },
  });
});

test("what certainly did not happen leaves nothing pending", () => {
  const result = readResult(lock({ pending }), added({ outcome: "unreachable", detail }));
  expect(result).toMatchObject({ result: "later", lock: { pending: undefined } });
});

test("a look that failed leaves open what it looked for", () => {
  const result = readResult(lock({ pending }), {
    act: "settle",
    outcome: { outcome: "unreachable", detail },
  });
  expect(result).toMatchObject({ result: "later", lock: { pending } });
});

test("what may have happened is looked at before anything else", () => {
  expect(readResult(lock({ pending }), added({ outcome: "uncertain", detail }))).toMatchObject({
    result: "look",
    lock: { pending },
  });
});

test.each([
  ["add", "code-taken", "taken"],
  ["add", "code-too-simple", "new-digits"],
  ["move", "unchangeable", "new-digits"],
] as const)("on %s, %s leads to %s", (act, because, result) => {
  const called = { act, wish, outcome: refused(because) } as Called;
  expect(readResult(lock({ placed }), called).result).toBe(result);
});

describe("a refusal that a person can lift is tried again slowly", () => {
  test.each([
    "sign-in",
    "application",
    "quota",
    "no-permission",
    "frozen",
    "lock-missing",
    "storage-full",
  ] as const)("%s", (because) => {
    expect(readResult(lock({ pending }), added(refused(because)))).toMatchObject({
      result: "refused",
      because,
      isForGood: false,
      lock: { pending: undefined },
    });
  });
});

test.each(["invalid", "unsupported", "code-length", "hours-spent"] as const)(
  "%s is for good",
  (because) => {
    expect(readResult(lock(), added(refused(because)))).toMatchObject({ isForGood: true });
  },
);

test("a code that the lock's list does not show is not there, whatever the vendor answered; it is tried later", () => {
  expect(readResult(lock({ placed }), { act: "confirm", outcome: found(undefined) })).toMatchObject(
    {
      result: "later",
      lock: { placed: undefined, ladderStep: 3 },
    },
  );
});

test("a code is confirmed by the lock's list only when it is written there", () => {
  const confirm = (isWritten: boolean) =>
    readResult(lock({ placed }), { act: "confirm", outcome: found({ ...onLock, isWritten }) });
  expect(confirm(true)).toMatchObject({
    result: "went",
    lock: { placed: { isConfirmed: true, remoteId: "r9" }, ladderStep: 0 },
  });
  expect(confirm(false)).toMatchObject({
    result: "later",
    lock: { placed: { isConfirmed: false }, ladderStep: 3 },
  });
});

test("a validity that the lock shows otherwise is believed", () => {
  const shown = { ...onLock, validTo: 99 };
  expect(readResult(lock({ placed }), { act: "confirm", outcome: found(shown) })).toMatchObject({
    lock: { placed: { validTo: 99 } },
  });
});

test("a deletion takes away what it was about, the current code or one left over", () => {
  const remove = (remoteId: string): Called => ({
    act: "delete",
    remoteId,
    outcome: { outcome: "accepted", value: undefined },
  });
  expect(readResult(lock({ placed, leftovers: ["x"] }), remove("r"))).toMatchObject({
    lock: { placed: undefined, leftovers: ["x"] },
  });
  expect(readResult(lock({ placed, leftovers: ["x"] }), remove("x"))).toMatchObject({
    lock: { placed, leftovers: [] },
  });
});

test("the vendor's spare code counts as confirmed, with its own times", () => {
  const value = { remoteId: "o", code: "5", validFrom: 0, validTo: 9 };
  expect(
    readResult(lock(), { act: "offline", wish, outcome: { outcome: "accepted", value } }),
  ).toMatchObject({
    lock: {
      placed: { remoteId: "o", validFrom: 0, validTo: 9, isConfirmed: true, isOffline: true },
    },
  });
});

describe("an act that was begun and not ended", () => {
  const settle = (before: Partial<CodeLock>, value: object | undefined) =>
    readResult(lock(before), { act: "settle", outcome: found(value) });

  test("an addition that is found is placed, as the generation it was", () => {
    expect(settle({ pending: { ...pending, generation: 1 } }, onLock)).toMatchObject({
      lock: { pending: undefined, placed: { remoteId: "r9", generation: 1, isConfirmed: true } },
    });
  });

  test("an addition that is not found did not happen, and is made again later", () => {
    expect(settle({ pending }, undefined)).toMatchObject({
      lock: { pending: undefined, placed: undefined },
    });
  });

  test("a deletion whose code is gone has happened, one whose code is there has not", () => {
    const begun = { pending: { ...pending, act: "delete", remoteId: "r" }, placed } as const;
    expect(settle(begun, undefined)).toMatchObject({
      lock: { pending: undefined, placed: undefined },
    });
    expect(settle(begun, onLock)).toMatchObject({ lock: { pending: undefined, placed } });
  });

  test("a move is believed as the lock's list shows it, and a code that is gone is gone", () => {
    const begun = {
      pending: { ...pending, act: "move", remoteId: "r", validTo: 50 },
      placed,
    } as const;
    expect(settle(begun, { ...onLock, validTo: 50 })).toMatchObject({
      lock: { placed: { validTo: 50 } },
    });
    expect(settle(begun, undefined)).toMatchObject({ lock: { placed: undefined } });
  });
});

test("a lock is called by an online gateway where it has one, and stays on one lane", () => {
  const describe_ = (gateways: readonly { id: string; isOnline: boolean }[]): Called =>
    ({
      act: "describe",
      outcome: { outcome: "accepted", value: { name: "Studio", gateways } },
    }) as never;
  const gatewayOf = (called: Called) => {
    const result = readResult(lock({ gateway: undefined }), called);
    return result.lock.gateway;
  };
  expect(
    gatewayOf(
      describe_([
        { id: "b", isOnline: false },
        { id: "c", isOnline: true },
      ]),
    ),
  ).toBe("c");
  expect(
    gatewayOf(
      describe_([
        { id: "b", isOnline: false },
        { id: "a", isOnline: false },
      ]),
    ),
  ).toBe("a");
  expect(gatewayOf(describe_([]))).toBe("lock-77");
});
