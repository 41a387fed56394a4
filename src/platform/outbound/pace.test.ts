import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makePace } from "./pace.ts";

function aPace() {
  const clock = { now: 1_000_000 };
  return { clock, pace: makePace(() => clock.now) };
}

const rates = fc.constantFrom(0.2, 0.5, 1, 3, 10, 30, 80);

describe("the pace of an integration", () => {
  it("never lets out more than its rate and a tenth of a second's calls ahead", () => {
    const waits = fc.array(fc.nat({ max: 400 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(rates, waits, (rate, steps) => {
        const { clock, pace } = aPace();
        const went: number[] = [];
        for (const step of steps) {
          clock.now += step;
          if (pace.take("a", rate) <= clock.now) went.push(clock.now);
        }
        for (const [i, from] of went.entries())
          for (const [more, to] of went.slice(i).entries()) {
            const most = ((to - from) / 1_000) * rate + Math.max(1, Math.floor(rate / 10));
            expect(more + 1).toBeLessThanOrEqual(most + 1e-6);
          }
      }),
    );
  });

  it("lets everybody through at the full rate, each after few tries, when all ask at once", () => {
    fc.assert(
      fc.property(rates, fc.integer({ min: 1, max: 100 }), (rate, callers) => {
        const { clock, pace } = aPace();
        const start = clock.now;
        const waiting = Array.from({ length: callers }, () => ({ at: start, tries: 0 }));
        const done: number[] = [];
        while (waiting.length > 0) {
          waiting.sort((one, other) => one.at - other.at);
          const [next] = waiting;
          clock.now = Math.max(clock.now, next!.at);
          next!.at = pace.take("a", rate);
          next!.tries += 1;
          expect(next!.tries).toBeLessThanOrEqual(3);
          if (next!.at <= clock.now) done.push(waiting.shift()!.at);
        }
        expect(clock.now - start).toBeLessThanOrEqual((callers * 1_000) / rate + 1);
      }),
    );
  });

  it("is held for a day at most", () => {
    const { clock, pace } = aPace();
    pace.holdUntil("b", 1e300);
    expect(pace.take("b", 1)).toBe(clock.now + 86_400_000);
  });

  it("is its own: a busy one slows no other", () => {
    const { clock, pace } = aPace();
    expect(pace.take("a", 1)).toBe(clock.now);
    expect(pace.take("a", 1)).toBe(clock.now + 1_000);
    expect(pace.take("a", 1)).toBe(clock.now + 2_000);
    expect(pace.take("b", 1)).toBe(clock.now);
  });

  it("is held as long as the vendor asked, and the longer hold stands", () => {
    const { clock, pace } = aPace();
    pace.holdUntil("a", clock.now + 9_000);
    pace.holdUntil("a", clock.now + 4_000);
    const until = clock.now + 9_000;
    expect(pace.take("a", 10)).toBe(until);
    expect(pace.take("a", 10)).toBe(until + 100);
    clock.now = until;
    expect(pace.take("a", 10)).toBe(until);
  });

  it("goes on when the clock is set back", () => {
    const { clock, pace } = aPace();
    pace.take("a", 1);
    clock.now -= 500_000;
    clock.now = pace.take("a", 1);
    expect(clock.now).toBeLessThanOrEqual(502_000);
    expect(pace.take("a", 1)).toBe(clock.now);
  });

  it("survives that idle ones are forgotten", () => {
    const { clock, pace } = aPace();
    pace.holdUntil("held", clock.now + 60_000);
    for (let key = 0; key < 25_000; key += 1) {
      clock.now += 1;
      pace.take(`key ${key}`, 10);
    }
    expect(pace.take("held", 10)).toBe(1_060_000);
  });
});
