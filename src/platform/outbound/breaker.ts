import { z } from "zod";

/**
 * What a call told of the integration itself. `ok`: it answered as it should. `trouble`: it was unreachable or did not
 * let us in. `neutral`: it says nothing, such as a guest who blocked us, or a wait that the vendor asked for.
 */
export type Told = "ok" | "trouble" | "neutral";

const slot = z.object({ from: z.number(), ok: z.number(), trouble: z.number() });
const open = z.object({ until: z.number(), backoffMs: z.number(), isProbing: z.boolean() });
const shape = z.object({
  /** Calls of the last minutes, counted in slots; neutral ones are not counted. */
  slots: z.array(slot).readonly(),
  /** Troubles since the last `ok`, and when the first of them was. */
  troubles: z.number(),
  troubledSince: z.number().optional(),
  /** No calls but a probe now and then. */
  open: open.optional(),
});

/** A breaker's whole memory: plain JSON, kept with its integration. All instants are ms since 1970. */
export type BreakerState = z.output<typeof shape>;

export const closedBreaker: BreakerState = { slots: [], troubles: 0 };

/** The state as it was stored; what is not one is a closed breaker, which finds out by itself. */
export function readBreaker(stored: unknown): BreakerState {
  return shape.safeParse(stored).data ?? closedBreaker;
}

const windowMs = 5 * 60_000;
const slotMs = 30_000;
const opensFromCalls = 10;
const opensAtShare = 0.7;
const firstBackoffMs = 30_000;
const longestBackoffMs = 10 * 60_000;
/** A probe that has told nothing by then was lost with its node. */
const probeWithinMs = 60_000;
const errorsFromTroubles = 3;
const errorsAtShare = 0.3;
const failedAfterMs = 30 * 60_000;

export type MayCall =
  | { readonly allowed: true; readonly isProbe: boolean }
  | { readonly allowed: false; readonly until: number };

/** Whether a call may go out. Who sends a probe stores `afterProbeBegan` first, so that it stays the only one. */
export function mayCall({ open }: BreakerState, now: number): MayCall {
  if (!open) return { allowed: true, isProbe: false };
  // A clock that was set back would otherwise keep the breaker open for as long.
  const isDue = now >= open.until || open.until - now > longestBackoffMs;
  return isDue ? { allowed: true, isProbe: true } : { allowed: false, until: open.until };
}

export function afterProbeBegan(state: BreakerState, now: number): BreakerState {
  if (!state.open) return state;
  return { ...state, open: { ...state.open, until: now + probeWithinMs, isProbing: true } };
}

/**
 * Opens at 70 % trouble among 10 calls or more within 5 minutes. An open breaker heeds only its probe: `ok` closes it,
 * `trouble` doubles the wait (30 s to 10 min), `neutral` repeats it. Calls that had gone out before are passed over.
 */
export function afterOutcome(state: BreakerState, told: Told, now: number): BreakerState {
  if (state.open) return afterProbe(state, told, now);
  if (told === "neutral") return state;
  const counted = count(state, told, now);
  const { calls, share } = shareOf(counted, now);
  return told === "trouble" && calls >= opensFromCalls && share >= opensAtShare
    ? { ...counted, slots: [], open: waiting(firstBackoffMs, now) }
    : counted;
}

function afterProbe(state: BreakerState, told: Told, now: number): BreakerState {
  const { open } = state;
  if (!open || (!open.isProbing && !mayCall(state, now).allowed)) return state;
  if (told === "ok") return closedBreaker;
  if (told === "neutral") return { ...state, open: waiting(open.backoffMs, now) };
  const backoffMs = Math.min(open.backoffMs * 2, longestBackoffMs);
  return { ...state, troubles: state.troubles + 1, open: waiting(backoffMs, now) };
}

function waiting(backoffMs: number, now: number): NonNullable<BreakerState["open"]> {
  return { until: now + backoffMs, backoffMs, isProbing: false };
}

function count(state: BreakerState, told: "ok" | "trouble", now: number): BreakerState {
  const from = now - (now % slotMs);
  const kept = recent(state, now).filter((slot) => slot.from !== from);
  const held = state.slots.find((slot) => slot.from === from) ?? { from, ok: 0, trouble: 0 };
  const slots = [...kept, { ...held, [told]: held[told] + 1 }];
  if (told === "ok") return { slots, troubles: 0 };
  return { slots, troubles: state.troubles + 1, troubledSince: state.troubledSince ?? now };
}

function recent({ slots }: BreakerState, now: number): BreakerState["slots"] {
  return slots.filter(({ from }) => from > now - windowMs && from <= now);
}

function shareOf(state: BreakerState, now: number): { calls: number; share: number } {
  const slots = recent(state, now);
  const trouble = slots.reduce((sum, slot) => sum + slot.trouble, 0);
  const calls = slots.reduce((sum, slot) => sum + slot.ok, trouble);
  return { calls, share: calls === 0 ? 0 : trouble / calls };
}

/**
 * `failed`: nothing but trouble for half an hour. `has-errors`: open, three troubles in a row, or 30 % among 10 calls or
 * more. A lone trouble is `active`: the next try usually heals it. Counts alone decide, so rare calls are judged too.
 */
export function statusOf(state: BreakerState, now: number): "active" | "has-errors" | "failed" {
  const isTroubled = state.troubles >= errorsFromTroubles;
  if (isTroubled && now - (state.troubledSince ?? now) >= failedAfterMs) return "failed";
  const { calls, share } = shareOf(state, now);
  const isShaky = calls >= opensFromCalls && share >= errorsAtShare;
  return isTroubled || isShaky || state.open ? "has-errors" : "active";
}
