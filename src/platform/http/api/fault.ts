import { HubError, type ErrorDetails } from "#domain/error.ts";

/** A refusal of the API. The message says what to do. */
export class ApiFault extends HubError {
  override readonly name = "ApiFault";
}

/** There is no such thing in this workspace. */
export function missing(what: string, hint: string): ApiFault {
  const code = `${what.replaceAll(" ", "_")}_missing`;
  return new ApiFault(code, `There is no such ${what} here. ${hint}`, { kind: "missing" });
}

export function conflict(code: string, message: string, details: ErrorDetails = {}): ApiFault {
  return new ApiFault(code, message, { ...details, kind: "conflict" });
}

export function away(cause: unknown): ApiFault {
  const message = "The database does not answer right now. Repeat in a few seconds.";
  return new ApiFault("store_away", message, { kind: "unavailable", retryAfterMs: 5_000, cause });
}
