import type { Text } from "#domain/text.ts";
import type { Unreachable } from "#domain/outcome.ts";
import type { SendOutcome, SendRefusal } from "../channel.ts";
import type { ApiAnswer } from "./client.ts";
import { failureTexts } from "./texts.ts";

export type Failed = Exclude<ApiAnswer, { readonly kind: "done" }>;

/** What a failed call means when it was the one that sends. */
export function toFailure(answer: Failed): SendOutcome {
  if (answer.kind === "refused") return toRefused(answer);
  if (answer.kind === "unknown") return { outcome: "uncertain", detail: failureTexts.uncertain };
  return toUnreachable(answer);
}

/** What a failed question means for the sending that it was asked for: nothing was sent. */
export function toFailureBefore(answer: Failed): SendOutcome {
  return answer.kind === "refused" ? toRefused(answer) : toUnreachable(answer);
}

function toUnreachable(answer: Exclude<Failed, { readonly kind: "refused" }>): Unreachable {
  if (answer.kind !== "later") return { outcome: "unreachable", detail: unreachableText(answer) };
  const { retryAfterMs } = answer;
  return {
    outcome: "unreachable",
    detail: failureTexts.tooMany,
    holds: "integration",
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

function unreachableText(answer: Failed): Text {
  if (answer.kind === "strange") return failureTexts.strange(answer.status);
  return answer.kind === "never-left" ? failureTexts.neverLeft : failureTexts.silent;
}

export function refuse(because: SendRefusal, detail: Text): SendOutcome {
  return { outcome: "refused", because, detail };
}

export type Refused = Extract<ApiAnswer, { readonly kind: "refused" }>;

export const isSignIn = ({ status }: Refused): boolean => status === 401 || status === 403;
export const isProfileMissing = ({ detail }: Refused): boolean => /profile not found/.test(detail);
export const isWrongPlatform = ({ detail }: Refused): boolean => /wrong platform/.test(detail);

/** 400 and 404 without a known word are lasting for this guest, as one production system has found. */
function toRefused(answer: Refused): SendOutcome {
  if (isSignIn(answer)) return refuse("sign-in", failureTexts.signIn);
  const known = refusals.find(({ words }) => words.test(answer.detail));
  return known ? refuse(known.because, known.detail) : refuse("recipient", failureTexts.recipient);
}

interface KnownRefusal {
  readonly words: RegExp;
  readonly because: SendRefusal;
  readonly detail: Text;
}

/** Wappi's prose in lower case; the first that matches decides. */
const refusals: readonly KnownRefusal[] = [
  { words: /profile not found/, because: "target", detail: failureTexts.profileMissing },
  { words: /cascade/, because: "target", detail: failureTexts.cascadeMissing },
  { words: /wrong platform/, because: "target", detail: failureTexts.platformUnknown },
  { words: /authoriz|log(ged)? ?out/, because: "account", detail: failureTexts.signedOut },
  { words: /\bban|spam/, because: "account", detail: failureTexts.banned },
  {
    words: /pa(y|id)|expired|tarif|subscri|balance/,
    because: "account",
    detail: failureTexts.unpaid,
  },
  { words: /too long/, because: "message", detail: failureTexts.tooLong },
  { words: /body.*(empty|required)/, because: "message", detail: failureTexts.empty },
];
