import type { HttpAnswer, HttpRequest } from "#domain/tools.ts";
import type { Dispatcher } from "undici";
import { describeFailure } from "./failure.ts";

/** `isCut`: the connection broke after the request went out and before any answer began. */
export type Exchanged = HttpAnswer & { readonly isCut?: boolean };

interface Progress {
  controller?: Dispatcher.DispatchController;
  wasSent: boolean;
  isOver: boolean;
  status: number;
  headers: Record<string, string>;
  readonly chunks: Buffer[];
}

/**
 * One request, one answer or one reason. Whether it left is told by undici itself, which calls `onRequestStart` right
 * before it writes: what fails earlier (name, connection, certificate) never left, what fails later may have arrived.
 */
export function exchange(
  dispatcher: Dispatcher,
  request: HttpRequest,
  timeoutMs: number,
): Promise<Exchanged> {
  return new Promise((resolve) => {
    const progress: Progress = {
      wasSent: false,
      isOver: false,
      status: 0,
      headers: {},
      chunks: [],
    };
    const finish = (exchanged: Exchanged): void => {
      progress.isOver = true;
      clearTimeout(timer);
      resolve(exchanged);
    };
    const fail = (error: unknown): void => {
      if (!progress.isOver) finish(failed(error, progress));
    };
    const timer = setTimeout(() => {
      const error = new TimedOut(timeoutMs);
      fail(error);
      progress.controller?.abort(error);
    }, timeoutMs);
    const handler = makeHandler(progress, { finish, fail });
    try {
      dispatcher.dispatch(describe(request), handler);
    } catch (error) {
      fail(error);
    }
  });
}

export class TimedOut extends Error {
  override readonly name = "TimedOut";
  readonly afterMs: number;
  constructor(afterMs: number) {
    super(`No whole answer within ${afterMs} ms.`);
    this.afterMs = afterMs;
  }
}

interface Endings {
  readonly finish: (exchanged: Exchanged) => void;
  readonly fail: (error: unknown) => void;
}

function makeHandler(progress: Progress, { finish, fail }: Endings): Dispatcher.DispatchHandler {
  return {
    onRequestStart(controller) {
      if (progress.isOver) return controller.abort(new Error("The caller has given up."));
      progress.controller = controller;
      progress.wasSent = true;
    },
    onResponseStart(_controller, status, headers) {
      if (status < 200) return;
      progress.status = status;
      progress.headers = flatten(headers);
    },
    onResponseData: (_controller, chunk) => void progress.chunks.push(chunk),
    onResponseEnd() {
      if (!progress.isOver) finish(whole(progress));
    },
    onResponseError: (_controller, error) => fail(error),
  };
}

function describe(request: HttpRequest): Dispatcher.DispatchOptions {
  const { origin, pathname, search } = new URL(request.url);
  return {
    origin,
    path: pathname + search,
    method: request.method,
    headers: { "user-agent": "Concierge", "accept-encoding": "identity", ...request.headers },
    ...(request.body !== undefined && { body: request.body }),
  };
}

function whole({ status, headers, chunks }: Progress): Exchanged {
  const text = new TextDecoder().decode(Buffer.concat(chunks));
  return { arrived: "yes", status, headers, text };
}

function failed(error: unknown, { wasSent, status }: Progress): Exchanged {
  const detail = describeFailure(error, wasSent);
  if (!wasSent) return { arrived: "no", detail };
  return { arrived: "unknown", detail, isCut: status === 0 && !(error instanceof TimedOut) };
}

function flatten(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const named = Object.entries(headers).map(([name, value]) => [
    name.toLowerCase(),
    Array.isArray(value) ? value.join(", ") : (value ?? ""),
  ]);
  return Object.fromEntries(named) as Record<string, string>;
}
