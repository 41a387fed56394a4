import { connect, type Socket } from "node:net";

export interface RawAnswer {
  readonly status: number;
  readonly text: string;
}

/** What one request came to: an answer, or the connection ended without one. */
export type Exchanged = RawAnswer | "no-answer" | "too-late";

/** One connection that is kept open as long as the server does. */
export interface RawClient {
  /** Writes bytes as they are; with `andCut` it hangs up half a moment later instead of waiting for an answer. */
  exchange(request: { readonly bytes: Buffer; readonly andCut?: boolean }): Promise<Exchanged>;
  close(): void;
}

const head = Buffer.from("HEAD ");
const CUT_AFTER_MS = 5;
const ANSWER_WITHIN_MS = 30_000;

export function openRawClient(port: number): RawClient {
  let socket: Socket | undefined;
  let used: Socket | undefined;
  const open = async (): Promise<Socket> => {
    if (socket && !socket.destroyed && socket.writable) return socket;
    const opened = connect(port, "127.0.0.1");
    await new Promise<void>((resolve, reject) => {
      opened.once("connect", resolve);
      opened.once("error", reject);
    });
    opened.on("error", () => undefined);
    socket = opened;
    return opened;
  };
  const exchange: RawClient["exchange"] = async ({ bytes, andCut = false }) => {
    const on = await open();
    if (andCut) {
      on.write(bytes);
      await new Promise((resolve) => setTimeout(resolve, CUT_AFTER_MS));
      on.destroy();
      return "no-answer";
    }
    const isFresh = on !== used;
    used = on;
    const answering = readAnswer(on, bytes.subarray(0, 5).equals(head));
    on.write(bytes);
    const answer = await answering;
    if (answer === "no-answer" && !isFresh) {
      // The server hung up an idle connection just now: what every client does then.
      socket?.destroy();
      return await exchange({ bytes });
    }
    return answer;
  };
  return { exchange, close: () => socket?.destroy() };
}

/** Reads until the answer is whole or the connection ends. */
function readAnswer(socket: Socket, hasNoBody: boolean): Promise<Exchanged> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const late = setTimeout(() => {
      end();
      socket.destroy();
      resolve("too-late");
    }, ANSWER_WITHIN_MS);
    const end = (): void => {
      clearTimeout(late);
      socket.off("data", take);
      socket.off("close", closed);
    };
    const closed = (): void => {
      end();
      resolve(parse(Buffer.concat(chunks), true) ?? "no-answer");
    };
    const take = (chunk: Buffer): void => {
      chunks.push(chunk);
      const answer = parse(Buffer.concat(chunks), hasNoBody);
      if (!answer) return;
      end();
      if (/\r\nconnection: close/i.test(chunks[0]?.toString("latin1") ?? "")) socket.destroy();
      resolve(answer);
    };
    socket.on("data", take);
    socket.on("close", closed);
  });
}

function parse(bytes: Buffer, isEnded: boolean): RawAnswer | undefined {
  const headEnd = bytes.indexOf("\r\n\r\n");
  if (headEnd < 0) return undefined;
  const head = bytes.subarray(0, headEnd).toString("latin1");
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0);
  const body = bytes.subarray(headEnd + 4);
  const length = Number(
    /\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? (isChunked(head) ? NaN : 0),
  );
  const isWhole = Number.isNaN(length)
    ? body.subarray(-5).equals(lastChunk) || body.equals(lastChunk)
    : body.length >= length;
  return isWhole || isEnded ? { status, text: body.toString("utf8") } : undefined;
}

const lastChunk = Buffer.from("0\r\n\r\n");
const isChunked = (head: string): boolean => /\r\ntransfer-encoding: chunked/i.test(head);
