import type { Unreachable } from "#domain/outcome.ts";
import type { Text } from "#domain/text.ts";
import type { SendOutcome, SendRefusal } from "../channel.ts";
import type { ApiAnswer, Failed } from "./client.ts";
import { platforms, type Platform } from "./platforms.ts";
import { failureTexts } from "./texts.ts";

/** What a failed call comes to. */
export type Failure = Exclude<SendOutcome, { readonly outcome: "accepted" }>;

/** What a failed call means when it was the one that sends. */
export function toFailure(answer: Failed, platform: Platform): Failure {
  return answer.kind === "unknown"
    ? { outcome: "uncertain", detail: failureTexts.uncertain }
    : toFailureBefore(answer, platform);
}

/** What a failed question means for the sending that it was asked for: nothing was sent. */
export function toFailureBefore(answer: Failed, platform: Platform): Failure {
  switch (answer.kind) {
    case "refused":
      return toRefused(answer, platform);
    case "later":
      return toTooMany(answer);
    case "strange":
      return { outcome: "unreachable", detail: failureTexts.strange(answer.status) };
    case "never-left":
      return { outcome: "unreachable", detail: failureTexts.neverLeft(platforms[platform].names) };
    case "unknown":
      return { outcome: "unreachable", detail: failureTexts.silent };
  }
}

export function refuse(because: SendRefusal, detail: Text): Failure {
  return { outcome: "refused", because, detail };
}

type Refused = Extract<ApiAnswer, { readonly kind: "refused" }>;

function toTooMany({ retryAfterMs }: { readonly retryAfterMs?: number }): Unreachable {
  return {
    outcome: "unreachable",
    detail: failureTexts.tooMany,
    holds: "integration",
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

/** An instance is back a few minutes after a restart at most. */
const restartWaitMs = 30_000;
/** As long the vendor wants no lookup of numbers after too many of them. */
export const checksPauseMs = 2 * 60 * 60_000;

export const starting: Unreachable = {
  outcome: "unreachable",
  detail: failureTexts.starting,
  retryAfterMs: restartWaitMs,
  holds: "integration",
};

/** Guests whose MAX chat is known go on being written to. */
export function toChecksPaused(retryAfterMs: number): Unreachable {
  return {
    outcome: "unreachable",
    detail: failureTexts.tooManyChecks,
    retryAfterMs,
    holds: "call",
  };
}

function toRefused({ status, text }: Refused, platform: Platform): Failure {
  const { names } = platforms[platform];
  const known = refusals.find((one) => one.status === status && one.words.test(text));
  return known ? known.means(names) : refuse("message", failureTexts.otherRefusal(status));
}

interface KnownRefusal {
  readonly status: number;
  readonly words: RegExp;
  readonly means: (names: (typeof platforms)[Platform]["names"]) => Failure;
}

/** Bodies in lower case; the first that matches decides. 401 has none, 403 and 404 are pages: the status alone counts. */
const refusals: readonly KnownRefusal[] = [
  { status: 400, words: /starting process/, means: () => starting },
  {
    status: 400,
    words: /not authori[sz]ed/,
    means: () => refuse("account", failureTexts.signedOut),
  },
  { status: 400, words: /length|too long/, means: () => refuse("message", failureTexts.tooLong) },
  {
    status: 400,
    words: /chatid|phonenumber/,
    means: () => refuse("recipient", failureTexts.notTaken),
  },
  { status: 401, words: /^/, means: (names) => refuse("sign-in", failureTexts.signIn(names)) },
  { status: 403, words: /^/, means: (names) => refuse("target", failureTexts.noInstance(names)) },
  { status: 404, words: /^/, means: (names) => refuse("target", failureTexts.wrongHost(names)) },
  {
    status: 466,
    words: /correspondents_quote_exceeded/,
    means: () => refuse("account", failureTexts.quotaOfChats),
  },
  { status: 466, words: /^/, means: () => refuse("account", failureTexts.quota) },
  { status: 469, words: /^/, means: () => toChecksPaused(checksPauseMs) },
];
