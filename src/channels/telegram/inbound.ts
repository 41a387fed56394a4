import type { Text } from "#domain/text.ts";
import { z } from "zod";
import type { SendOutcome, SendRefusal } from "../channel.ts";
import type { ApiAnswer } from "./client.ts";
import { failureTexts } from "./texts.ts";

const sentMessage = z.object({
  message_id: z.int(),
  chat: z.object({ id: z.int() }),
});

const bot = z.object({ first_name: z.string(), username: z.string().optional() });

/** Name of a bot as people know it, out of `getMe`. */
export function parseBotName(result: unknown): string | undefined {
  const parsed = bot.safeParse(result).data;
  return (
    parsed &&
    [parsed.first_name, parsed.username && `@${parsed.username}`].filter(Boolean).join(", ")
  );
}

/** What the answer to `sendMessage` means. A message's number is unique in its chat only, so its id carries both. */
// oxlint-disable-next-line typescript/consistent-return -- the switch is exhaustive, and tsc proves it
export function toSendOutcome(answer: ApiAnswer): SendOutcome {
  switch (answer.kind) {
    case "done":
      return toAccepted(answer.result);
    case "refused":
      return toRefused(answer);
    case "later":
      return {
        outcome: "unreachable",
        detail: failureTexts.tooMany,
        holds: "integration",
        ...pickWait(answer),
      };
    case "strange":
      return { outcome: "unreachable", detail: failureTexts.strange(answer.status) };
    case "never-left":
      return { outcome: "unreachable", detail: failureTexts.neverLeft };
    case "unknown":
      return { outcome: "uncertain", detail: failureTexts.uncertain };
  }
}

function toAccepted(result: unknown): SendOutcome {
  const message = sentMessage.safeParse(result).data;
  return message
    ? { outcome: "accepted", value: { remoteId: `${message.chat.id}:${message.message_id}` } }
    : { outcome: "uncertain", detail: failureTexts.uncertain };
}

function pickWait({ retryAfterMs }: { retryAfterMs?: number }): { retryAfterMs?: number } {
  return retryAfterMs === undefined ? {} : { retryAfterMs };
}

/** True when the text's markup is what Telegram did not take. */
export function isMarkupRefused(answer: ApiAnswer): boolean {
  return answer.kind === "refused" && /can't (parse|find end) /.test(answer.description);
}

type Refused = Extract<ApiAnswer, { kind: "refused" }>;

function toRefused(answer: Refused): SendOutcome {
  if (answer.code === 401 || answer.code === 404) return refuse("sign-in", failureTexts.signIn);
  const known = refusals.find(({ words }) => words.test(answer.description));
  if (known) return refuse(known.because, known.detail);
  if (answer.code === 403) return refuse("recipient", failureTexts.forbidden);
  return refuse("message", failureTexts.otherRefusal(answer.code));
}

function refuse(because: SendRefusal, detail: Text): SendOutcome {
  return { outcome: "refused", because, detail };
}

interface KnownRefusal {
  readonly words: RegExp;
  readonly because: SendRefusal;
  readonly detail: Text;
}

/** Descriptions in lower case; the first that matches decides. */
const refusals: readonly KnownRefusal[] = [
  { words: /blocked by the user/, because: "recipient", detail: failureTexts.blocked },
  { words: /user is deactivated/, because: "recipient", detail: failureTexts.deactivated },
  {
    words: /initiate conversation|chat not found|user not found|peer_id_invalid/,
    because: "recipient",
    detail: failureTexts.neverStarted,
  },
  { words: /upgraded to a supergroup/, because: "recipient", detail: failureTexts.migrated },
  {
    words: /kicked|not a member|not enough rights|have no rights/,
    because: "recipient",
    detail: failureTexts.forbidden,
  },
  { words: /too long/, because: "message", detail: failureTexts.tooLong },
  { words: /text is empty|must be non-empty/, because: "message", detail: failureTexts.empty },
];
