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
  const openOnce = <Opened extends Connection<unknown>>(
    key: string,
    work: () => Promise<Opened>,
  ): Promise<Opened> => {
    const known = (open.get(key) as Promise<Opened> | undefined) ?? work();
    open.set(key, known);
    known.catch(() => open.delete(key));
    return known;
  };
  return {
    keep: (workspaceId, manifest, settings) => {
      const fingerprint = needs.vault.fingerprint(`${manifest.id}\n${canonicalSettings(settings)}`);
      const key = `${workspaceId}/${manifest.id}/${fingerprint}`;
      const known = kept.get(key) ?? keep(needs, { workspaceId, manifest, settings, fingerprint });
      kept.set(key, known);
      known.catch(() => kept.delete(key));
      return known;
    },
    channel: (workspaceId, id) =>
      openOnce(`${workspaceId}/${id}`, async () => {
        const { settings, secrets, row } = await unseal(needs, workspaceId, id);
        const provider = named(needs.channels, row.provider);
        const tools = makeTools(needs, provider.manifest, sealedMemory(needs, workspaceId, id));
        return {
          integrationId: id,
          provider,
          manifest: provider.manifest,
          secrets,
          account: provider.connect(settings, tools),
        };
      }),
    lock: (workspaceId, id) =>
      openOnce(`${workspaceId}/${id}`, async () => {
        const { settings, secrets, row } = await unseal(needs, workspaceId, id);
        const provider = named(needs.locks, row.provider);
        const tools = makeTools(needs, provider.manifest, sealedMemory(needs, workspaceId, id));
        return {
          integrationId: id,
          manifest: provider.manifest,
          secrets,
          account: provider.connect(settings, tools),
        };
      }),
    passingTools: (manifest) => makeTools(needs, manifest, passingMemory()),
  };
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

async function unseal(needs: ConnectionNeeds, workspaceId: string, id: string) {
  const row = await needs.store.find(workspaceId, id);
  if (!row) throw new Error(`Integration ${id} does not exist.`);
  const secret = JSON.parse(needs.vault.open(row.secrets, SEALED_AS)) as TextRecord;
  const { locks, channels } = needs;
  const ours = [...Object.values(locks), ...Object.values(channels)].find(
    (one) => one.manifest.id === row.provider,
  );
  const secrets = [
    ...Object.values(secret),
    ...(ours ? environmentSecrets(needs, ours.manifest) : []),
  ];
  return { row, settings: { ...row.settings, ...secret }, secrets };
}

function named<Provider extends { readonly manifest: Manifest }>(
  providers: Readonly<Record<string, Provider>>,
  id: string,
): Provider {
  const found = Object.values(providers).find((one) => one.manifest.id === id);
  if (!found) throw new Error(`This server has no provider ${id}.`);
  return found;
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
