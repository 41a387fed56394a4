import { randomBytes } from "node:crypto";

const pool = { bytes: Buffer.alloc(0), at: 0 };

/** A version 7 UUID (RFC 9562): sorts by time, so that new rows land together in an index. */
export function makeId(now: number = Date.now()): string {
  if (pool.at + 10 > pool.bytes.length) {
    pool.bytes = randomBytes(2_500);
    pool.at = 0;
  }
  const random = pool.bytes.subarray(pool.at, (pool.at += 10));
  const time = now.toString(16).padStart(12, "0");
  const tail = random.toString("hex");
  const variant = (((random[2] ?? 0) & 0x3f) | 0x80).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${tail.slice(1, 4)}-${variant}${tail.slice(6, 8)}-${tail.slice(8, 20)}`;
}
