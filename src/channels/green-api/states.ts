import type { Tools } from "#domain/tools.ts";
import type { Text } from "#domain/text.ts";
import type { Api, Failed } from "./client.ts";
import { parseState } from "./inbound.ts";
import { recall, remember } from "./memory.ts";
import { type Failure, refuse, starting, toFailureBefore } from "./outcomes.ts";
import type { Platform } from "./platforms.ts";
import { stateTexts } from "./texts.ts";

export interface Trouble {
  readonly kind:
    /** A person must act before anything is sent. */
    | "stopped"
    /** It passes by itself. */
    | "passing"
    /** Sending goes on, perhaps not to everybody. */
    | "limited";
  readonly text: Text;
}

/** What an instance's state has against sending; `undefined` for `authorized`. */
export function findTrouble(state: string): Trouble | undefined {
  return Object.hasOwn(troubles, state)
    ? troubles[state]
    : { kind: "limited", text: stateTexts.unknown };
}

const troubles: Readonly<Record<string, Trouble | undefined>> = {
  authorized: undefined,
  notAuthorized: { kind: "stopped", text: stateTexts.notAuthorized },
  blocked: { kind: "stopped", text: stateTexts.blocked },
  pendingPassword: { kind: "stopped", text: stateTexts.pendingPassword },
  starting: { kind: "passing", text: stateTexts.starting },
  yellowCard: { kind: "passing", text: stateTexts.yellowCard },
  sleepMode: { kind: "passing", text: stateTexts.sleepMode },
  suspended: { kind: "limited", text: stateTexts.suspended },
};

/** The vendor answers the question once a second only, so a good answer counts for so long. */
const stateHoldsMs = 60_000;

interface Needs {
  readonly api: Api;
  readonly tools: Pick<Tools, "memory" | "now">;
  readonly platform: Platform;
}

/**
 * Why nothing should be sent now. An instance that is signed out queues messages for a day and then lets them out in
 * one burst, hours late; so its state is asked first. When that is not answered the send itself decides.
 */
export async function findObstacle(needs: Needs): Promise<Failure | undefined> {
  const { tools, platform } = needs;
  const { authorizedAt = -Infinity } = await recall(tools);
  const age = tools.now() - authorizedAt;
  if (age >= 0 && age < stateHoldsMs) return undefined;
  const answer = await needs.api({ method: "getStateInstance" });
  if (answer.kind !== "done")
    return isDecisive(answer) ? toFailureBefore(answer, platform) : undefined;
  const state = parseState(answer.body);
  if (state === undefined) return undefined;
  if (state === "authorized") await remember(tools, () => ({ authorizedAt: tools.now() }));
  const trouble = findTrouble(state);
  return trouble && toObstacle(trouble);
}

/** The send would fail alike. */
function isDecisive(answer: Failed): boolean {
  return answer.kind === "never-left" || (answer.kind === "refused" && answer.status !== 400);
}

function toObstacle({ kind, text }: Trouble): Failure | undefined {
  if (kind === "limited") return undefined;
  if (kind === "stopped") return refuse("account", text);
  return text === stateTexts.starting
    ? starting
    : { outcome: "unreachable", detail: text, holds: "integration" };
}
