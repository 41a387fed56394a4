import { DatabaseError } from "../errors.ts";

/** One entry of an archive: a header in JSON and a body of any length. */
export interface ArchiveEntry {
  readonly header: unknown;
  /** To be read to its end before the next entry is asked for. */
  readonly body: AsyncIterable<Buffer>;
}

/**
 * An archive is a row of frames: four bytes of length, then the bytes. An entry is its header's frame, the frames of
 * its body, and an empty frame. Neither side needs to know a length beforehand, so both work in little memory.
 */
export async function* writeEntry(
  header: unknown,
  body?: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer> {
  yield frame(Buffer.from(JSON.stringify(header)));
  for await (const chunk of body ?? []) if (chunk.length > 0) yield frame(chunk);
  yield frame(Buffer.alloc(0));
}

/** Reads entries one after another. Throws `backup_unreadable` on what is no archive or only a part of one. */
export async function* readEntries(source: AsyncIterable<Buffer>): AsyncGenerator<ArchiveEntry> {
  const frames = readFrames(source);
  for (;;) {
    const first = await frames.next();
    if (first.done === true) return;
    yield { header: parseHeader(first.value), body: readBody(frames) };
  }
}

export const unreadable = (why: string, cause?: unknown): DatabaseError =>
  new DatabaseError("backup_unreadable", `The backup can't be read: ${why}. Use another backup.`, {
    cause,
  });

function frame(bytes: Buffer): Buffer {
  const length = Buffer.alloc(lengthBytes);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

async function* readBody(frames: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  for (;;) {
    const next = await frames.next();
    if (next.done === true) throw unreadable("it ends too early");
    if (next.value.length === 0) return;
    yield next.value;
  }
}

async function* readFrames(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer, undefined> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of named(source)) {
    rest = Buffer.concat([rest, chunk]);
    for (let end = endOfFrame(rest); end <= rest.length; end = endOfFrame(rest)) {
      yield rest.subarray(lengthBytes, end);
      rest = rest.subarray(end);
    }
  }
  if (rest.length > 0) throw unreadable("it ends too early");
}

/** Gives the faults of the file and of its compression a name. */
async function* named(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* source;
  } catch (cause) {
    throw unreadable(cause instanceof Error ? cause.message : String(cause), cause);
  }
}

function endOfFrame(bytes: Buffer): number {
  if (bytes.length < lengthBytes) return Infinity;
  const length = bytes.readUInt32BE();
  if (length > maxFrameBytes) throw unreadable("it is damaged");
  return lengthBytes + length;
}

function parseHeader(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch (cause) {
    throw unreadable("it is damaged", cause);
  }
}

const lengthBytes = 4;

/** Far above what COPY or a file stream hands over at once; a greater length is damage. */
const maxFrameBytes = 256 * 1024 * 1024;
