import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  afterOutcome,
  afterProbeBegan,
  closedBreaker,
  mayCall,
  readBreaker,
  statusOf,
  type BreakerState,
  type Told,
} from "./breaker.ts";

const second = 1_000;
const minute = 60 * second;
const start = 1_700_000_010_000;

function play(tolds: readonly Told[], from: BreakerState = closedBreaker, now = start) {
  return tolds.reduce((state, told) => afterOutcome(state, told, now), from);
}

const times = (count: number, told: Told): Told[] => Array.from({ length: count }, () => told);
const opened = play(times(10, "trouble"));

describe("a closed breaker", () => {
  it.each<[string, Told[], boolean]>([
    ["ten troubles", times(10, "trouble"), true],
    ["nine troubles", times(9, "trouble"), false],
    ["seven of ten", [...times(3, "ok"), ...times(7, "trouble")], true],
    ["six of ten", [...times(4, "ok"), ...times(6, "trouble")], false],
    ["nine troubles among neutrals", [...times(50, "neutral"), ...times(9, "trouble")], false],
    ["a last ok", [...times(9, "trouble"), "ok"], false],
  ])("after %s: open %o", (_name, tolds, isOpen) => {
    expect(mayCall(play(tolds), start).allowed).toBe(!isOpen);
  });

  it("forgets what is older than five minutes", () => {
    const state = play(times(9, "trouble"));
    expect(mayCall(afterOutcome(state, "trouble", start + 4 * minute), start).allowed).toBe(false);
    expect(mayCall(afterOutcome(state, "trouble", start + 6 * minute), start).allowed).toBe(true);
  });
});

describe("an open breaker", () => {
  it("lets one probe through after 30 s", () => {
    expect(mayCall(opened, start + 29_999)).toEqual({ allowed: false, until: start + 30_000 });
    expect(mayCall(opened, start + 30_000)).toEqual({ allowed: true, isProbe: true });
    const probing = afterProbeBegan(opened, start + 30_000);
    expect(mayCall(probing, start + 30_001)).toMatchObject({ allowed: false });
  });

  it("lets another probe through when the first was lost with its node", () => {
    const probing = afterProbeBegan(opened, start + 30_000);
    expect(mayCall(probing, start + 90_000)).toEqual({ allowed: true, isProbe: true });
  });

  it("waits twice as long after each failed probe, at most 10 minutes", () => {
    let state = opened;
    let now = start;
    const waits = Array.from({ length: 7 }, () => {
      now += state.open!.backoffMs;
      state = afterOutcome(afterProbeBegan(state, now), "trouble", now + second);
      now += second;
      return (state.open!.until - now) / second;
    });
    expect(waits).toEqual([60, 120, 240, 480, 600, 600, 600]);
  });

  it("is closed by a probe that works, with a clean slate", () => {
    const probing = afterProbeBegan(opened, start + 30_000);
    expect(afterOutcome(probing, "ok", start + 31_000)).toEqual(closedBreaker);
  });

  it("waits as long again after a probe that told nothing", () => {
    const probing = afterProbeBegan(opened, start + 30_000);
    const state = afterOutcome(probing, "neutral", start + 31_000);
    expect(mayCall(state, start + 31_000)).toEqual({ allowed: false, until: start + 61_000 });
  });

  it("passes over calls that went out before it opened", () => {
    expect(play(["ok", "trouble", "neutral"], opened, start + second)).toEqual(opened);
  });

  it("does not stay open for the time by which a clock was set back", () => {
    expect(mayCall(opened, start - 60 * minute)).toEqual({ allowed: true, isProbe: true });
  });
});

describe("the status", () => {
  it.each<[string, Told[], number, string]>([
    ["nothing", [], 0, "active"],
    ["a lone trouble, long ago", ["trouble"], 600, "active"],
    ["two troubles", times(2, "trouble"), 1, "active"],
    ["three troubles in a row", times(3, "trouble"), 1, "has-errors"],
    ["three troubles, then an ok", [...times(3, "trouble"), "ok"], 0, "active"],
    ["three troubles, then a neutral", [...times(3, "trouble"), "neutral"], 0, "has-errors"],
    ["three of ten, an ok last", [...times(3, "trouble"), ...times(7, "ok")], 0, "has-errors"],
    ["three of ten, minutes ago", [...times(3, "trouble"), ...times(7, "ok")], 6, "active"],
    ["nothing but trouble for 29 minutes", times(3, "trouble"), 29, "has-errors"],
    ["nothing but trouble for 30 minutes", times(3, "trouble"), 30, "failed"],
    ["open", times(10, "trouble"), 0, "has-errors"],
    ["open for half an hour", times(10, "trouble"), 30, "failed"],
  ])("after %s is as a person would say", (...[, tolds, minutes, status]) => {
    expect(statusOf(play(tolds), start + minutes * minute)).toBe(status);
  });
});

it("counts the half hour from the first trouble, not the last", () => {
  const minutes = [0, 14, 28];
  const state = minutes.reduce(
    (state, minutes) => afterOutcome(state, "trouble", start + minutes * minute),
    closedBreaker,
  );
  expect(statusOf(state, start + 29 * minute)).toBe("has-errors");
  expect(statusOf(state, start + 30 * minute)).toBe("failed");
});

describe("against a model that remembers every call", () => {
  const step = fc.record({
    told: fc.oneof(
      { weight: 6, arbitrary: fc.constant<Told>("trouble") },
      { weight: 2, arbitrary: fc.constant<Told>("ok") },
      { weight: 1, arbitrary: fc.constant<Told>("neutral") },
    ),
    afterMs: fc.oneof(fc.nat(5 * second), fc.nat(3 * minute)),
  });

  it("opens exactly when it should, waits as it should and survives storing at any moment", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
        let state = closedBreaker;
        let now = start;
        let calls: { at: number; told: Told }[] = [];
        for (const { told, afterMs } of steps) {
          now += afterMs;
          const before = state;
          const may = mayCall(state, now);
          state = callAndStore(state, told, now);
          if (!before.open) calls.push({ at: now, told });
          expect(state.open !== undefined).toBe(
            before.open ? !may.allowed || told !== "ok" : modelOpens(calls, now),
          );
          expect(may.allowed || isDeepStrictEqual(state, before)).toBe(true);
          if (state.open) calls = [];
          const waitMs = may.allowed && state.open ? state.open.until - now : 30 * second;
          expect(waitMs).toBeGreaterThanOrEqual(30 * second);
          expect(waitMs).toBeLessThanOrEqual(10 * minute);
          expect(state.slots.length).toBeLessThanOrEqual(10);
        }
      }),
      { numRuns: 500 },
    );
  });

  function callAndStore(state: BreakerState, told: Told, now: number): BreakerState {
    const may = mayCall(state, now);
    const calling = may.allowed && may.isProbe ? afterProbeBegan(state, now) : state;
    return readBreaker(JSON.parse(JSON.stringify(afterOutcome(calling, told, now))));
  }

  function modelOpens(calls: readonly { at: number; told: Told }[], now: number): boolean {
    const slotOf = (at: number) => at - (at % (30 * second));
    const counted = calls.filter(
      ({ at, told }) => told !== "neutral" && slotOf(at) > now - 5 * minute,
    );
    const troubles = counted.filter(({ told }) => told === "trouble").length;
    const isTroubleNow = calls.at(-1)?.told === "trouble";
    return isTroubleNow && counted.length >= 10 && troubles / counted.length >= 0.7;
  }
});

it("takes whatever else was stored for a closed breaker", () => {
  for (const stored of [null, undefined, "x", {}, { slots: 5 }])
    expect(readBreaker(stored)).toEqual(closedBreaker);
});
