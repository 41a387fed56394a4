import { randomBytes } from "node:crypto";
import type { BookingSource } from "#booking-sources/booking-source.ts";
import type { Vault } from "#domain/vault.ts";
import type { Intake } from "#intake/index.ts";
import type { Connections } from "#integrations/index.ts";
import type { Database } from "#platform/db/database.ts";
import { acceptEvent } from "./event-intake.ts";
import { ensureHookKey, listHookKeys, type HookKeyNeeds } from "./hook-keys.store.ts";
import { makeHookKeys, type HookKeys } from "./hook-keys.ts";
import { makeHookBook, type Hook, type HookBook } from "./hook-book.ts";
import type { HookKinds } from "./hook-kind.ts";
import { findHook, findStoredHook, keepHook } from "./hooks.store.ts";
import type { HookRouteNeeds } from "./hooks.routes.ts";
import type { LookUp } from "./check.ts";
import { makeLookUp } from "./look-up.ts";
import { makeTurns } from "#platform/turns.ts";

/** A short URL's id: 128 bits that nobody guesses. */
function makeHookId(): string {
  return randomBytes(16).toString("base64url");
}

/** The book of hooks over the database. */
export function openHookBook(needs: {
  database: Database;
  vault: Vault;
  kinds: HookKinds;
  now: () => number;
}): HookBook {
  const { database, vault, kinds, now } = needs;
  return makeHookBook({
    vault,
    kinds,
    makeHookId,
    store: {
      keep: (hook) => keepHook(database, { ...hook, now: now() }),
      find: async (id) => {
        const row = await findHook(database, id);
        return (
          row && {
            workspaceId: row.workspace_id,
            id,
            kind: row.kind,
            parameters: row.parameters,
            createdAt: row.created_at,
          }
        );
      },
    },
  });
}

/** Keeps the accounts of a hook as integrations; once known they cost nothing. */
export function makeAccountKeeper(connections: Connections): (hook: Hook) => Promise<void> {
  return async ({ workspaceId, reading }) => {
    const { lock, channel } = reading;
    if (lock?.settings) await connections.keep(workspaceId, lock.provider.manifest, lock.settings);
    if (!channel) return;
    for (const { settings } of channel.routes)
      await connections.keep(workspaceId, channel.provider.manifest, settings);
  };
}

/** Checks that look at vendors at once. */
const LOOKS_AT_ONCE = 8;
/** A page that is reloaded is answered by the look of a moment ago: vendors count calls, and lock out who asks too often. */
const LOOK_AGAIN_MS = 5_000;

/** One look for all who ask for the same at the same time, and few looks at once. */
function sharedLookUp(lookUp: LookUp): LookUp {
  const turns = makeTurns(LOOKS_AT_ONCE);
  const looks = new Map<string, ReturnType<LookUp>>();
  return (reading) => {
    const key = JSON.stringify([reading.kind, reading.values]);
    const known = looks.get(key) ?? turns(() => lookUp(reading));
    if (looks.has(key)) return known;
    looks.set(key, known);
    const forget = (): void => void looks.delete(key);
    known.then(() => setTimeout(forget, LOOK_AGAIN_MS).unref(), forget);
    return known;
  };
}

/** What the hooks' routes need, out of the server's parts. */
export function makeHookRouteNeeds(needs: {
  readonly database: Database;
  readonly kinds: HookKinds;
  readonly keys: HookRouteNeeds["keys"];
  readonly book: HookBook;
  readonly intake: Intake;
  readonly source: BookingSource;
  readonly now: () => number;
  readonly makeId: () => string;
  readonly connections: Connections;
  readonly pages: HookRouteNeeds["pages"];
  readonly metrics: HookRouteNeeds["metrics"];
}): HookRouteNeeds {
  return {
    kinds: needs.kinds,
    keys: needs.keys,
    book: needs.book,
    pages: needs.pages,
    metrics: needs.metrics,
    lookUp: sharedLookUp(makeLookUp(needs.connections)),
    accept: (event) => acceptEvent(needs, event),
    findStored: async (id) => {
      const row = await findStoredHook(needs.database, id);
      return row && { workspaceId: row.workspace_id, kind: row.kind };
    },
  };
}

/** A key that was rotated by another process lets callers in, or no longer does, after this time. */
const REFRESH_KEYS_MS = 5_000;

/** The hook keys in force, made at first and looked at again from time to time. */
export async function openHookKeys(
  needs: HookKeyNeeds,
  workspaceId: string,
): Promise<{ current(): HookKeys } & AsyncDisposable> {
  await ensureHookKey(needs, workspaceId);
  let listed = "";
  let keys = makeHookKeys([]);
  const refresh = async (): Promise<void> => {
    const found = await listHookKeys(needs);
    const text = JSON.stringify(found.map((one) => [one.workspaceId, one.key]));
    if (text !== listed) keys = makeHookKeys(found);
    listed = text;
  };
  await refresh();
  // While the database is away the keys known last go on letting callers in: their events are refused with 503 anyway.
  const timer = setInterval(() => void refresh().catch(() => undefined), REFRESH_KEYS_MS);
  return {
    current: () => keys,
    [Symbol.asyncDispose]: () => {
      clearInterval(timer);
      return Promise.resolve();
    },
  };
}
