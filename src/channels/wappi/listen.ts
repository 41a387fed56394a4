import type { Outcome } from "#domain/outcome.ts";
import type { Tools } from "#domain/tools.ts";
import type { SendRefusal } from "../channel.ts";
import type { Api } from "./client.ts";
import type { ProfileStatus } from "./inbound.ts";
import { recall, remember } from "./memory.ts";
import { toFailureBefore } from "./outcomes.ts";
import { type Platform, platforms } from "./platforms.ts";
import { listenTexts } from "./texts.ts";

export type ListenOutcome = Outcome<undefined, SendRefusal>;

interface Listening {
  readonly api: Api;
  readonly tools: Pick<Tools, "memory">;
  readonly profile: {
    readonly id: string;
    readonly platform: Platform;
    readonly status: ProfileStatus;
  };
}

const accepted: ListenOutcome = { outcome: "accepted", value: undefined };
const statusType = "delivery_status";

/**
 * Points the profile's webhook at `url`, or takes it away. A profile has one webhook, and another system may live on
 * it: an address that is not ours stays as it is.
 */
export async function listen(
  listening: Listening,
  url: string | undefined,
): Promise<ListenOutcome> {
  const { profile } = listening;
  const present = profile.status.webhook_url;
  const isOurs = present === "" || (await isKnownAsOurs(listening, present, url));
  if (url === undefined) return isOurs && present !== "" ? stop(listening) : accepted;
  if (!isOurs) return { outcome: "refused", because: "target", detail: listenTexts.foreignWebhook };
  const isTold = profile.status.webhook_types.includes(statusType);
  return present === url && isTold ? accepted : start(listening, url);
}

async function isKnownAsOurs(
  { tools, profile }: Listening,
  present: string,
  url: string | undefined,
): Promise<boolean> {
  const kept = (await recall(tools)).webhooks[profile.id];
  return present === kept || (url !== undefined && isSameOrigin(present, url));
}

function isSameOrigin(one: string, other: string): boolean {
  return URL.parse(one)?.origin === URL.parse(other)?.origin && URL.canParse(one);
}

/** Types that stand beside ours at our own address stay; those of a former owner go with the former address. */
async function start(listening: Listening, url: string): Promise<ListenOutcome> {
  const { profile, tools } = listening;
  const kept = profile.status.webhook_url === url ? profile.status.webhook_types : [];
  await remember(tools, (all) => ({ ...all, webhooks: { ...all.webhooks, [profile.id]: url } }));
  const set = await change(listening, "url/set", { query: { url } });
  if (set.outcome !== "accepted") return set;
  return change(listening, "types/set", { body: [...new Set([...kept, statusType])] });
}

async function stop(listening: Listening): Promise<ListenOutcome> {
  const { profile, tools } = listening;
  const deleted = await change(listening, "url/delete", {});
  if (deleted.outcome !== "accepted") return deleted;
  await remember(tools, (all) => {
    const { [profile.id]: _, ...webhooks } = all.webhooks;
    return { ...all, webhooks };
  });
  return accepted;
}

async function change(
  { api, profile }: Listening,
  name: string,
  { query = {}, body }: { query?: Record<string, string>; body?: unknown },
): Promise<ListenOutcome> {
  const answer = await api({
    method: "POST",
    path: `${platforms[profile.platform].prefix}/webhook/${name}`,
    query: { profile_id: profile.id, ...query },
    ...(body !== undefined && { body }),
  });
  if (answer.kind === "done") return accepted;
  if (answer.kind === "unknown") return { outcome: "uncertain", detail: listenTexts.unclear };
  const failure = toFailureBefore(answer);
  return failure.outcome === "accepted" ? accepted : failure;
}
