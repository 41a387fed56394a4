/** Keys of 32 bytes, newest first: the first one seals, all of them open. */
export type KeyRing = readonly [Uint8Array, ...Uint8Array[]];

const keyBytes = 32;

/** Reads keys in base64 (either alphabet) between commas or on lines of their own. `undefined`: one of them is unusable. */
export function parseKeyRing(text: string): KeyRing | undefined {
  const words = text.split(/[\s,]+/).filter((word) => word !== "");
  const [first, ...older] = words.map(parseKey);
  if (first === undefined || older.includes(undefined)) return undefined;
  return [first, ...older.filter((key) => key !== undefined)];
}

export function printKeyRing(keys: KeyRing): string {
  return keys.map((key) => `${Buffer.from(key).toString("base64")}\n`).join("");
}

/** Strict: Node's decoder would take a mistyped key and leave out what it does not know. */
function parseKey(word: string): Uint8Array | undefined {
  if (!/^[\w+/-]{43}=?$/.test(word)) return undefined;
  const key = Buffer.from(word, "base64");
  return key.length === keyBytes ? new Uint8Array(key) : undefined;
}
