import type { SimulatedAnswer, SimulatedCall } from "../simulator.ts";

/** The vendor's envelope of a refusal. */
export function wrong(detail: string, status = 400): SimulatedAnswer {
  return { status, body: { status: "error", detail } };
}

export function done(more: object): SimulatedAnswer {
  const timestamp = Math.floor(Date.now() / 1_000);
  return { status: 200, body: { status: "done", timestamp, ...more } };
}

export function readBody(call: SimulatedCall): Readonly<Record<string, string>> {
  const body = parse(call.body);
  return typeof body === "object" && body !== null ? (body as Record<string, string>) : {};
}

export function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
