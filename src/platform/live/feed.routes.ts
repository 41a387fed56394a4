import type { FastifyInstance, FastifyReply } from "fastify";
import { z } from "zod";
import { ApiFault } from "../http/api/fault.ts";
import { describeRoute } from "../http/api/route.ts";
import { serveRaw, type Call } from "../http/api/serve.ts";
import { instant, mark, text } from "../http/shapes.schema.ts";
import { isAfter, isCursor } from "./cursor.ts";
import { openStream, type Stream } from "./event-stream.ts";
import type { Live } from "./live.ts";
import type { FeedEntry } from "./live.store.ts";

export interface FeedNeeds {
  readonly live: Live;
  /** For tests; default 15 s. */
  readonly heartbeatMs?: number;
}

const entry = z
  .object({
    cursor: z.string(),
    at: instant,
    mark,
    text,
    workspaceId: z.string(),
    bookingId: z.uuid().optional(),
    hookId: z.string().optional(),
    intakeEventId: z.uuid().optional(),
    deliveryId: z.uuid().optional(),
    accessCodeId: z.uuid().optional(),
  })
  .meta({ id: "FeedEntry", description: "One point of a timeline, and what it belongs to." });

const route = describeRoute({
  method: "GET",
  path: "/feed",
  part: "Feed",
  summary: "Follow what happens",
  scope: "read",
  more: [
    "Server-sent events: each `data:` is one point of a timeline as JSON, each `id:` its cursor. A comment comes every 15 seconds while nothing happens.",
    "After a break send the last id as `Last-Event-ID` (a browser's EventSource does it by itself) or as `after`: nothing is left out and nothing comes twice. Without a cursor the feed starts now. A reader that does not keep up is cut off and may resume.",
  ].join("\n\n"),
  query: z.object({
    after: z
      .string()
      .optional()
      .meta({ description: "Cursor to go on from; `Last-Event-ID` wins over it." }),
  }),
  answer: {
    status: 200,
    meaning: "The stream; the schema is that of one `data:`.",
    schema: entry,
    contentType: "text/event-stream",
  },
  faults: [{ status: 400, code: "cursor_invalid", meaning: "The cursor is not one of this feed." }],
});

/** `GET /feed`: the live screen's source. */
export function feedRoutes(app: FastifyInstance, needs: FeedNeeds): void {
  const streams = new Set<Stream>();
  app.addHook("preClose", async () => {
    for (const stream of streams) stream.close();
  });
  serveRaw(app, route, async (call) => {
    const cursor = await startOf(needs.live, call);
    const stream = open(call.reply, needs);
    streams.add(stream);
    // A page that reconnects before anything happened goes on from here.
    stream.write(`retry: 2000\nid: ${cursor}\n\n`);
    const following = needs.live.follow(call.workspaceId, cursor, (entries) => {
      stream.write(entries.map(frameOf).join(""));
      return stream.drained();
    });
    stream.onClosed(() => {
      following.end();
      streams.delete(stream);
    });
    return call.reply;
  });
}

/** Where to begin. A cursor beyond the end is of a database that was restored since: that reader begins now. */
async function startOf(live: Live, { request, query }: Call<typeof route>): Promise<string> {
  const header = request.headers["last-event-id"];
  const wanted = (Array.isArray(header) ? header[0] : header) || query.after;
  if (wanted !== undefined && !isCursor(wanted)) throw notACursor();
  const end = await live.end();
  return wanted === undefined || isAfter(wanted, end) ? end : wanted;
}

function open(reply: FastifyReply, needs: FeedNeeds): Stream {
  reply.hijack();
  reply.raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-store",
    // nginx would gather the stream otherwise.
    "x-accel-buffering": "no",
  });
  return openStream(reply.raw, needs.heartbeatMs);
}

/** One point is written down once for all who follow. */
const frames = new WeakMap<FeedEntry, string>();

function frameOf(entry: FeedEntry): string {
  const known = frames.get(entry);
  if (known !== undefined) return known;
  const frame = `id: ${entry.cursor}\ndata: ${JSON.stringify(entry)}\n\n`;
  frames.set(entry, frame);
  return frame;
}

function notACursor(): ApiFault {
  const message =
    "The cursor is not one of this feed. Leave it out to start now, or send the id of an entry that you received.";
  return new ApiFault("cursor_invalid", message, { kind: "invalid" });
}
