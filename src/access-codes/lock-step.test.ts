import fc from "fast-check";
import { expect, test } from "vitest";
import { nextStep, type LockState, type Placed, type Step, type Wish } from "./lock-step.ts";

const HOUR = 3_600_000;
const NOW = 1_800_000_000_000;

/** A lock that does what it is told at once, with what it holds beside what is known of it. */
function carryOut(state: LockState, step: Step): LockState {
  const settled = { ...state, pending: undefined };
  switch (step.step) {
    case "settle":
      return settled;
    case "add":
      return {
        ...state,
        placed: {
          ...step.wish,
          remoteId: `new-${step.wish.generation}`,
          isConfirmed: false,
          isOffline: false,
        },
      };
    case "move":
      return { ...state, placed: { ...step.placed, ...timesOf(step.wish), isConfirmed: false } };
    case "confirm":
      return { ...state, placed: { ...step.placed, isConfirmed: true } };
    case "delete":
      return {
        ...state,
        placed: state.placed?.remoteId === step.remoteId ? undefined : state.placed,
        leftovers: state.leftovers.filter((id) => id !== step.remoteId),
      };
    case "set-aside":
      return { ...state, placed: undefined, leftovers: [...state.leftovers, step.placed.remoteId] };
    case "rest":
      return state;
  }
}

const timesOf = ({ validFrom, validTo }: Wish) => ({ validFrom, validTo });

const times = fc
  .tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 1, max: 50 }))
  .map(([from, length]) => ({
    validFrom: NOW + from * HOUR,
    validTo: NOW + (from + length) * HOUR,
  }));
const generation = fc.integer({ min: 1, max: 3 });
const wish: fc.Arbitrary<Wish> = fc
  .record({ generation, times })
  .map(({ generation, times }) => ({ generation, ...times }));
const placed: fc.Arbitrary<Placed> = fc
  .record({ generation, times, isConfirmed: fc.boolean(), isOffline: fc.boolean() })
  .map(({ times, ...rest }) => ({ remoteId: "old", ...times, ...rest }));
const state: fc.Arbitrary<LockState> = fc.record({
  placed: fc.option(placed, { nil: undefined }),
  leftovers: fc.uniqueArray(fc.constantFrom("a", "b", "c")),
  pending: fc.option(
    fc.record({
      act: fc.constantFrom("add", "move", "delete", "offline"),
      generation,
      validFrom: fc.constant(NOW),
      validTo: fc.constant(NOW + HOUR),
      digits: fc.constant(""),
    }),
    { nil: undefined },
  ),
});

/** Settle, set aside, add, confirm, and one deletion for each of up to four codes that are left over. */
const MOST_STEPS = 9;

function run(start: LockState, wished: Wish | undefined): { end: LockState; steps: Step[] } {
  const steps: Step[] = [];
  let known = start;
  for (;;) {
    const step = nextStep(known, wished, NOW);
    steps.push(step);
    if (step.step === "rest" || steps.length > MOST_STEPS + 1) return { end: known, steps };
    known = carryOut(known, step);
  }
}

test("from any state, a lock that does as told comes to hold what is wished, and nothing else", () => {
  fc.assert(
    fc.property(state, wish, (start, wished) => {
      fc.pre(wished.validTo > NOW);
      const { end, steps } = run(start, wished);
      expect(steps.length).toBeLessThanOrEqual(MOST_STEPS);
      expect(end.pending).toBeUndefined();
      expect(end.leftovers).toEqual([]);
      expect(end.placed?.isConfirmed || end.placed?.isOffline).toBe(true);
      if (end.placed?.isOffline) {
        expect(end.placed.validFrom).toBeLessThanOrEqual(wished.validFrom);
        expect(end.placed.validTo).toBeGreaterThanOrEqual(wished.validTo);
      } else expect(end.placed).toMatchObject(wished);
    }),
  );
});

test("from any state, a lock of which nothing is wished is emptied", () => {
  fc.assert(
    fc.property(state, (start) => {
      const { end, steps } = run(start, undefined);
      expect(steps.length).toBeLessThanOrEqual(MOST_STEPS);
      expect(end).toEqual({ placed: undefined, leftovers: [], pending: undefined });
    }),
  );
});

test("what was begun is settled before anything else", () => {
  fc.assert(
    fc.property(state, fc.option(wish, { nil: undefined }), (start, wished) => {
      fc.pre(start.pending !== undefined);
      expect(nextStep(start, wished, NOW)).toEqual({ step: "settle", pending: start.pending });
    }),
  );
});

test("nothing is written once a code's time is over, and what is there stays while it is wished", () => {
  fc.assert(
    fc.property(state, wish, (start, wished) => {
      fc.pre(wished.validTo <= NOW && start.pending === undefined);
      const { end, steps } = run(start, wished);
      expect(steps.every(({ step }) => step === "rest" || step === "delete")).toBe(true);
      expect(end.placed).toEqual(start.placed);
    }),
  );
});

test("the old code goes only when the new one is in place", () => {
  fc.assert(
    fc.property(placed, wish, (before, wished) => {
      fc.pre(wished.validTo > NOW && before.generation !== wished.generation && !before.isOffline);
      const { steps } = run({ placed: before, leftovers: [], pending: undefined }, wished);
      expect(steps.map(({ step }) => step)).toEqual([
        "set-aside",
        "add",
        "confirm",
        "delete",
        "rest",
      ]);
    }),
  );
});
