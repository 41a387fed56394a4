import { connect, type Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { fill } from "../events.ts";
import { serve } from "./serve.ts";

// Sends requests over raw sockets: an HTTP client costs more than the server that is measured.
const question = z.object({
  urls: z.array(z.string()),
  /** An event whose order and guest are filled in anew for each request. */
  template: z.string(),
  ms: z.number(),
  connections: z.number(),
  /** So many each second at even distances; absent: each connection as fast as it is answered. */
  perSecond: z.number().optional(),
  from: z.number(),
});
type Question = z.output<typeof question>;

/** Requests that are made ready before the clock runs. */
const READY = 512;

await serve(async (asked) => {
  const wanted = question.parse(asked);
  return wanted.perSecond === undefined
    ? await sendAsFastAsAnswered(wanted)
    : await sendEvenly(wanted, wanted.perSecond);
});

async function sendAsFastAsAnswered(wanted: Question): Promise<object> {
  const ready = Array.from({ length: READY }, (_, index) => toRequest(wanted, wanted.from + index));
  let next = 0;
  let refused = 0;
  let answered = 0;
  const lines = await openLines(wanted);
  const from = performance.now();
  const until = from + wanted.ms;
  const running = lines.map(async (line) => {
    while (performance.now() < until) {
      next += 1;
      const status = await line.send(ready[next % READY] ?? Buffer.alloc(0));
      if (status !== 200) refused += 1;
      answered += 1;
    }
  });
  await Promise.all(running);
  const perSecond = (answered / (performance.now() - from)) * 1000;
  for (const line of lines) line.close();
  return { perSecond, refused, sent: [] };
}

async function sendEvenly(wanted: Question, perSecond: number): Promise<object> {
  const total = Math.round((wanted.ms / 1000) * perSecond);
  const ready = Array.from({ length: total }, (_, index) => toRequest(wanted, wanted.from + index));
  const free = await openLines(wanted);
  const all = [...free];
  const sent: [string, number][] = [];
  const running: Promise<void>[] = [];
  let refused = 0;
  const sendOne = async (index: number): Promise<void> => {
    const line = free.pop() ?? (await openLine(wanted));
    if (!all.includes(line)) all.push(line);
    sent.push([String(wanted.from + index), Date.now()]);
    if ((await line.send(ready[index] ?? Buffer.alloc(0))) !== 200) refused += 1;
    free.push(line);
  };
  const from = performance.now();
  for (let index = 0; index < total;) {
    const due = ((performance.now() - from) / 1000) * perSecond;
    for (; index < Math.min(due, total); index += 1) running.push(sendOne(index));
    await wait(1);
  }
  await Promise.all(running);
  for (const line of all) line.close();
  return { perSecond, refused, sent };
}

function toRequest({ urls, template }: Question, guest: number): Buffer {
  const url = new URL(urls[guest % urls.length] ?? "");
  const body = Buffer.from(fill(template, guest));
  const head = `POST ${url.pathname}${url.search} HTTP/1.1\r\nhost: ${url.host}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), body]);
}

interface Line {
  /** The answer's status. */
  send(request: Buffer): Promise<number>;
  close(): void;
}

async function openLines(wanted: Question): Promise<Line[]> {
  return await Promise.all(Array.from({ length: wanted.connections }, () => openLine(wanted)));
}

async function openLine({ urls }: Question): Promise<Line> {
  const { hostname, port } = new URL(urls[0] ?? "");
  const socket = await new Promise<Socket>((resolve, reject) => {
    const opening = connect({ host: hostname, port: Number(port), noDelay: true });
    opening.once("connect", () => resolve(opening));
    opening.once("error", reject);
  });
  let got = "";
  let settle: (status: number) => void = () => undefined;
  socket.on("data", (part: Buffer) => {
    got += part.toString("latin1");
    const end = got.indexOf("\r\n\r\n");
    if (end < 0) return;
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(got)?.[1] ?? 0);
    if (got.length < end + 4 + length) return;
    const status = Number(got.slice(9, 12));
    got = "";
    settle(status);
  });
  socket.on("error", () => settle(0));
  socket.on("close", () => settle(0));
  return {
    send: (request) =>
      new Promise((resolve) => {
        settle = resolve;
        socket.write(request);
      }),
    close: () => socket.destroy(),
  };
}
