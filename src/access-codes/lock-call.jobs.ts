import type { CodeSearch, LockAccount, LockOutcome } from "#locks/lock.ts";
import { openDigits } from "./code-secret.ts";
import type { StepRun } from "./step-run.ts";
import { codeName } from "./code-text.ts";
import type { Pending, Step, Wish } from "./lock-step.ts";

/** What a step's call came to, with what it was about. */
export type Called =
  | { readonly act: "describe"; readonly outcome: Awaited<ReturnType<LockAccount["describe"]>> }
  | {
      readonly act: "add";
      readonly wish: Wish;
      readonly outcome: LockOutcome<{ readonly remoteId: string }>;
    }
  | { readonly act: "move"; readonly wish: Wish; readonly outcome: LockOutcome<undefined> }
  | { readonly act: "delete"; readonly remoteId: string; readonly outcome: LockOutcome<undefined> }
  | {
      readonly act: "confirm" | "settle";
      readonly outcome: Awaited<ReturnType<LockAccount["findCode"]>>;
    }
  | {
      readonly act: "offline";
      readonly wish: Wish;
      readonly outcome: Awaited<ReturnType<LockAccount["offlineCode"]>>;
    };

/** Steps that are about the lock and not only about what is known of it. */
export type Act = Exclude<Step, { step: "rest" | "set-aside" }>;

/** A step that calls the lock's vendor. */
export type Call =
  | Act
  | { readonly step: "describe" }
  | { readonly step: "offline"; readonly wish: Wish };

/** Makes the one call that a step stands for. */
export async function call(run: StepRun, step: Call): Promise<Called> {
  const { lock, opened } = run;
  const { account } = opened;
  switch (step.step) {
    case "describe":
      return { act: "describe", outcome: await account.describe(lock.lockId) };
    case "delete":
      return {
        act: "delete",
        remoteId: step.remoteId,
        outcome: await account.deleteCode(lock.lockId, step.remoteId),
      };
    case "settle":
      return {
        act: "settle",
        outcome: await account.findCode(lock.lockId, searchOf(run, step.pending)),
      };
    case "confirm": {
      const { digits: code, name } = run;
      return {
        act: "confirm",
        outcome: await account.findCode(lock.lockId, {
          remoteId: step.placed.remoteId,
          code,
          name,
        }),
      };
    }
    case "add":
    case "move":
    case "offline":
      return await write(run, step);
  }
}

async function write(
  { lock, opened, digits, name }: StepRun,
  step: Extract<Call, { step: "add" | "move" | "offline" }>,
): Promise<Called> {
  const { account } = opened;
  const { wish } = step;
  const validity = { validFrom: wish.validFrom, validTo: wish.validTo };
  switch (step.step) {
    case "add":
      return {
        act: "add",
        wish,
        outcome: await account.addCode(lock.lockId, { code: digits, name, ...validity }),
      };
    case "move":
      return {
        act: "move",
        wish,
        outcome: await account.moveCode(lock.lockId, step.placed.remoteId, validity),
      };
    case "offline":
      return {
        act: "offline",
        wish,
        outcome: await account.offlineCode(lock.lockId, { name, ...validity }),
      };
  }
}

/** What a begun act left behind is looked for by the digits and the name that it had then. */
function searchOf({ needs, code, bookingNumber }: StepRun, pending: Pending): CodeSearch {
  return {
    code: openDigits(needs.vault, Buffer.from(pending.digits, "base64")),
    name: codeName(
      { id: code.id, generation: pending.generation || code.generation },
      bookingNumber,
    ),
    ...(pending.remoteId === undefined ? {} : { remoteId: pending.remoteId }),
  };
}
