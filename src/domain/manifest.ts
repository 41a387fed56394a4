import type { Parameter } from "./parameter.ts";
import type { Text } from "./text.ts";

/** What every provider says of itself, as data: forms, checks, masking and the environment's names are drawn from it. */
export interface Manifest {
  /** In URLs, tables and metrics; kebab-case, never changes. */
  readonly id: string;
  readonly name: string;
  /** Name of a Tabler icon. */
  readonly icon: string;
  readonly api: {
    readonly baseUrl: string;
    /** The rest of `CONCIERGE_API_BASE_<...>`. */
    readonly environmentName: string;
  };
  /** Environment variables with the credentials of our own application at the vendor. */
  readonly environment: readonly EnvironmentVariable[];
  /** The credentials of one account; together they are one integration. All values are texts. */
  readonly settings: readonly SettingsField[];
  readonly limits: {
    /** The vendor's documented rate limit per integration, with its source in the provider's page. */
    readonly callsPerSecond: number;
  };
}

export interface EnvironmentVariable {
  readonly name: `CONCIERGE_${string}`;
  readonly meaning: Text;
  readonly isSecret: boolean;
}

export interface SettingsField {
  readonly name: string;
  readonly label: Text;
  readonly isSecret: boolean;
}

/** A booking-event URL of the documents, `/webhook/<kind>`, and what stands in it beside the common parameters. */
export interface HookManifest<Ps extends readonly Parameter[] = readonly Parameter[]> {
  readonly kind: string;
  readonly parameters: Ps;
}
