import { randomBytes } from "node:crypto";
import type { BookingSource } from "#booking-sources/booking-source.ts";
import type { Vault } from "#domain/vault.ts";
import type { Intake } from "#intake/index.ts";
import type { Connections } from "#integrations/index.ts";
import type { Database } from "#platform/db/database.ts";
import { acceptEvent } from "./event-intake.ts";
import { makeHookBook, type Hook, type HookBook } from "./hook-book.ts";
import type { HookKinds } from "./hook-kind.ts";
import { findHook, findStoredHook, keepHook } from "./hooks.store.ts";
import type { HookRouteNeeds } from "./hooks.routes.ts";
import { makeLookUp } from "./look-up.ts";

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
}): HookRouteNeeds {
  return {
    kinds: needs.kinds,
    keys: needs.keys,
    book: needs.book,
    pages: needs.pages,
    lookUp: makeLookUp(needs.connections),
    accept: (event) => acceptEvent(needs, event),
    findStored: async (id) => {
      const row = await findStoredHook(needs.database, id);
      return row && { workspaceId: row.workspace_id, kind: row.kind };
    },
  };
}
