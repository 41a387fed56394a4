import fc from "fast-check";
import { expect, test } from "vitest";
import { faultNames, openModel, type BookingModel } from "../support/booking-model.ts";
import { MINUTE } from "../support/studio.ts";

/** `MODEL_SEED` plays a run again, `MODEL_RUNS` makes more of them. */
const seed = Number(process.env["MODEL_SEED"] ?? Date.now() % 2 ** 31);
const numRuns = Number(process.env["MODEL_RUNS"] ?? 40);

const place = fc.constantFrom(0 as const, 1 as const);
const hook = fc.constantFrom("lock" as const, "guest" as const);

/** One thing that happens, as it reads when a run fails. */
type Happening = readonly [words: string, happen: (model: BookingModel) => Promise<void> | void];

const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 3, arbitrary: place.map((at): Happening => [`book ${at}`, (model) => model.book(at)]) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(place, fc.constantFrom(-45, -20, 15, 60, 240))
      .map(([at, minutes]): Happening => [
        `move ${at} by ${minutes} min`,
        (model) => model.move(at, minutes * MINUTE),
      ]),
  },
  {
    weight: 1,
    arbitrary: place.map((at): Happening => [`cancel ${at}`, (model) => model.cancel(at)]),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(place, hook)
      .map(([at, to]): Happening => [`repeat ${at} to ${to}`, (model) => model.repeat(at, to)]),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(place, hook)
      .map(([at, to]): Happening => [
        `an old event of ${at} to ${to}`,
        (model) => model.reorder(at, to),
      ]),
  },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom(...faultNames)
      .map((fault): Happening => [fault, (model) => model.spoil(fault)]),
  },
  {
    weight: 4,
    arbitrary: fc
      .integer({ min: 1, max: 40 })
      .map((n): Happening => [`killed ${n} statements later`, (model) => model.server.dieAfter(n)]),
  },
  { weight: 1, arbitrary: fc.constant<Happening>(["killed", (model) => model.server.crash()]) },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom(1, 9, 11, 35, 90, 200)
      .map((minutes): Happening => [
        `${minutes} min pass`,
        (model) => model.jump(minutes * MINUTE),
      ]),
  },
);

const history = fc
  .array(happening, { minLength: 3, maxLength: 14 })
  .map((rest): readonly Happening[] => [["book 0", (model) => model.book(0)], ...rest]);

test(`bookings and their codes keep their promises whatever happens (MODEL_SEED=${seed})`, async () => {
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(history, async (happenings) => {
      await using model = await openModel();
      for (const [, happen] of happenings) await happen(model);
      await model.settle();
      runs += 1;
    }),
    {
      seed,
      numRuns,
      // A smaller failing history is looked for only so long as somebody waits for it.
      endOnFailure: process.env["MODEL_SHRINK"] === undefined,
      reporter: (run) => {
        if (!run.failed) return;
        const words = run.counterexample?.[0].map(([words]) => words).join("\n  ");
        throw new Error(`MODEL_SEED=${run.seed} path ${run.counterexamplePath}\n  ${words}`, {
          cause: run.errorInstance,
        });
      },
    },
  );
  expect(runs).toBeGreaterThan(0);
}, 300_000);
