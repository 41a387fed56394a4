import fc from "fast-check";
import { expect, test } from "vitest";
import {
  afterOutcome,
  isOpen,
  retryDelayMs,
  RETRY_LADDER_MS,
  STATE_WORDS,
  type Standing,
} from "./delivery.ts";

const detail = { en: "", ru: "" };
const rules = { ladder: RETRY_LADDER_MS, now: 1_000, random: 0.5 };
const standing = (given: Partial<Standing> = {}): Standing => ({
  ladderStep: 1,
  part: 0,
  parts: 1,
  deadlineAt: undefined,
  ...given,
});

test("the ladder climbs from five seconds to an hour and stays there", () => {
  const waits = [1, 2, 3, 4, 5, 6, 7, 100].map((failures) =>
    retryDelayMs(RETRY_LADDER_MS, failures, 0.5),
  );
  expect(waits).toEqual([
    5_000, 30_000, 120_000, 600_000, 1_800_000, 3_600_000, 3_600_000, 3_600_000,
  ]);
});

test("jitter keeps within a fifth of the step", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 50 }),
      fc.double({ min: 0, max: 0.999_999, noNaN: true }),
      (failures, random) => {
        const base = RETRY_LADDER_MS[Math.min(failures, RETRY_LADDER_MS.length) - 1]!;
        const wait = retryDelayMs(RETRY_LADDER_MS, failures, random);
        expect(wait).toBeGreaterThanOrEqual(base * 0.8);
        expect(wait).toBeLessThanOrEqual(base * 1.2);
      },
    ),
  );
});

test("a wait that the vendor asks for is kept to the millisecond and costs no attempt", () => {
  const outcome = { outcome: "unreachable", detail, retryAfterMs: 7_000 } as const;
  expect(afterOutcome(standing(), outcome, rules)).toEqual({
    step: "retry",
    at: 8_000,
    costsAttempt: false,
  });
});

test("a wait that the vendor asks for is whole milliseconds, and a day at most", () => {
  const at = (retryAfterMs: number): unknown =>
    afterOutcome(standing(), { outcome: "unreachable", detail, retryAfterMs }, rules);
  expect(at(0.4)).toMatchObject({ step: "retry", at: 1_001 });
  expect(at(1e300)).toMatchObject({ step: "retry", at: 86_401_000 });
});

test("a failure climbs the ladder", () => {
  const outcome = { outcome: "unreachable", detail } as const;
  expect(afterOutcome(standing({ ladderStep: 2 }), outcome, rules)).toEqual({
    step: "retry",
    at: 31_000,
    costsAttempt: true,
  });
});

test("what would be tried after its deadline has expired, whoever asked to wait", () => {
  const deadlineAt = 6_000;
  expect(
    afterOutcome(standing({ deadlineAt }), { outcome: "unreachable", detail }, rules),
  ).toMatchObject({ step: "retry" });
  expect(
    afterOutcome(standing({ deadlineAt: 5_999 }), { outcome: "unreachable", detail }, rules),
  ).toEqual({ step: "end", state: "expired" });
  expect(
    afterOutcome(
      standing({ deadlineAt }),
      { outcome: "unreachable", detail, retryAfterMs: 5_001 },
      rules,
    ),
  ).toEqual({ step: "end", state: "expired" });
});

test("a message of several parts goes on until the last is taken", () => {
  const taken = { outcome: "accepted", value: { remoteId: "1" } } as const;
  expect(afterOutcome(standing({ parts: 2 }), taken, rules)).toEqual({ step: "send-next-part" });
  expect(afterOutcome(standing({ part: 1, parts: 2 }), taken, rules)).toEqual({
    step: "end",
    state: "sent",
  });
});

test("a cascade's yes is handed over, not delivered", () => {
  const taken = { outcome: "accepted", value: { remoteId: "1", isHandedOver: true } } as const;
  expect(afterOutcome(standing(), taken, rules)).toEqual({ step: "end", state: "handed-over" });
});

test("a refusal and an unclear outcome are never tried again", () => {
  expect(
    afterOutcome(standing(), { outcome: "refused", because: "recipient", detail }, rules),
  ).toEqual({ step: "end", state: "refused" });
  expect(afterOutcome(standing(), { outcome: "uncertain", detail }, rules)).toEqual({
    step: "end",
    state: "uncertain",
  });
});

test("only what still has something to send is open", () => {
  const states = Object.keys(STATE_WORDS) as (keyof typeof STATE_WORDS)[];
  expect(states.filter(isOpen)).toEqual(["queued", "retrying", "held"]);
});
