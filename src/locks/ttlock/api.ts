import type { z } from "zod";
import type { LockOutcome } from "../lock.ts";
import type { ApiCall } from "./client.ts";
import { makeLanes } from "./lanes.ts";
import { toOutcome, type Effect } from "./outcomes.ts";
import type { Session } from "./session.ts";

/** The vendor's calls as outcomes, one talk per gateway at a time. */
export interface Api {
  readonly session: Session;
  /** Asks the cloud. */
  ask<Value>(call: ApiCall, shape: z.ZodType<Value>): Promise<LockOutcome<Value>>;
  /** Talks with a lock through its gateway. */
  talk<Value>(lockId: string, talk: Talk<Value>): Promise<LockOutcome<Value>>;
  /** Remembers which gateway the cloud would take for a lock, so that only its locks wait for each other. */
  rememberGateway(lockId: string, gatewayId: string): void;
}

export interface Talk<Value> extends ApiCall {
  readonly shape: z.ZodType<Value>;
  readonly effect: Effect;
  /** The errcode that says that nothing is left to do. */
  readonly meansDone?: number;
}

/** Of the whole process: an account may be opened more than once. */
const lanes = makeLanes();
const gatewayOfLock = new Map<string, string>();

export function makeApi(session: Session): Api {
  const keyOf = (lockId: string): string => `${session.key} ${lockId}`;
  return {
    session,
    ask: async (call, shape) => toOutcome(await session.call(call), { shape, effect: "reads" }),
    talk: async (lockId, { shape, effect, path, fields, meansDone }) => {
      const lane = gatewayOfLock.get(keyOf(lockId)) ?? session.key;
      const call = { path, fields: { lockId, ...fields }, isOverGateway: true };
      const answer = await lanes(lane, () => session.call(call));
      const isDone = answer.kind === "refused" && answer.errcode === meansDone;
      return toOutcome(isDone ? { kind: "done", body: {} } : answer, { shape, effect });
    },
    rememberGateway: (lockId, gatewayId) =>
      void gatewayOfLock.set(keyOf(lockId), `${session.key} gateway ${gatewayId}`),
  };
}
