import type { AccessCode, CodeLock } from "./access-codes.store.ts";
import { openDigits } from "./code-secret.ts";
import type { ToldCode } from "./code-text.ts";
import type { CodeNeeds } from "./needs.ts";

/** A code in the form that it is told in. */
export function tellable(
  needs: Pick<CodeNeeds, "vault">,
  code: AccessCode,
  locks: readonly CodeLock[],
): ToldCode {
  const offline = locks.flatMap((lock) => {
    if (!lock.placed?.isOffline || !lock.offlineDigits) return [];
    const { validFrom, validTo } = lock.placed;
    return [
      {
        lockName: lock.lockName ?? lock.lockId,
        digits: openDigits(needs.vault, lock.offlineDigits),
        validFrom,
        validTo,
      },
    ];
  });
  const { validFrom, validTo } = code;
  return {
    digits: openDigits(needs.vault, code.digits),
    validFrom,
    validTo,
    offline,
    isOwnUsed: offline.length < locks.length,
  };
}
