import { Refused, request } from "./api.js";

/** The server writes a comment every 15 s; this much silence means that the connection is dead. */
const silenceMs = 40_000;
const waitsMs = [1_000, 2_000, 4_000, 8_000, 15_000];

/**
 * Follows the feed and comes back by itself after the network was lost, from the entry after the last one that came.
 * `EventSource` is of no use here: it cannot carry a token.
 */
export class Feed {
  #cursor = "";
  #failures = 0;
  #timer;
  #running;
  #listener;

  /** `listener`: onOpen, onEntry, onLost with the time of the next try and what went wrong, onRefused. */
  constructor(listener) {
    this.#listener = listener;
    void this.#run();
  }

  /** Tries at once, with the token as it is now. */
  restart() {
    clearTimeout(this.#timer);
    const before = this.#running;
    this.#running = undefined;
    before?.abort();
    void this.#run();
  }

  async #run() {
    const stop = new AbortController();
    this.#running = stop;
    const fault = await this.#readOnce(stop).catch((error) => error);
    if (this.#running !== stop) return;
    const isRefused = fault instanceof Refused && ["token", "forbidden"].includes(fault.why);
    if (isRefused) this.#listener.onRefused(fault);
    else this.#comeBack(fault);
  }

  async #readOnce(stop) {
    const resume = this.#cursor ? { "last-event-id": this.#cursor } : {};
    const headers = { accept: "text/event-stream", ...resume };
    const answer = await request("/feed", { headers, signal: stop.signal });
    this.#failures = 0;
    this.#listener.onOpen();
    const alarm = watch(() => stop.abort());
    try {
      for await (const event of events(answer.body, alarm.heard)) {
        if (event.id) this.#cursor = event.id;
        if (event.data) this.#listener.onEntry(JSON.parse(event.data));
      }
    } finally {
      alarm.off();
    }
  }

  #comeBack(fault) {
    const spread = 0.8 + Math.random() * 0.4;
    const wait = waitsMs[Math.min(this.#failures, waitsMs.length - 1)] * spread;
    this.#failures += 1;
    this.#listener.onLost(Date.now() + wait, fault);
    this.#timer = setTimeout(() => this.#run(), wait);
  }
}

function watch(onSilence) {
  let timer = setTimeout(() => onSilence(), silenceMs);
  const off = () => clearTimeout(timer);
  const heard = () => {
    off();
    timer = setTimeout(() => onSilence(), silenceMs);
  };
  return { heard, off };
}

/** Server-sent events out of a stream of bytes, in pieces of whatever size. */
async function* events(body, heard) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    heard();
    const blocks = (rest + piece.value).split(/\r?\n\r?\n/);
    rest = blocks.pop() ?? "";
    yield* blocks.map(parseEvent);
  }
}

function parseEvent(block) {
  const event = { id: "", data: "" };
  for (const line of block.split(/\r?\n/)) {
    const [, name, value] = /^(id|data): ?(.*)$/.exec(line) ?? [];
    if (name === "id") event.id = value;
    if (name === "data") event.data += value;
  }
  return event;
}
