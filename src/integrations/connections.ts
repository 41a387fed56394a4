import type { AnyChannelProvider, Channel } from "#channels/channel.ts";
import type { Manifest } from "#domain/manifest.ts";
import type { Http, ProviderMemory, Tools } from "#domain/tools.ts";
import type { Vault } from "#domain/vault.ts";
import type { AnyLockProvider, LockAccount } from "#locks/lock.ts";
import { canonicalSettings, splitSettings, type TextRecord } from "./integration.ts";

/** What opening accounts needs of the world. */
export interface ConnectionNeeds {
  readonly store: ConnectionStore;
  readonly vault: Vault;
  readonly http: Http;
  readonly now: () => number;
  readonly makeId: () => string;
  readonly apiBases: Readonly<Record<string, string>>;
  readonly environment: Readonly<Record<string, string>>;
  readonly locks: Readonly<Record<string, AnyLockProvider>>;
  readonly channels: Readonly<Record<string, AnyChannelProvider>>;
}

export interface ConnectionStore {
  keep(integration: KeptIntegration): Promise<string>;
  find(workspaceId: string, id: string): Promise<SealedIntegration | undefined>;
  readMemory(workspaceId: string, id: string): Promise<Uint8Array | undefined>;
  writeMemory(workspaceId: string, id: string, memory: Uint8Array): Promise<void>;
}

export interface KeptIntegration {
  readonly workspaceId: string;
  readonly id: string;
  readonly provider: string;
  readonly fingerprint: string;
  readonly settings: TextRecord;
  readonly secrets: Uint8Array;
}

export interface SealedIntegration {
  readonly provider: string;
  readonly settings: TextRecord;
  readonly secrets: Uint8Array;
}

/** An account that is open: the vendor's side of it, and what must be masked wherever its calls are recorded. */
export interface Connection<Account> {
  readonly integrationId: string;
  readonly account: Account;
  readonly manifest: Manifest;
  readonly secrets: readonly string[];
}

export interface Connections {
  /** Keeps an account once and gives its id: the same settings are the same integration. */
  keep(workspaceId: string, manifest: Manifest, settings: TextRecord): Promise<string>;
  channel(
    workspaceId: string,
    id: string,
  ): Promise<Connection<Channel<TextRecord>> & { readonly provider: AnyChannelProvider }>;
  lock(workspaceId: string, id: string): Promise<Connection<LockAccount>>;
  /** Tools for a look at the vendor that leaves nothing behind: what it remembers is gone with it. */
  passingTools(manifest: Manifest): Tools;
}

const SEALED_AS = "integration";

/** Opens accounts, each once: what they know of their session is shared by everybody who uses them. */
export function makeConnections(needs: ConnectionNeeds): Connections {
  const kept = new Map<string, Promise<string>>();
  const open = new Map<string, Promise<Connection<unknown>>>();
  return {
    keep: (workspaceId, manifest, settings) => {
      const fingerprint = needs.vault.fingerprint(`${manifest.id}\n${canonicalSettings(settings)}`);
      const key = `${workspaceId}/${manifest.id}/${fingerprint}`;
      return once(kept, key, () => keep(needs, { workspaceId, manifest, settings, fingerprint }));
    },
    channel: (workspaceId, id) =>
      once(open, `${workspaceId}/${id}`, async () => {
        const { settings, tools, provider, ...rest } = await unseal(needs, needs.channels, {
          workspaceId,
          id,
        });
        return { ...rest, provider, account: provider.connect(settings, tools) };
      }),
    lock: (workspaceId, id) =>
      once(open, `${workspaceId}/${id}`, async () => {
        const { settings, tools, provider, ...rest } = await unseal(needs, needs.locks, {
          workspaceId,
          id,
        });
        return { ...rest, account: provider.connect(settings, tools) };
      }),
    passingTools: (manifest) => makeTools(needs, manifest, passingMemory()),
  };
}

/** Does a thing once per key; what failed is done again when it is next asked for. */
function once<Made extends Kept, Kept>(
  known: Map<string, Promise<Kept>>,
  key: string,
  make: () => Promise<Made>,
): Promise<Made> {
  const made = (known.get(key) as Promise<Made> | undefined) ?? make();
  known.set(key, made);
  made.catch(() => known.delete(key));
  return made;
}

async function keep(
  needs: ConnectionNeeds,
  wanted: { workspaceId: string; manifest: Manifest; settings: TextRecord; fingerprint: string },
): Promise<string> {
  const { open, secret } = splitSettings(wanted.manifest, wanted.settings);
  return await needs.store.keep({
    workspaceId: wanted.workspaceId,
    id: needs.makeId(),
    provider: wanted.manifest.id,
    fingerprint: wanted.fingerprint,
    settings: open,
    secrets: needs.vault.seal(JSON.stringify(secret), SEALED_AS),
  });
}

/** What opens an account of a family: its provider, settings in clear, tools, and what has to be masked. */
async function unseal<Provider extends { readonly manifest: Manifest }>(
  needs: ConnectionNeeds,
  family: Readonly<Record<string, Provider>>,
  { workspaceId, id }: { readonly workspaceId: string; readonly id: string },
) {
  const row = await needs.store.find(workspaceId, id);
  const provider = Object.values(family).find((one) => one.manifest.id === row?.provider);
  if (!row || !provider)
    throw new Error(`Integration ${id} does not exist, or this server lacks its provider.`);
  const { manifest } = provider;
  const secret = JSON.parse(needs.vault.open(row.secrets, SEALED_AS)) as TextRecord;
  return {
    integrationId: id,
    provider,
    manifest,
    settings: { ...row.settings, ...secret },
    secrets: [...Object.values(secret), ...environmentSecrets(needs, manifest)],
    tools: makeTools(needs, manifest, sealedMemory(needs, workspaceId, id)),
  };
}

function makeTools(needs: ConnectionNeeds, manifest: Manifest, memory: ProviderMemory): Tools {
  const override = needs.apiBases[manifest.api.environmentName];
  const declared = manifest.environment.flatMap(({ name }) => {
    const value = needs.environment[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    baseUrl: (override ?? manifest.api.baseUrl).replace(/\/+$/, ""),
    isBaseUrlOverridden: override !== undefined,
    environment: Object.fromEntries(declared),
    http: needs.http,
    now: needs.now,
    memory,
  };
}

function environmentSecrets(needs: ConnectionNeeds, manifest: Manifest): readonly string[] {
  return manifest.environment.flatMap((one) => {
    const value = one.isSecret ? needs.environment[one.name] : undefined;
    return value === undefined ? [] : [value];
  });
}

const MEMORY_SEALED_AS = "integration-memory";

function sealedMemory(needs: ConnectionNeeds, workspaceId: string, id: string): ProviderMemory {
  return {
    read: async () => {
      const sealed = await needs.store.readMemory(workspaceId, id);
      return sealed && needs.vault.open(sealed, MEMORY_SEALED_AS);
    },
    write: (value) =>
      needs.store.writeMemory(workspaceId, id, needs.vault.seal(value, MEMORY_SEALED_AS)),
  };
}

function passingMemory(): ProviderMemory {
  let kept: string | undefined;
  return {
    read: () => Promise.resolve(kept),
    write: (value) => {
      kept = value;
      return Promise.resolve();
    },
  };
}
