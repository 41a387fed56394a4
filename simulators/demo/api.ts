import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { bookingDetails, bookingSummary } from "#bookings/bookings.schema.ts";
import { notice } from "#deliveries/deliveries.schema.ts";
import { hook } from "#hooks/hooks.schema.ts";

export type BookingDetails = z.output<typeof bookingDetails>;
export type Notice = z.output<typeof notice>;

/** The server's REST API, as anybody else would use it. */
export interface DemoApi {
  /** Stores a hook and gives its short URL. */
  addHook(kind: string, parameters: Readonly<Record<string, string>>): Promise<string>;
  /** What is known of a booking by the booking service's number; nothing while it has not arrived. */
  findBooking(number: number): Promise<BookingDetails | undefined>;
  notices(): Promise<readonly Notice[]>;
}

const list = z.object({ items: z.array(bookingSummary) });
const notices = z.object({ items: z.array(notice) });

export function makeDemoApi(url: string): DemoApi {
  const base = `${url}/api/v1/main`;
  const read = async <Shape extends z.ZodType>(path: string, shape: Shape) =>
    shape.parse(await ask(`${base}${path}`));
  return {
    async addHook(kind, parameters) {
      const long = `${url}/webhook/${kind}?${new URLSearchParams(parameters).toString()}`;
      const body = JSON.stringify({ url: long });
      const headers = { "content-type": "application/json" };
      return hook.parse(await ask(`${base}/hooks`, { method: "POST", headers, body })).url;
    },
    async findBooking(number) {
      const { items } = await read("/bookings?limit=50", list);
      const found = items.find((one) => one.number === `№${number}`);
      return found && (await read(`/bookings/${found.id}`, bookingDetails));
    },
    notices: async () => (await read("/notices", notices)).items,
  };
}

async function ask(url: string, request?: RequestInit): Promise<unknown> {
  const answer = await fetch(url, request);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${new URL(url).pathname} answered ${answer.status}: ${text}`);
  return JSON.parse(text);
}

const lookEveryMs = 100;

/** Looks again and again until there is something; nothing when it did not come in time. */
export async function seek<Found>(
  look: () => Promise<Found | undefined>,
  { withinMs, signal }: { readonly withinMs: number; readonly signal: AbortSignal },
): Promise<Found | undefined> {
  const until = performance.now() + withinMs;
  while (performance.now() < until) {
    const found = await look();
    if (found !== undefined) return found;
    await wait(lookEveryMs, undefined, { signal });
  }
  return undefined;
}
