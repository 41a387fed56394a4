import type { Address } from "#channels/channel.ts";
import type { Vault } from "#domain/vault.ts";

/** What a delivery says and to whom; encrypted at rest, for a text may hold a door code. */
export interface SealedMessage {
  readonly to: Address;
  readonly texts: readonly string[];
}

const SEALED_AS = "delivery";

export function sealMessage(vault: Vault, message: SealedMessage): Uint8Array {
  return vault.seal(JSON.stringify(message), SEALED_AS);
}

export function openMessage(vault: Vault, sealed: Uint8Array): SealedMessage {
  return JSON.parse(vault.open(sealed, SEALED_AS)) as SealedMessage;
}

/** Names an address without telling it. */
export function guestOf(vault: Vault, address: Address): string {
  return vault.fingerprint(
    `${address.kind}:${address.kind === "phone" ? address.phone : address.id}`,
  );
}

/** An address as a screen may show it: enough to recognise, too little to write to. */
export function maskAddress(address: Address): string {
  const text = address.kind === "phone" ? address.phone : address.id;
  return text.length < 6
    ? "•••"
    : `${text.slice(0, address.kind === "phone" ? 5 : 2)}•••${text.slice(-2)}`;
}
