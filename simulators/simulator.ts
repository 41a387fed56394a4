import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A vendor's HTTP API as a program on loopback, with a journal of what was asked and faults that can be scripted. */
export interface Simulator extends AsyncDisposable {
  /** `http://127.0.0.1:<port>`, no trailing slash. */
  readonly url: string;
  readonly journal: readonly SimulatedCall[];
  readonly faults: Faults;
}

export interface SimulatedCall {
  readonly at: number;
  readonly method: string;
  /** Path without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface SimulatedAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A text is sent as it is, anything else as JSON. */
  readonly body: unknown;
}

export interface Faults {
  /** Spoils the next `times` calls (default 1) whose path matches. The oldest matching fault is used first. */
  add(path: RegExp, effect: Fault, times?: number): void;
  clear(): void;
}

export type Fault =
  | { readonly kind: "latency"; readonly ms: number }
  /** Does what was asked and then cuts the connection without an answer. */
  | { readonly kind: "reset-after-apply" }
  /** Cuts the connection and does nothing. */
  | { readonly kind: "reset" }
  /** Does what was asked and never answers (until the caller gives up). */
  | { readonly kind: "silence-after-apply" }
  /** Does nothing and gives this answer. */
  | { readonly kind: "answer"; readonly answer: SimulatedAnswer };

export type Handle = (call: SimulatedCall) => SimulatedAnswer | Promise<SimulatedAnswer>;

/** Starts an HTTP server that hands each call to `handle`, after the faults that are due. */
export async function startSimulator(
  handle: Handle,
  options: { readonly port?: number } = {},
): Promise<Simulator> {
  const journal: SimulatedCall[] = [];
  const faults = makeFaults();
  const server = createServer((request, response) => {
    void answer(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const call = await readCall(request);
    journal.push(call);
    const fault = faults.take(call.path);
    if (fault?.kind === "latency") await new Promise((resolve) => setTimeout(resolve, fault.ms));
    if (fault?.kind === "reset") return void request.socket.destroy();
    respond(response, fault, fault?.kind === "answer" ? fault.answer : await handle(call));
  };
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    journal,
    faults,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function makeFaults(): Faults & { take(path: string): Fault | undefined } {
  const pending: { path: RegExp; effect: Fault; left: number }[] = [];
  return {
    add: (path, effect, times = 1) => void pending.push({ path, effect, left: times }),
    clear: () => void pending.splice(0),
    take: (path) => {
      const found = pending.find((fault) => fault.left > 0 && fault.path.test(path));
      if (found) found.left -= 1;
      return found?.effect;
    },
  };
}

function respond(
  response: ServerResponse,
  fault: Fault | undefined,
  answered: SimulatedAnswer,
): void {
  if (fault?.kind === "reset-after-apply") response.destroy();
  else if (fault?.kind !== "silence-after-apply") write(response, answered);
}

async function readCall(request: IncomingMessage): Promise<SimulatedCall> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const url = new URL(request.url ?? "/", "http://simulator");
  return {
    at: Date.now(),
    method: request.method ?? "GET",
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers as Record<string, string>,
    body: Buffer.concat(chunks).toString("utf8"),
  };
}

function write(response: ServerResponse, answered: SimulatedAnswer): void {
  const { body } = answered;
  const isText = typeof body === "string";
  response.writeHead(answered.status, {
    "content-type": isText ? "text/html; charset=utf-8" : "application/json; charset=utf-8",
    ...answered.headers,
  });
  response.end(isText ? body : JSON.stringify(body));
}
