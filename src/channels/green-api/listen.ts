import type { Outcome } from "#domain/outcome.ts";
import type { Tools } from "#domain/tools.ts";
import type { SendRefusal } from "../channel.ts";
import type { Api } from "./client.ts";
import { type InstanceSettings, parseSettings } from "./inbound.ts";
import { recall, remember } from "./memory.ts";
import { toFailureBefore } from "./outcomes.ts";
import type { Platform } from "./platforms.ts";
import { failureTexts, listenTexts } from "./texts.ts";

export type ListenOutcome = Outcome<undefined, SendRefusal>;

interface Needs {
  readonly api: Api;
  readonly tools: Pick<Tools, "memory">;
  readonly platform: Platform;
}

const accepted: ListenOutcome = { outcome: "accepted", value: undefined };

/** Statuses, and the journal that settles doubtful sends. */
const flags = { outgoingWebhook: "yes", outgoingAPIMessageWebhook: "yes" } as const;

/**
 * Points the instance's webhook at `url`, or takes it away. An instance has one webhook, and another system may live on
 * it: an address that is not ours stays. Every change restarts the instance, so what is right already is left alone.
 */
export async function listen(needs: Needs, url: string | undefined): Promise<ListenOutcome> {
  const answer = await needs.api({ method: "getSettings" });
  if (answer.kind !== "done") return toFailureBefore(answer, needs.platform);
  const present = parseSettings(answer.body);
  if (!present) return { outcome: "unreachable", detail: failureTexts.silent };
  const isOurs = present.webhookUrl === "" || (await isKnownAsOurs(needs, present, url));
  if (url === undefined)
    return isOurs && present.webhookUrl !== "" ? change(needs, { webhookUrl: "" }) : accepted;
  if (!isOurs) return { outcome: "refused", because: "target", detail: listenTexts.foreignWebhook };
  if (isAsWanted(present, url)) return accepted;
  await remember(needs.tools, () => ({ webhook: url }));
  return change(needs, { webhookUrl: url, ...flags });
}

async function isKnownAsOurs(
  { tools }: Needs,
  { webhookUrl }: InstanceSettings,
  url: string | undefined,
): Promise<boolean> {
  if ((await recall(tools)).webhook === webhookUrl) return true;
  return (
    url !== undefined &&
    originOf(webhookUrl) !== undefined &&
    originOf(webhookUrl) === originOf(url)
  );
}

function originOf(url: string): string | undefined {
  return URL.parse(url)?.origin;
}

function isAsWanted(present: InstanceSettings, url: string): boolean {
  const { outgoingWebhook, outgoingAPIMessageWebhook } = present;
  return (
    present.webhookUrl === url &&
    outgoingWebhook === flags.outgoingWebhook &&
    outgoingAPIMessageWebhook === flags.outgoingAPIMessageWebhook
  );
}

async function change({ api, platform }: Needs, body: object): Promise<ListenOutcome> {
  const answer = await api({ method: "setSettings", body });
  if (answer.kind === "done") return accepted;
  return answer.kind === "unknown"
    ? { outcome: "uncertain", detail: listenTexts.unclear }
    : toFailureBefore(answer, platform);
}
