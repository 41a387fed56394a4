import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";
import type { Vault } from "#domain/vault.ts";
import type { KeyRing } from "./key-ring.ts";
import { VaultError } from "./vault-error.ts";

/** The vault that features see, and what rotation needs besides. */
export interface KeyedVault extends Vault {
  /** Eight hex digits that name the newest key. */
  readonly keyId: string;
  /** What everything sealed by the newest key begins with; other rows are due to be sealed anew. */
  readonly prefix: Uint8Array;
  /** Under every key of the ring, newest first: finds a row that was not yet sealed anew. */
  fingerprints(value: string): readonly string[];
}

/**
 * AES-256-GCM. Sealed: version (1 byte), key id (4), nonce (12), text, tag (16); version, key id and context are
 * authenticated. Each use has a key of its own by HKDF, so the key itself encrypts nothing. A fingerprint is made by the
 * newest key: whoever seals a row anew renews its fingerprint too.
 */
export function makeVault({ keys }: { readonly keys: KeyRing }): KeyedVault {
  const [newest, ...older] = [deriveKeys(keys[0]), ...keys.slice(1).map(deriveKeys)];
  const ring = [newest, ...older];
  return {
    keyId: newest.id.toString("hex"),
    prefix: newest.prefix,
    seal: (plain, context) => seal(newest, plain, context),
    open: (sealed, context) => open(ring, Buffer.from(sealed), context),
    fingerprint: (value) => fingerprint(newest, value),
    fingerprints: (value) => ring.map((key) => fingerprint(key, value)),
  };
}

const cipherName = "aes-256-gcm";
const version = 1;
const idBytes = 4;
const prefixBytes = 1 + idBytes;
const nonceBytes = 12;
const tagBytes = 16;

interface Keys {
  readonly id: Buffer;
  readonly prefix: Buffer;
  readonly sealing: Buffer;
  readonly fingerprinting: Buffer;
}

function deriveKeys(key: Uint8Array): Keys {
  const derive = (use: string, length: number): Buffer =>
    Buffer.from(hkdfSync("sha256", key, "concierge", use, length));
  const id = derive("id", idBytes);
  return {
    id,
    prefix: Buffer.concat([Buffer.of(version), id]),
    sealing: derive("seal", 32),
    fingerprinting: derive("fingerprint", 32),
  };
}

function seal(key: Keys, plain: string, context: string): Uint8Array {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(cipherName, key.sealing, nonce, { authTagLength: tagBytes });
  cipher.setAAD(Buffer.concat([key.prefix, Buffer.from(context)]));
  const text = [cipher.update(plain, "utf8"), cipher.final()];
  return Buffer.concat([key.prefix, nonce, ...text, cipher.getAuthTag()]);
}

function open(ring: readonly Keys[], sealed: Buffer, context: string): string {
  const key = chooseKey(ring, sealed);
  const textAt = prefixBytes + nonceBytes;
  const tagAt = sealed.length - tagBytes;
  const nonce = sealed.subarray(prefixBytes, textAt);
  try {
    const cipher = createDecipheriv(cipherName, key.sealing, nonce, { authTagLength: tagBytes });
    cipher.setAAD(Buffer.concat([key.prefix, Buffer.from(context)]));
    cipher.setAuthTag(sealed.subarray(tagAt));
    return Buffer.concat([cipher.update(sealed.subarray(textAt, tagAt)), cipher.final()]).toString(
      "utf8",
    );
  } catch (cause) {
    throw damaged(context, cause);
  }
}

function chooseKey(ring: readonly Keys[], sealed: Buffer): Keys {
  const isWhole = sealed.length >= prefixBytes + nonceBytes + tagBytes;
  if (!isWhole || sealed[0] !== version) throw damaged("unknown");
  const key = ring.find(({ prefix }) => prefix.equals(sealed.subarray(0, prefixBytes)));
  if (key) return key;
  const wanted = sealed.toString("hex", 1, prefixBytes);
  const have = ring.map(({ id }) => id.toString("hex")).join(", ");
  throw new VaultError(
    "secret_key_unfit",
    `The secret key does not fit this data: it was sealed with key ${wanted}, and here is ${have}. ` +
      "Put back the key file of this data directory, or the CONCIERGE_SECRET_KEY that was set when the data was stored.",
  );
}

function damaged(context: string, cause?: unknown): VaultError {
  const message = `A stored secret (${context}) can't be opened: its bytes are damaged or belong to another place.`;
  return new VaultError("sealed_damaged", message, { cause });
}

function fingerprint(key: Keys, value: string): string {
  return createHmac("sha256", key.fingerprinting).update(value).digest("base64url");
}
