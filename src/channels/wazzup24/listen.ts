import type { Outcome } from "#domain/outcome.ts";
import type { Tools } from "#domain/tools.ts";
import type { SendRefusal } from "../channel.ts";
import { type Api, toCode } from "./client.ts";
import { parseWebhooks, type Webhooks } from "./inbound.ts";
import { toFailureBefore } from "./outcomes.ts";
import { failureTexts, listenTexts } from "./texts.ts";

export type ListenOutcome = Outcome<undefined, SendRefusal>;

interface Needs {
  readonly api: Api;
  readonly tools: Pick<Tools, "memory">;
}

const accepted: ListenOutcome = { outcome: "accepted", value: undefined };

/** The vendor takes no longer address. */
const longestUrl = 200;
/** It tries the address before it answers, and waits up to 30 s for that. */
const changeTimeoutMs = 35_000;

/**
 * Points the key's webhook at `url`, or takes it away. A key has one webhook, and the last one to set it wins: an
 * address that is not ours stays as it is.
 */
export async function listen(needs: Needs, url: string | undefined): Promise<ListenOutcome> {
  const answer = await needs.api({ method: "GET", path: "webhooks" });
  if (answer.kind !== "done") return toFailureBefore(answer);
  const present = parseWebhooks(answer.body);
  if (!present) return { outcome: "unreachable", detail: failureTexts.silent };
  const isOurs = present.webhooksUri === "" || (await isKnownAsOurs(needs, present, url));
  if (url !== undefined) return isOurs ? start(needs, { present, url }) : foreign;
  return isOurs && present.webhooksUri !== "" ? change(needs, "") : accepted;
}

const foreign: ListenOutcome = {
  outcome: "refused",
  because: "target",
  detail: listenTexts.foreignWebhook,
};

async function start(
  needs: Needs,
  { present, url }: { readonly present: Webhooks; readonly url: string },
): Promise<ListenOutcome> {
  if (present.webhooksUri === url && present.subscriptions.messagesAndStatuses) return accepted;
  if (url.length > longestUrl)
    return { outcome: "refused", because: "target", detail: listenTexts.tooLong };
  await needs.tools.memory.write(url);
  return change(needs, url);
}

/** The memory of this integration holds the URL that we have set, and nothing else. */
async function isKnownAsOurs(
  { tools }: Needs,
  { webhooksUri }: Webhooks,
  url: string | undefined,
): Promise<boolean> {
  if ((await tools.memory.read()) === webhooksUri) return true;
  const origin = URL.parse(webhooksUri)?.origin;
  return url !== undefined && origin !== undefined && origin === URL.parse(url)?.origin;
}

async function change({ api }: Needs, webhooksUri: string): Promise<ListenOutcome> {
  const subscriptions = {
    messagesAndStatuses: webhooksUri !== "",
    contactsAndDealsCreation: false,
    channelsUpdates: false,
  };
  const answer = await api({
    method: "PATCH",
    path: "webhooks",
    body: { webhooksUri, subscriptions },
    timeoutMs: changeTimeoutMs,
  });
  if (answer.kind === "done") return accepted;
  if (answer.kind === "unknown") return { outcome: "uncertain", detail: listenTexts.unclear };
  if (answer.kind === "refused" && notReached.has(answer.code))
    return { outcome: "refused", because: "target", detail: listenTexts.notReached };
  return toFailureBefore(answer);
}

const notReached = new Set([toCode("testPostNotPassed"), toCode("uriNotValid")]);
