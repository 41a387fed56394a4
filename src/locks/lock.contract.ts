import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { LockAccount, LockOutcome, NewCode } from "./lock.ts";

/** One open account at a vendor's simulator, with what a test may do behind its back. */
export interface LockWorld extends AsyncDisposable {
  readonly account: LockAccount;
  /** A lock in good order; nothing else uses it. */
  readonly lockId: string;
  readonly unknownLockId: string;
  /** The lock's zone, milliseconds east of UTC. */
  readonly utcOffsetMs: number;
  /** Texts that no detail may hold. */
  readonly secrets: readonly string[];
  setGatewayOnline(isOnline: boolean): void;
  /** The next act over the gateway happens and its answer gets lost. */
  loseNextAnswer(): void;
  /** What a guest at the door would find working. */
  codesAtDoor(): readonly string[];
}

const minute = 60_000;
const hour = 60 * minute;
const start = Date.UTC(2030, 4, 17, 12, 20);
const code: NewCode = {
  code: "031415",
  name: "Booking 42",
  validFrom: start,
  validTo: start + 2 * hour,
};

/** The suite that every lock provider passes. */
export function lockContract(contract: { name: string; open(): Promise<LockWorld> }): void {
  describe(`${contract.name} as a lock`, () => {
    let world: LockWorld;
    beforeEach(async () => {
      world = await contract.open();
    });
    afterEach(() => world[Symbol.asyncDispose]());
    describe("codes", () => {
      codes(() => world);
    });
    describe("the lock's list", () => {
      lists(() => world);
    });
    describe("when an answer gets lost", () => {
      losses(() => world);
    });
    describe("when the gateway is away", () => {
      absences(() => world);
    });
    describe("describing and checking", () => {
      looks(() => world);
    });
  });
}

type World = () => LockWorld;

function codes(world: World): void {
  it("writes a code with its leading zero and reads it back by id and by digits and name", async () => {
    const { account, lockId } = world();
    const { remoteId } = valueOf(await account.addCode(lockId, code));
    const expected = { ...code, remoteId, isWritten: true };
    const { code: digits, name } = code;
    expect(valueOf(await account.findCode(lockId, { remoteId, code: digits, name }))).toEqual(
      expected,
    );
    expect(valueOf(await account.findCode(lockId, { code: digits, name }))).toEqual(expected);
    expect(world().codesAtDoor()).toEqual([code.code]);
  });

  it("refuses the same digits twice", async () => {
    const { account, lockId } = world();
    await account.addCode(lockId, code);
    const again = await account.addCode(lockId, { ...code, name: "Booking 43" });
    expect(again).toMatchObject({ outcome: "refused", because: "code-taken" });
    expect(world().codesAtDoor()).toEqual([code.code]);
    expectNoSecrets(world(), again);
  });

  it("moves a code and keeps its digits", async () => {
    const { account, lockId } = world();
    const { remoteId } = valueOf(await account.addCode(lockId, code));
    const later = { validFrom: start + hour, validTo: start + 4 * hour };
    expect(await account.moveCode(lockId, remoteId, later)).toMatchObject({ outcome: "accepted" });
    expect(valueOf(await account.findCode(lockId, { remoteId, ...code }))).toMatchObject({
      ...later,
      code: code.code,
    });
  });

  it("cannot move a code that is gone", async () => {
    const { account, lockId } = world();
    const { remoteId } = valueOf(await account.addCode(lockId, code));
    await account.deleteCode(lockId, remoteId);
    const moved = await account.moveCode(lockId, remoteId, code);
    expect(moved).toMatchObject({ outcome: "refused", because: "unchangeable" });
  });

  it("deletes a code, and finds nothing wrong with deleting it again", async () => {
    const { account, lockId } = world();
    const { remoteId } = valueOf(await account.addCode(lockId, code));
    for (const _ of ["first", "again"])
      expect(await account.deleteCode(lockId, remoteId)).toMatchObject({ outcome: "accepted" });
    expect(world().codesAtDoor()).toEqual([]);
  });

  it("writes many codes that are asked for at once", async () => {
    const { account, lockId } = world();
    const digits = ["271828", "161803", "141421", "577215"];
    const added = await Promise.all(
      digits.map((each) => account.addCode(lockId, { ...code, code: each, name: each })),
    );
    expect(added.map(({ outcome }) => outcome)).toEqual(digits.map(() => "accepted"));
    expect(world().codesAtDoor().toSorted()).toEqual(digits.toSorted());
  });
}

function lists(world: World): void {
  it("is certain that a code is not there", async () => {
    const { account, lockId } = world();
    for (const wanted of [code, { ...code, remoteId: "1" }])
      expect(await account.findCode(lockId, wanted)).toEqual({
        outcome: "accepted",
        value: undefined,
      });
  });

  it("does not take somebody else's code with the same digits for ours", async () => {
    const { account, lockId } = world();
    await account.addCode(lockId, { ...code, name: "Cleaner" });
    expect(valueOf(await account.findCode(lockId, code))).toBeUndefined();
  });

  it("does not take another code of the same name for the wanted one", async () => {
    const { account, lockId } = world();
    await account.addCode(lockId, { ...code, code: "271828" });
    expect(valueOf(await account.findCode(lockId, code))).toBeUndefined();
  });
}

function losses(world: World): void {
  it("calls an addition uncertain, and the lock's list settles it", async () => {
    const { account, lockId } = world();
    world().loseNextAnswer();
    const added = await account.addCode(lockId, code);
    expect(added.outcome).toBe("uncertain");
    expectNoSecrets(world(), added);
    expect(valueOf(await account.findCode(lockId, code))).toMatchObject({ code: code.code });
    expect(world().codesAtDoor()).toEqual([code.code]);
  });

  it("calls a move uncertain, and the lock's list settles it", async () => {
    const { account, lockId } = world();
    const { remoteId } = valueOf(await account.addCode(lockId, code));
    world().loseNextAnswer();
    const later = { validFrom: start + hour, validTo: start + 3 * hour };
    expect((await account.moveCode(lockId, remoteId, later)).outcome).toBe("uncertain");
    expect(valueOf(await account.findCode(lockId, { remoteId, ...code }))).toMatchObject(later);
  });

  it("calls a deletion uncertain, and deleting again settles it", async () => {
    const { account, lockId } = world();
    const { remoteId } = valueOf(await account.addCode(lockId, code));
    world().loseNextAnswer();
    expect((await account.deleteCode(lockId, remoteId)).outcome).toBe("uncertain");
    expect((await account.deleteCode(lockId, remoteId)).outcome).toBe("accepted");
  });
}

function absences(world: World): void {
  it("does not reach the lock, changes nothing, and works once the gateway is back", async () => {
    const { account, lockId } = world();
    const { remoteId } = valueOf(await account.addCode(lockId, code));
    world().setGatewayOnline(false);
    const other = { ...code, code: "271828" };
    const tried = [
      await account.addCode(lockId, other),
      await account.moveCode(lockId, remoteId, { ...code, validTo: start + 5 * hour }),
      await account.deleteCode(lockId, remoteId),
    ];
    expect(tried.map(({ outcome }) => outcome)).toEqual(tried.map(() => "unreachable"));
    for (const each of tried) expectNoSecrets(world(), each);
    expect(world().codesAtDoor()).toEqual([code.code]);
    expect(valueOf(await account.findCode(lockId, { remoteId, ...code }))).toMatchObject(code);
    world().setGatewayOnline(true);
    expect((await account.addCode(lockId, other)).outcome).toBe("accepted");
  });

  it("still gives the vendor's offline code, for whole hours of the lock's zone around the wish", async () => {
    const { account, lockId, utcOffsetMs } = world();
    world().setGatewayOnline(false);
    const { validFrom, validTo } = code;
    const got = valueOf(
      await account.offlineCode(lockId, { name: "Booking 42", validFrom, validTo }),
    );
    expect(got.code).toMatch(/^\d{4,9}$/);
    expect(got.validFrom).toBeLessThanOrEqual(validFrom);
    expect(got.validTo).toBeGreaterThanOrEqual(validTo);
    for (const at of [got.validFrom, got.validTo]) expect((at + utcOffsetMs) % hour).toBe(0);
    expect(got.validTo - got.validFrom).toBeLessThan(validTo - validFrom + 2 * hour);
    expect(world().codesAtDoor()).toEqual([got.code]);
  });
}

function looks(world: World): void {
  it("describes the lock and its gateway", async () => {
    const { account, lockId, utcOffsetMs } = world();
    const online = valueOf(await account.describe(lockId));
    expect(online).toMatchObject({ takesCodes: true, utcOffsetMs, gateways: [{ isOnline: true }] });
    expect(online.name).not.toBe("");
    world().setGatewayOnline(false);
    const offline = valueOf(await account.describe(lockId));
    expect(offline.gateways.map(({ isOnline }) => isOnline)).toEqual([false]);
  });

  it("refuses an unknown lock everywhere", async () => {
    const { account, unknownLockId: lockId } = world();
    const answers: LockOutcome<unknown>[] = [
      await account.describe(lockId),
      await account.addCode(lockId, code),
      await account.findCode(lockId, code),
      await account.moveCode(lockId, "1", code),
      await account.deleteCode(lockId, "1"),
      await account.offlineCode(lockId, code),
    ];
    for (const answer of answers) {
      expect(answer).toMatchObject({ outcome: "refused", because: "lock-missing" });
      expectNoSecrets(world(), answer);
    }
  });

  it("checks a lock in good order without a finding and changes nothing", async () => {
    const { account, lockId } = world();
    const report = await account.check([lockId]);
    expect(report.findings).toEqual([]);
    expect(report.facts).not.toEqual([]);
    expect(world().codesAtDoor()).toEqual([]);
    expectNoSecrets(world(), report);
  });

  it("finds a lock number wrong, and an absent gateway worth a warning", async () => {
    const { account, lockId, unknownLockId } = world();
    const wrong = await account.check([unknownLockId]);
    expect(wrong.findings).toMatchObject([{ kind: "wrong", parameter: "lockId" }]);
    world().setGatewayOnline(false);
    const away = await account.check([lockId]);
    expect(away.findings.map(({ kind }) => kind)).toEqual(["warning"]);
    for (const { text } of [...wrong.findings, ...away.findings])
      expect(Object.values(text).every((sentence) => sentence !== "")).toBe(true);
  });
}

function valueOf<Value>(outcome: LockOutcome<Value>): Value {
  if (outcome.outcome === "accepted") return outcome.value;
  throw new Error(`Expected success, got ${JSON.stringify(outcome)}`);
}

function expectNoSecrets(world: LockWorld, said: unknown): void {
  const text = JSON.stringify(said);
  for (const secret of [...world.secrets, code.code]) expect(text).not.toContain(secret);
}
