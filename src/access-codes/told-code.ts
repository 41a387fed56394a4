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

/** Whether the lock's own list showed what is wished, or the vendor's code stands in. */
export function isInPlace(code: AccessCode, { placed }: CodeLock): boolean {
  if (!placed?.isConfirmed) return false;
  return (
    placed.isOffline ||
    (placed.generation === code.generation &&
      placed.validTo === code.validTo &&
      placed.validFrom === code.validFrom)
  );
}

/** Names what is told of a code, so that it is told once. */
export function signatureOf(code: AccessCode, locks: readonly CodeLock[]): string {
  const offline = locks.flatMap((lock) =>
    lock.placed?.isOffline ? [`${lock.lockId}=${lock.placed.remoteId}`] : [],
  );
  return [code.generation, code.validFrom, code.validTo, ...offline].join(":");
}
