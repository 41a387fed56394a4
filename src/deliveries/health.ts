import type { Text } from "#domain/text.ts";
import type { IntegrationStatus } from "#integrations/index.ts";

/** Watches over each integration: how fast it may be called, whether it may be called now, and how it fares. */
export interface Guardian {
  /** When the next call may go out: now or earlier means at once. Takes a place in the pace when it does. */
  mayCallAt(integration: Watched): Promise<number>;
  /** No call of this integration before an instant: the vendor asked for it. */
  hold(integration: Watched, until: number): void;
  /** What a call told of the integration. Gives the status when it has changed. */
  report(integration: Watched, told: Told): Promise<IntegrationStatus | undefined>;
}

export interface Watched {
  readonly workspaceId: string;
  readonly id: string;
  readonly callsPerSecond: number;
}

/** `neutral`: the call says nothing of the account itself, such as a guest who blocked it. */
export interface Told {
  readonly verdict: "ok" | "trouble" | "neutral";
  readonly error?: Text | undefined;
}
