import { setTimeout as wait } from "node:timers/promises";
import type { Load } from "./load.ts";
import type { CrashVendors } from "./vendors.ts";

export const MOMENTS = ["any", "request", "answer", "call", "effect"] as const;
/**
 * When to kill: at any time; while an event is being stored; right after one was answered; while a vendor is being
 * called; right after a vendor did what it was asked, before its answer is stored.
 */
export type Moment = (typeof MOMENTS)[number];

/** Longest wait for a moment that does not come. */
const MOST_MS = 1_200;
const LOOK_EVERY_MS = 1;

/** Waits until the moment has come. */
export async function awaitMoment(
  moment: Moment,
  world: { readonly vendors: CrashVendors; readonly load: Load; readonly random: () => number },
): Promise<void> {
  const { load, vendors, random } = world;
  await wait(random() * MOST_MS * (moment === "any" ? 1 : 0.5));
  const seen = {
    request: () => load.counts.underWay,
    answer: () => load.counts.taken,
    call: () => journals(vendors),
    effect: () => effects(vendors),
    any: () => 0,
  }[moment];
  const before = moment === "request" ? 0 : seen();
  const until = performance.now() + (moment === "any" ? 0 : MOST_MS);
  while (seen() <= before && performance.now() < until) await wait(LOOK_EVERY_MS);
  await wait(random() * 10);
}

const journals = ({ ttlock, telegram, greenApi, wazzup24 }: CrashVendors): number =>
  [ttlock, telegram, greenApi, wazzup24].reduce((sum, { journal }) => sum + journal.length, 0);

const effects = ({ ttlock, telegram, greenApi, wazzup24 }: CrashVendors): number =>
  ttlock.effects.length + telegram.sent.length + greenApi.sent.length + wazzup24.sent.length;
