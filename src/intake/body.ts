import { constants, zstdCompressSync, zstdDecompressSync } from "node:zlib";

/** How a raw body lies in the store. */
export interface StoredBody {
  readonly encoding: Encoding;
  readonly bytes: Buffer;
}

/** 0: as received, 1: zstd. */
export type Encoding = 0 | 1;

/** Under this size compression costs more than it saves. */
const COMPRESS_FROM_BYTES = 4_096;
const FASTEST = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** Compresses a body that is worth it. Synchronous on purpose: 54 us for 40 KB, less than a trip to the thread pool. */
export function packBody(body: Buffer): StoredBody {
  return body.length < COMPRESS_FROM_BYTES
    ? { encoding: 0, bytes: body }
    : { encoding: 1, bytes: zstdCompressSync(body, FASTEST) };
}

/** The body exactly as it was received. */
export function unpackBody(stored: StoredBody): Buffer {
  return stored.encoding === 0 ? stored.bytes : zstdDecompressSync(stored.bytes);
}
