import type { SendOutcome } from "#channels/channel.ts";
import type { Text } from "#domain/text.ts";

/**
 * `sent`: the vendor took it. `handed-over`: it took it and will never say more. `uncertain`: it may have arrived and
 * nobody can tell; a person decides. `expired`: its time was over before it could be sent. `cancelled`: it was no
 * longer true.
 */
export type DeliveryState =
  | "queued"
  | "retrying"
  | "held"
  | "sent"
  | "handed-over"
  | "delivered"
  | "read"
  | "refused"
  | "expired"
  | "uncertain"
  | "cancelled";

const OPEN: readonly DeliveryState[] = ["queued", "retrying", "held"];

/** Whether there is still something to send. */
export function isOpen(state: DeliveryState): boolean {
  return OPEN.includes(state);
}

/** 5 s, 30 s, 2 min, 10 min, 30 min, 1 h, and the last one again and again. */
export const RETRY_LADDER_MS: readonly number[] = [
  5_000, 30_000, 120_000, 600_000, 1_800_000, 3_600_000,
];

/** Spreads retries that began together, so that they do not come back together. */
const JITTER = 0.2;

/** How long to wait after so many failed attempts (from 1); `random` is in [0, 1). */
export function retryDelayMs(ladder: readonly number[], failures: number, random: number): number {
  const base = ladder[Math.min(failures, ladder.length) - 1] ?? 0;
  return Math.round(base * (1 - JITTER + 2 * JITTER * random));
}

export interface Standing {
  /** Failed attempts so far, this one counted, those that the vendor asked to wait for not. */
  readonly ladderStep: number;
  /** Parts of the message that were sent, the one just tried not counted. */
  readonly part: number;
  readonly parts: number;
  readonly deadlineAt: number | undefined;
}

export interface RetryRules {
  readonly ladder: readonly number[];
  readonly now: number;
  readonly random: number;
}

export type Next =
  | { readonly step: "end"; readonly state: DeliveryState }
  | { readonly step: "send-next-part" }
  /** `costsAttempt` is false when the vendor itself said when to come back. */
  | { readonly step: "retry"; readonly at: number; readonly costsAttempt: boolean };

/** What follows from the outcome of one attempt. */
export function afterOutcome(standing: Standing, outcome: SendOutcome, rules: RetryRules): Next {
  switch (outcome.outcome) {
    case "accepted":
      if (standing.part + 1 < standing.parts) return { step: "send-next-part" };
      return { step: "end", state: outcome.value.isHandedOver ? "handed-over" : "sent" };
    case "refused":
      return { step: "end", state: "refused" };
    case "uncertain":
      return { step: "end", state: "uncertain" };
    case "unreachable":
      return retry(standing, outcome.retryAfterMs, rules);
  }
}

/** A vendor that asks for a longer wait is asked again after a day. */
const LONGEST_WAIT_MS = 86_400_000;

function retry(standing: Standing, retryAfterMs: number | undefined, rules: RetryRules): Next {
  const wait = retryAfterMs ?? retryDelayMs(rules.ladder, standing.ladderStep, rules.random);
  const at = Math.ceil(rules.now + Math.min(wait, LONGEST_WAIT_MS));
  if (standing.deadlineAt !== undefined && at > standing.deadlineAt)
    return { step: "end", state: "expired" };
  return { step: "retry", at, costsAttempt: retryAfterMs === undefined };
}

/** How a state reads on a timeline. */
export const STATE_WORDS: Readonly<Record<DeliveryState, Text>> = {
  queued: { en: "queued", ru: "в очереди" },
  retrying: { en: "not delivered yet, will be tried again", ru: "не дошло, повторим" },
  held: { en: "held until the channel works again", ru: "ждёт, пока канал заработает" },
  sent: { en: "sent", ru: "отправлено" },
  "handed-over": { en: "handed over", ru: "передано каскаду" },
  delivered: { en: "delivered", ru: "доставлено" },
  read: { en: "read", ru: "прочитано" },
  refused: { en: "refused", ru: "отклонено" },
  expired: { en: "not delivered in time", ru: "не дошло вовремя" },
  uncertain: { en: "unclear whether it arrived", ru: "неясно, дошло ли" },
  cancelled: { en: "cancelled", ru: "отменено" },
};
