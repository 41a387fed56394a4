import { createServer } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { once } from "node:events";
import { afterEach, expect, it } from "vitest";
import { openStream, type Stream } from "./event-stream.ts";

let close: (() => void) | undefined;
afterEach(() => close?.());

/** A stream to a reader that takes nothing. */
async function toDeafReader(heartbeatMs?: number): Promise<Stream> {
  const { promise, resolve } = Promise.withResolvers<Stream>();
  const server = createServer((_request, answer) => resolve(openStream(answer, heartbeatMs)));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  socket.pause();
  socket.write("GET / HTTP/1.1\r\nhost: a\r\n\r\n");
  close = () => {
    socket.destroy();
    server.close();
  };
  return await promise;
}

it("cuts off a reader for whom too much piles up", async () => {
  const stream = await toDeafReader();
  const closed = new AbortController();
  stream.onClosed(() => closed.abort());
  let written = 0;
  while (!closed.signal.aborted && written < 100_000_000) {
    stream.write("x".repeat(65_536));
    written += 65_536;
    await new Promise(setImmediate);
  }
  // What the system's own buffers take, and a quarter of a megabyte of ours.
  expect(written).toBeLessThan(20_000_000);
  await stream.drained();
});

it("cuts off a reader who has taken nothing for a whole heartbeat", async () => {
  const stream = await toDeafReader(20);
  const closed = new Promise<void>((resolve) => stream.onClosed(resolve));
  let isFull = false;
  while (!isFull) {
    stream.write("x".repeat(32_768));
    isFull = await Promise.race([
      stream.drained().then(() => false),
      new Promise<boolean>((resolve) => setTimeout(() => resolve(true), 10)),
    ]);
  }
  await expect(closed).resolves.toBeUndefined();
});
