import type { Text } from "./text.ts";

/**
 * What became of one call that changes something at a vendor. The same four answers serve messages, notifications
 * and door codes. `detail` is fit for a screen: it holds no token, phone number, message text or door code.
 */
export type Outcome<Value, Because extends string> =
  | { readonly outcome: "accepted"; readonly value: Value }
  /** They said no, and will again. Never retried; a person is told why and what to do. */
  | { readonly outcome: "refused"; readonly because: Because; readonly detail: Text }
  | Unreachable
  /** It may have happened. Never repeated blindly: asked about, made safe by a key, or left to a person. */
  | { readonly outcome: "uncertain"; readonly detail: Text };

/** It certainly did not happen, and may later. Retried with backoff. */
export interface Unreachable {
  readonly outcome: "unreachable";
  readonly detail: Text;
  /** The vendor's own word on when to come back (`Retry-After`); then the wait costs no attempt. */
  readonly retryAfterMs?: number;
  /** `integration` holds back every call of the same account (a quota, a rate limit); `call` only this one. */
  readonly holds?: "call" | "integration";
}
