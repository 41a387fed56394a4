/** `message` is one line for the server's operator; it holds ids of keys, never a key or what was sealed. */
export class VaultError extends Error {
  override readonly name = "VaultError";
  /** Public and stable. */
  readonly code: VaultErrorCode;

  constructor(code: VaultErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export type VaultErrorCode =
  /** None of our keys sealed it. */
  | "secret_key_unfit"
  /** The key fits, and yet the bytes or the place are not those that were sealed. */
  | "sealed_damaged"
  | "key_file_damaged";
