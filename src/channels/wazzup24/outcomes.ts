import type { Text } from "#domain/text.ts";
import type { SendOutcome, SendRefusal } from "../channel.ts";
import { type ApiAnswer, type Failed, toCode } from "./client.ts";
import { failureTexts } from "./texts.ts";

/** What a failed call comes to. */
export type Failure = Exclude<SendOutcome, { readonly outcome: "accepted" }>;
export type Refused = Extract<ApiAnswer, { readonly kind: "refused" }>;

/** What a failed call means when it was the one that sends. */
export function toFailure(answer: Failed): Failure {
  if (answer.kind === "unknown" || (answer.kind === "refused" && unclear.has(answer.code)))
    return { outcome: "uncertain", detail: failureTexts.uncertain };
  return toFailureBefore(answer);
}

/** What a failed question means: nothing was changed. */
export function toFailureBefore(answer: Failed): Failure {
  switch (answer.kind) {
    case "refused":
      return toRefused(answer);
    case "later":
      return {
        outcome: "unreachable",
        detail: failureTexts.tooMany,
        retryAfterMs: answer.retryAfterMs,
        holds: "integration",
      };
    case "strange":
      return { outcome: "unreachable", detail: failureTexts.strange(answer.status) };
    case "never-left":
      return { outcome: "unreachable", detail: failureTexts.neverLeft };
    case "unknown":
      return { outcome: "unreachable", detail: failureTexts.silent };
  }
}

/** The same `crmMessageId` was taken within the last minute: the message is there already. */
export function isRepeated({ code }: Refused): boolean {
  return code === toCode("REPEATED_CRM_MESSAGE_ID");
}

export function refuse(because: SendRefusal, detail: Text): Failure {
  return { outcome: "refused", because, detail };
}

/** The vendor failed inside: it may have been taken. */
const unclear = toCodes("MESSAGES_CAN_NOT_ADD UNKNOWN_ERROR UNKNOWN_ERROR_WITH_TRACE_ID");

function toRefused({ status, code }: Refused): Failure {
  if (status === 401) return refuse("sign-in", failureTexts.signIn);
  if (offline.has(code)) return { outcome: "unreachable", detail: failureTexts.phoneOffline };
  const known = refusals.find(({ codes }) => codes.has(code));
  if (known) return refuse(known.because, known.detail);
  return status === 403
    ? refuse("sign-in", failureTexts.closedKey)
    : refuse("message", failureTexts.otherRefusal(status));
}

const offline = toCodes("MESSAGE_CHANNEL_UNAVAILABLE");

interface KnownRefusal {
  readonly codes: ReadonlySet<string>;
  readonly because: SendRefusal;
  readonly detail: Text;
}

/** The vendor's words by what they ask of a person. Words that are not here refuse the message. */
const refusals: readonly KnownRefusal[] = [
  { codes: toCodes("INVALID_API_KEY"), because: "sign-in", detail: failureTexts.signIn },
  { codes: toCodes("CHANNEL_NOT_FOUND"), because: "target", detail: failureTexts.noChannel },
  { codes: toCodes("WRONG_TRANSPORT"), because: "target", detail: failureTexts.wrongTransport },
  {
    codes: toCodes("CHANNEL_BLOCKED CHANNEL_WAPI_REJECTED"),
    because: "account",
    detail: failureTexts.channelBlocked,
  },
  {
    codes: toCodes("CHANNEL_NO_MONEY BALANCE_IS_EMPTY CHANNEL_LIMIT_EXCEEDED"),
    because: "account",
    detail: failureTexts.noMoney,
  },
  {
    codes: toCodes("MESSAGES_NOT_TEXT_FIRST"),
    because: "account",
    detail: failureTexts.notTextFirst,
  },
  {
    codes: toCodes("MESSAGES_IS_SPAM TEMPLATE_REJECTED"),
    because: "account",
    detail: failureTexts.spam,
  },
  {
    codes: toCodes("BAD_CONTACT CHAT_NO_ACCESS MESSAGES_INVALID_CONTACT_TYPE"),
    because: "recipient",
    detail: failureTexts.recipient,
  },
  {
    codes: toCodes(
      "MESSAGE_TEXT_TOO_LONG MESSAGES_TOO_LONG_TELEGRAM MESSAGES_TOO_LONG_VIBER MESSAGES_TOO_LONG_INSTAGRAM MESSAGES_TOO_LONG_VK MESSAGES_TOO_LONG_AVITO",
    ),
    because: "message",
    detail: failureTexts.tooLong,
  },
  {
    codes: toCodes(
      "MESSAGES_TOO_LONG_WABA MESSAGES_TOO_LONG_WABA_HEADER MESSAGES_TOO_LONG_WABA_TEMPLATE",
    ),
    because: "message",
    detail: failureTexts.tooLongForBusiness,
  },
  {
    codes: toCodes("MESSAGE_NOTHING_TO_SEND MESSAGES_TEXT_CAN_NOT_BE_BLANK"),
    because: "message",
    detail: failureTexts.empty,
  },
  {
    codes: toCodes("INVALID_MESSAGE_DATA VALIDATION_ERROR MESSAGES_ABNORMAL_SEND"),
    because: "message",
    detail: failureTexts.invalid,
  },
];

function toCodes(words: string): ReadonlySet<string> {
  return new Set(words.split(" ").map(toCode));
}
