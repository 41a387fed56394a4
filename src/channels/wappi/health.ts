import type { Text } from "#domain/text.ts";
import type { ProfileStatus } from "./inbound.ts";
import { checkTexts, failureTexts } from "./texts.ts";

export type Trouble =
  /** A person must act at Wappi before anything is sent. */
  | { readonly kind: "stopped"; readonly text: Text }
  /** It passes by itself, as it does several times a day. */
  | { readonly kind: "passing"; readonly text: Text }
  | { readonly kind: "ahead"; readonly text: Text };

/** How long before the end of payment a check begins to warn. */
const paymentNoticeMs = 3 * 24 * 60 * 60 * 1_000;

/** What stands in a profile's way, the worst first; `undefined` when nothing does. */
export function findTrouble(status: ProfileStatus, now: number): Trouble | undefined {
  const paidUntil = status.payment_expired_at;
  if (!status.authorized) return { kind: "stopped", text: failureTexts.signedOut };
  if (paidUntil !== undefined && paidUntil <= now)
    return { kind: "stopped", text: failureTexts.unpaid };
  if (status.app_status !== undefined && status.app_status !== "open")
    return { kind: "passing", text: failureTexts.connecting };
  if (paidUntil !== undefined && paidUntil - now < paymentNoticeMs)
    return { kind: "ahead", text: checkTexts.payBefore(toDay(paidUntil)) };
  return undefined;
}

function toDay(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}
