/** Encrypts what is secret at rest, and tells equal secrets apart without showing them. */
export interface Vault {
  /** `context` names the place (`hook`, `integration`): what was sealed for one place opens in no other. */
  seal(plain: string, context: string): Uint8Array;
  /** Throws when the key does not fit or the bytes were changed. */
  open(sealed: Uint8Array, context: string): string;
  /** The same value gives the same text under the same key; nobody without the key can tell what it was. */
  fingerprint(value: string): string;
}
