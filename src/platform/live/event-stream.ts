import type { ServerResponse } from "node:http";

/** One answer that goes on: server-sent events to one reader. */
export interface Stream {
  /** A reader that lets too much pile up is cut off. */
  write(text: string): void;
  /** Resolves when the reader has taken what was written, or is gone. */
  drained(): Promise<void>;
  onClosed(listener: () => void): void;
  close(): void;
}

const heartbeatEveryMs = 15_000;
/** What may wait for a reader in our memory. */
const mostWaitingBytes = 262_144;

export function openStream(raw: ServerResponse, heartbeatMs: number = heartbeatEveryMs): Stream {
  let wasFull = false;
  let draining: Promise<void> | undefined;
  // Who has taken nothing from one heartbeat to the next is gone.
  const heartbeat = setInterval(() => {
    if (raw.writableNeedDrain && wasFull) return void raw.destroy();
    wasFull = raw.writableNeedDrain;
    if (!wasFull) raw.write(": here\n\n");
  }, heartbeatMs);
  raw.on("close", () => clearInterval(heartbeat));
  raw.on("error", () => undefined);
  return {
    write: (text) => {
      if (raw.destroyed || raw.writableEnded) return;
      raw.write(text);
      if (raw.writableLength > mostWaitingBytes) raw.destroy();
    },
    drained: () => {
      if (raw.destroyed || !raw.writableNeedDrain) return Promise.resolve();
      draining ??= whenDrained(raw).finally(() => (draining = undefined));
      return draining;
    },
    onClosed: (listener) => {
      if (raw.destroyed) listener();
      else raw.on("close", listener);
    },
    close: () => void raw.end(),
  };
}

function whenDrained(raw: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      raw.off("drain", done);
      raw.off("close", done);
      resolve();
    };
    raw.on("drain", done);
    raw.on("close", done);
  });
}
