import { createHash, timingSafeEqual } from "node:crypto";

/** The keys that let callers in, and the workspace each names. */
export interface HookKeys {
  /** Constant time in the number of keys and in the text given. */
  workspaceOf(key: string): string | undefined;
}

export interface HookKey {
  readonly workspaceId: string;
  readonly key: string;
}

/** Looks up keys by their digests, so that the time taken tells nothing about how much of a guess was right. */
export function makeHookKeys(keys: readonly HookKey[]): HookKeys {
  const known = keys.map((one) => ({ workspaceId: one.workspaceId, digest: digest(one.key) }));
  return {
    workspaceOf: (key) => {
      const given = digest(key);
      let found: string | undefined;
      for (const one of known) if (timingSafeEqual(one.digest, given)) found = one.workspaceId;
      return found;
    },
  };
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
