import type { Vault } from "#domain/vault.ts";
import { parametersOf, type HookKinds } from "./hook-kind.ts";
import { readHook, type HookReading } from "./hook-reading.ts";
import { canonicalQuery, type QueryItem } from "./parameters.ts";

/** One hook as it is kept: its parameters in clear live in memory only. */
export interface Hook {
  readonly workspaceId: string;
  readonly id: string;
  readonly kind: string;
  readonly query: readonly QueryItem[];
  readonly reading: HookReading;
  readonly createdAt: number;
}

/** What the book asks of the store. */
export interface HookStore {
  keep(hook: KeptHook): Promise<string>;
  find(id: string): Promise<SealedHook | undefined>;
}

export interface KeptHook {
  readonly workspaceId: string;
  readonly id: string;
  readonly kind: string;
  readonly fingerprint: string;
  readonly parameters: Uint8Array;
  readonly isStored: boolean;
}

export interface SealedHook {
  readonly workspaceId: string;
  readonly id: string;
  readonly kind: string;
  readonly parameters: Uint8Array;
  readonly createdAt: number;
}

export interface HookBook {
  /** The id under which a URL's parameters are kept; the same parameters always get the same one. */
  keep(hook: HookUrl, isStored: boolean): Promise<string>;
  /** A kept hook, opened and read. Read once, then remembered. */
  open(id: string): Promise<Hook | undefined>;
}

export interface HookUrl {
  readonly workspaceId: string;
  readonly kind: string;
  readonly query: readonly QueryItem[];
}

const SEALED_AS = "hook";
/** URLs and hooks that are remembered: more than any one business has, little enough for a small server. */
const REMEMBERED = 2_000;

export function makeHookBook(needs: {
  store: HookStore;
  vault: Vault;
  kinds: HookKinds;
  makeHookId: () => string;
}): HookBook {
  const { store, vault, kinds } = needs;
  const hooks = new Map<string, Hook>();
  return {
    keep: async (url, isStored) => {
      const via = url.query.find((item) => item.name.trim() === "deliverVia")?.value;
      const query = canonicalQuery(parametersOf(kinds, url.kind, via), url.query);
      const text = JSON.stringify(query);
      return await store.keep({
        workspaceId: url.workspaceId,
        id: needs.makeHookId(),
        kind: url.kind,
        fingerprint: vault.fingerprint(`${url.kind}\n${text}`),
        parameters: vault.seal(text, SEALED_AS),
        isStored,
      });
    },
    open: async (id) => {
      const known = hooks.get(id);
      if (known) return known;
      const sealed = await store.find(id);
      const hook = sealed && openHook(sealed, needs);
      if (hook) remember(hooks, id, hook);
      return hook;
    },
  };
}

function openHook(sealed: SealedHook, needs: { vault: Vault; kinds: HookKinds }): Hook | undefined {
  const query = JSON.parse(needs.vault.open(sealed.parameters, SEALED_AS)) as QueryItem[];
  const reading = readHook(needs.kinds, sealed.kind, query);
  return reading && { ...sealed, query, reading };
}

/** Keeps the newest entries of a map that is used as a memory. */
export function remember<Value>(memory: Map<string, Value>, key: string, value: Value): void {
  if (memory.size >= REMEMBERED) {
    const oldest = memory.keys().next().value;
    if (oldest !== undefined) memory.delete(oldest);
  }
  memory.set(key, value);
}
