import { randomBytes, randomUUID } from "node:crypto";
import { link, open, readFile, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { VaultError } from "./vault-error.ts";
import { parseKeyRing, printKeyRing, type KeyRing } from "./key-ring.ts";

/**
 * Keys of the key file, which is made with one fresh key when it is not there (mode 600). Of several that start at once
 * one makes it and all read the same. Throws `key_file_damaged` for a file that holds no keys, and never replaces it.
 */
export async function openKeyFile(path: string): Promise<KeyRing> {
  const found = await readKeyFile(path);
  if (found) return found;
  const fresh = await writeAside(path, [makeKey()]);
  try {
    await link(fresh, path);
  } catch (error) {
    if (!isCode(error, "EEXIST")) throw error;
  } finally {
    await rm(fresh, { force: true });
  }
  await syncFolder(path);
  return await openKeyFile(path);
}

/** Puts a fresh key in front; older ones stay, so that what they sealed still opens. */
export async function rotateKeyFile(path: string): Promise<KeyRing> {
  return await replaceKeyFile(path, [makeKey(), ...(await openKeyFile(path))]);
}

/** Leaves the newest key alone. Only after everything was sealed anew: what an older key sealed is lost. */
export async function retireOlderKeys(path: string): Promise<KeyRing> {
  const [newest] = await openKeyFile(path);
  return await replaceKeyFile(path, [newest]);
}

async function readKeyFile(path: string): Promise<KeyRing | undefined> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    if (isCode(error, "ENOENT")) return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const keys = parseKeyRing(text);
  if (!keys)
    throw new VaultError(
      "key_file_damaged",
      `The key file ${path} holds no usable keys. Put it back from a backup: without it, stored secrets can't be read.`,
    );
  return keys;
}

async function replaceKeyFile(path: string, keys: KeyRing): Promise<KeyRing> {
  await rename(await writeAside(path, keys), path);
  await syncFolder(path);
  return keys;
}

async function writeAside(path: string, keys: KeyRing): Promise<string> {
  const aside = `${path}.${randomUUID()}`;
  await using file = await open(aside, "wx", 0o600);
  await file.writeFile(printKeyRing(keys));
  await file.sync();
  return aside;
}

/** Otherwise a power cut may forget the name of a file whose bytes are safe. Windows can't and need not. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === "win32") return;
  await using folder = await open(dirname(path), "r");
  await folder.sync();
}

const makeKey = (): Uint8Array => new Uint8Array(randomBytes(32));

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
