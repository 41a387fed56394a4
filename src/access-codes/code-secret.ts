import type { Vault } from "#domain/vault.ts";

const SEALED_AS = "access-code";

/** Door codes are encrypted at rest like every secret. */
export function sealDigits(vault: Vault, digits: string): Uint8Array {
  return vault.seal(digits, SEALED_AS);
}

export function openDigits(vault: Vault, sealed: Uint8Array): string {
  return vault.open(sealed, SEALED_AS);
}
