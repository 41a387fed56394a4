import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Language } from "#domain/text.ts";
import { isDatabaseAway } from "#platform/db/away.ts";
import { prefersHtml, preferredLanguage } from "#platform/http/negotiate.ts";
import { readQuery } from "#platform/http/query.ts";
import { checkHook, toAnswer, type Check, type LookUp } from "./check.ts";
import type { IntakeMetrics } from "#intake/index.ts";
import type { Accepted, IncomingEvent } from "./event-intake.ts";
import type { HookBook } from "./hook-book.ts";
import { remember } from "./hook-book.ts";
import type { HookKeys } from "./hook-keys.ts";
import { familyOf, listKinds, type HookKinds } from "./hook-kind.ts";
import { readHook, type HookReading } from "./hook-reading.ts";
import type { QueryItem } from "./parameters.ts";

export interface HookRouteNeeds {
  readonly kinds: HookKinds;
  readonly keys: () => HookKeys;
  readonly book: HookBook;
  /** The id of a stored hook's owner, or nothing when no such short URL answers. */
  readonly findStored: (id: string) => Promise<{ workspaceId: string; kind: string } | undefined>;
  readonly accept: (event: IncomingEvent) => Promise<Accepted>;
  readonly lookUp: LookUp;
  readonly pages: HookPages;
  readonly metrics: IntakeMetrics;
}

/** The readable side of the answers, for whoever opens a hook's URL in a browser. */
export interface HookPages {
  check(check: Check, language: Language): string;
  refused(kind: "key" | "unknown-hook", language: Language): string;
}

/** Where a hook's URL leads: parameters in its query, or a hook that is stored. */
interface Place {
  readonly workspaceId: string;
  readonly kind: string;
  readonly hookId: string;
}

const RETRY_AFTER_SECONDS = "5";

/** `GET|POST /webhook/<kind>?...&key=` and `/webhook/h/<id>`: the check, and events. */
export function hookRoutes(app: FastifyInstance, needs: HookRouteNeeds): void {
  // A URL that was let in once is known until the keys change.
  const places = new Map<string, Place & { readonly keys: HookKeys }>();
  app.route<{ Params: { id: string } }>({
    method: ["GET", "POST"],
    url: "/webhook/h/:id",
    exposeHeadRoute: false,
    handler: (request, reply) => storing(reply, () => answerStored(needs, { request, reply })),
  });
  app.route<{ Params: { kind: string } }>({
    method: ["GET", "POST"],
    url: "/webhook/:kind",
    exposeHeadRoute: false,
    handler: async (request, reply) => {
      const url = request.raw.url ?? "";
      const known = places.get(url);
      if (known && known.keys === needs.keys() && isEvent(request))
        return await takeEvent(needs, { request, reply, place: known });
      const found = admit(needs, request.params.kind, url);
      if ("why" in found) return refuse(needs, { request, reply, why: found.why });
      if (!isEvent(request)) return await check(needs, { request, reply, reading: found.reading });
      const { workspaceId, query } = found;
      const place = { workspaceId, kind: request.params.kind };
      return await storing(reply, async () => {
        const hookId = await needs.book.keep({ ...place, query }, false);
        remember(places, url, { ...place, hookId, keys: needs.keys() });
        return await takeEvent(needs, { request, reply, place: { ...place, hookId } });
      });
    },
  });
}

async function answerStored(needs: HookRouteNeeds, { request, reply }: Exchange) {
  const { id: hookId } = request.params as { readonly id: string };
  const stored = await needs.findStored(hookId);
  const refused = { request, reply, why: "unknown-hook" } as const;
  if (!stored) return refuse(needs, refused);
  const place = { ...stored, hookId };
  if (isEvent(request)) return await takeEvent(needs, { request, reply, place });
  const hook = await needs.book.open(hookId);
  return hook
    ? await check(needs, { request, reply, reading: hook.reading })
    : refuse(needs, refused);
}

type Admitted =
  | {
      readonly workspaceId: string;
      readonly query: readonly QueryItem[];
      readonly reading: HookReading;
    }
  | { readonly why: "key" | "unknown-hook" };

function admit(needs: HookRouteNeeds, kind: string, url: string): Admitted {
  const all = readQuery(url);
  const key = all.find((item) => item.name.trim() === "key")?.value ?? "";
  const workspaceId = needs.keys().workspaceOf(key);
  if (workspaceId === undefined) return { why: "key" };
  const query = all.filter((item) => item.name.trim() !== "key" && item.name.trim() !== "lang");
  const reading = familyOf(needs.kinds, kind) && readHook(needs.kinds, kind, query);
  return reading ? { workspaceId, query, reading } : { why: "unknown-hook" };
}

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

async function takeEvent(
  needs: HookRouteNeeds,
  { request, reply, place }: Exchange & { place: Place },
) {
  const count = (result: "kept" | "refused" | "store-away"): void =>
    needs.metrics.accepted({
      source: `hook:${place.kind}`,
      result,
      seconds: reply.elapsedTime / 1_000,
    });
  return await storing(reply, async () => {
    const body = request.body as Buffer;
    const contentType = request.headers["content-type"];
    const accepted = await needs.accept({ ...place, contentType, body }).catch((error: unknown) => {
      count("store-away");
      throw error;
    });
    count("id" in accepted ? "kept" : "refused");
    if ("id" in accepted)
      return { Status: "Success", Message: "The event is accepted", EventId: accepted.id };
    return reply.code(400).send({
      Status: "Error",
      ErrorMessage: `The body is not JSON (${accepted.fault}). Send the booking event as JSON in UTF-8.`,
      WarningMessage: "",
    });
  });
}

/** What a check finds is true for a moment, in the form and language that was asked for: nobody keeps it. */
const OWN_ANSWER = { "cache-control": "no-store", vary: "accept, accept-language" };

async function check(
  needs: HookRouteNeeds,
  { request, reply, reading }: Exchange & { reading: HookReading },
) {
  const checked = await checkHook(reading, needs.lookUp);
  void reply.headers(OWN_ANSWER);
  if (!prefersHtml(request)) return toAnswer(checked);
  return reply
    .type("text/html; charset=utf-8")
    .send(needs.pages.check(checked, preferredLanguage(request)));
}

const REFUSALS = {
  key: {
    status: 401,
    text: "Parameter <key> is missing or wrong. Add key=<hook key> to the URL; the server prints it with: concierge hooks key",
  },
  "unknown-hook": { status: 404, text: "There is no such hook." },
} as const;

function refuse(
  needs: HookRouteNeeds,
  { request, reply, why }: Exchange & { why: keyof typeof REFUSALS },
) {
  const { status, text } = REFUSALS[why];
  void reply.code(status).headers(OWN_ANSWER);
  if (prefersHtml(request))
    return reply
      .type("text/html; charset=utf-8")
      .send(needs.pages.refused(why, preferredLanguage(request)));
  const known = why === "unknown-hook" ? ` Known ones: ${listKinds(needs.kinds).join(", ")}.` : "";
  return reply.send({ Status: "Error", ErrorMessage: text + known, WarningMessage: "" });
}

/** A 2xx means that it is on disk; when the store is away, the sender is told to come back. */
async function storing(reply: FastifyReply, work: () => Promise<unknown>): Promise<unknown> {
  try {
    return await work();
  } catch (error) {
    if (!isDatabaseAway(error)) throw error;
    return await reply.code(503).header("retry-after", RETRY_AFTER_SECONDS).send({
      Status: "Error",
      ErrorMessage: "The event could not be stored. Send it again in a few seconds.",
      WarningMessage: "",
    });
  }
}

function isEvent(request: FastifyRequest): boolean {
  return request.method === "POST" && Buffer.isBuffer(request.body) && request.body.length > 0;
}
