import type { Text } from "#domain/text.ts";

/** Something that went wrong for good or stays unclear, for whoever the hook's `errorEmail` names. */
export interface Trouble {
  readonly workspaceId: string;
  readonly hookId: string;
  readonly bookingId?: string | undefined;
  /** As a person says it: `№42`. */
  readonly bookingNumber?: string | undefined;
  /** Troubles of one hook and cause within ten minutes make one mail, with a count. */
  readonly cause: string;
  /** What happened, why, what to do. */
  readonly text: Text;
}
