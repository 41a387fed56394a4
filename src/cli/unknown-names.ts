import { bookingSources } from "#booking-sources/registry.ts";
import { channels } from "#channels/registry.ts";
import type { Manifest } from "#domain/manifest.ts";
import type { Text } from "#domain/text.ts";
import { locks } from "#locks/registry.ts";
import type { Settings } from "./desk.ts";

export const manifests: readonly Manifest[] = [locks, channels, bookingSources].flatMap((family) =>
  Object.values(family).map((provider: { readonly manifest: Manifest }) => provider.manifest),
);

/** Variables `CONCIERGE_...` that are set and mean nothing here: most often a name with a slip of the pen. */
export function unknownNames({ config, secrets }: Settings): readonly Text[] {
  const declared = new Set<string>(
    manifests.flatMap((manifest) => manifest.environment.map(({ name }) => name)),
  );
  const bases = new Set(manifests.map((manifest) => manifest.api.environmentName));
  return [
    ...Object.keys(secrets.environment).filter((name) => !declared.has(name)),
    ...Object.keys(config.apiBases)
      .filter((name) => !bases.has(name))
      .map((name) => `CONCIERGE_API_BASE_${name}`),
  ].map((name) => ({
    en: `${name} is set, and nothing here reads it. Check how it is spelt.`,
    ru: `${name} задана, но её здесь никто не читает. Проверьте, как она написана.`,
  }));
}
