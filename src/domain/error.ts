/** What a caller at the edge can make of an error. `broken` is our own bug; its message stays in the log. */
export type ErrorKind =
  | "invalid"
  | "unauthenticated"
  | "forbidden"
  | "missing"
  | "conflict"
  | "too-large"
  | "too-many"
  /** For now: the store or another part is away. */
  | "unavailable"
  | "broken";

export interface ErrorDetails extends ErrorOptions {
  /** Default `broken`. */
  readonly kind?: ErrorKind;
  /** What it was about, for the log: `{ conversationId }`. Ids only. */
  readonly ids?: Readonly<Record<string, string>>;
  /** When asking again makes sense. */
  readonly retryAfterMs?: number;
}

/**
 * Every error that we throw on purpose. The message is one line that says what was tried, on what, and what to do next;
 * it may be shown, so it holds no token, phone number, message text or door code.
 */
export abstract class HubError extends Error {
  abstract override readonly name: string;
  /** Public; in snake case; never changes once released. */
  readonly code: string;
  readonly kind: ErrorKind;
  readonly ids: Readonly<Record<string, string>>;
  readonly retryAfterMs: number | undefined;

  constructor(code: string, message: string, details: ErrorDetails = {}) {
    super(message, "cause" in details ? { cause: details.cause } : undefined);
    this.code = code;
    this.kind = details.kind ?? "broken";
    this.ids = details.ids ?? {};
    this.retryAfterMs = details.retryAfterMs;
  }
}
