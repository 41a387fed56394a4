import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Queries } from "#platform/db/database.ts";
import { ApiFault, missing } from "#platform/http/api/fault.ts";
import { describeRoute } from "#platform/http/api/route.ts";
import { serveOnce, type OnceNeeds } from "#platform/http/api/serve-once.ts";
import { serveRoute } from "#platform/http/api/serve.ts";
import { InvalidInput } from "#platform/http/input.ts";
import { readQuery } from "#platform/http/query.ts";
import type { Hook, HookBook, HookUrl } from "./hook-book.ts";
import { listKinds, type HookKinds } from "./hook-kind.ts";
import { readHook } from "./hook-reading.ts";
import { hook, newHook, type HookView } from "./hooks.schema.ts";
import { findStoredHook, listStoredHooks, removeHook } from "./hooks.store.ts";

export interface HookApiNeeds extends OnceNeeds {
  readonly kinds: HookKinds;
  readonly book: HookBook;
  /** Where this server is reached, without a trailing slash. */
  readonly baseUrl: () => string;
  /** Plans our own sample event for a hook, as if the booking service had sent it; gives its id. */
  readonly tryHook: (
    tx: Queries,
    hook: { readonly workspaceId: string; readonly id: string; readonly kind: string },
  ) => Promise<string>;
}

const part = "Hooks";
const params = z.object({ id: z.string().regex(/^[\w-]{1,64}$/, "must be a hook's id") });
const noHook = { status: 404, code: "hook_missing", meaning: "There is no such stored hook." };

const listRoute = describeRoute({
  method: "GET",
  path: "/hooks",
  part,
  summary: "List stored hooks",
  scope: "read",
  answer: {
    status: 200,
    meaning: "All of them, oldest first; secrets are masked.",
    schema: z.object({ items: z.array(hook) }),
  },
});

const addRoute = describeRoute({
  method: "POST",
  path: "/hooks",
  part,
  summary: "Store a hook",
  scope: "write",
  more: "Keeps the parameters of a URL encrypted and gives a short URL in its place. The same parameters give the same hook.",
  body: newHook,
  isOnce: true,
  answer: { status: 201, meaning: "The hook with its short URL.", schema: hook },
  faults: [{ status: 400, code: "hook_unknown", meaning: "The URL is none of a hook." }],
});

const removeRoute = describeRoute({
  method: "DELETE",
  path: "/hooks/:id",
  part,
  summary: "Remove a stored hook",
  scope: "write",
  more: "Its short URL stops answering. Codes and messages that it began are carried on.",
  params,
  answer: { status: 204, meaning: "It is removed." },
  faults: [noHook],
});

const tryRoute = describeRoute({
  method: "POST",
  path: "/hooks/:id/try",
  part,
  summary: "Send our sample event through a hook",
  scope: "write",
  more: "The event is a real one to the hook: a code is made and messages go out.",
  params,
  isOnce: true,
  answer: {
    status: 202,
    meaning: "The event is kept and will be worked on.",
    schema: z.object({ eventId: z.uuid() }),
  },
  faults: [noHook],
});

/** `/hooks`: those that are stored. */
export function hookApiRoutes(app: FastifyInstance, needs: HookApiNeeds): void {
  const { database, book, now } = needs;
  serveRoute(app, listRoute, async ({ workspaceId }) => {
    const rows = await listStoredHooks(database, workspaceId);
    const hooks = await Promise.all(rows.map((row) => book.open(row.id)));
    return { items: hooks.filter((one) => one !== undefined).map((one) => toView(needs, one)) };
  });
  serveOnce(app, needs, {
    route: addRoute,
    handle: async (_tx, { workspaceId, body }) => {
      const id = await book.keep(readUrl(needs.kinds, workspaceId, body.url), true);
      const kept = await book.open(id);
      if (!kept) throw new Error(`Hook ${id} was kept and is not there.`);
      return toView(needs, kept);
    },
  });
  serveRoute(app, removeRoute, async ({ workspaceId, params }) => {
    const wasThere = await removeHook(database, { workspaceId, id: params.id, now: now() });
    if (!wasThere) throw missing("hook", "List them: GET /hooks.");
    return undefined;
  });
  serveOnce(app, needs, {
    route: tryRoute,
    handle: async (tx, { workspaceId, params }) => {
      const found = await findStoredHook(tx, params.id);
      if (found?.workspace_id !== workspaceId) throw missing("hook", "List them: GET /hooks.");
      return { eventId: await needs.tryHook(tx, { workspaceId, id: found.id, kind: found.kind }) };
    },
  });
}

/** The hook that a URL names. Throws when it names none, or when it could not be worked with. */
function readUrl(kinds: HookKinds, workspaceId: string, text: string): HookUrl {
  const kind = /\/webhook\/([^/]+)\/?$/.exec(new URL(text).pathname)?.[1] ?? "";
  const query = readQuery(text).filter(({ name }) => name !== "key" && name !== "lang");
  const reading = readHook(kinds, kind, query);
  if (!reading)
    throw new ApiFault(
      "hook_unknown",
      `The URL is none of a hook: its path must be /webhook/<kind>. Known kinds: ${listKinds(kinds).join(", ")}.`,
      { kind: "invalid" },
    );
  const faults = reading.findings.filter((finding) => finding.kind !== "warning");
  if (faults.length > 0)
    throw new InvalidInput(
      faults.map(({ parameter = "", text }) => ({ path: `url?${parameter}`, message: text.en })),
    );
  return { workspaceId, kind, query };
}

function toView(needs: HookApiNeeds, { id, kind, createdAt, reading }: Hook): HookView {
  return {
    id,
    kind,
    url: `${needs.baseUrl()}/webhook/h/${id}`,
    createdAt,
    parameters: reading.shown.map(({ parameter, value, isDefault }) => ({
      name: parameter.name,
      value: value ?? null,
      isSecret: parameter.isSecret ?? false,
      isDefault,
      meaning: parameter.meaning,
    })),
    findings: reading.findings.map((one) => ({ ...one, parameter: one.parameter ?? null })),
  };
}
