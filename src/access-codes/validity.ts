import type { Validity } from "#locks/lock.ts";

/** What a hook says about a code's time; minutes may be negative. */
export interface ValidityRules {
  readonly validBeforeMinutes: number;
  readonly expiredBeforeMinutes: number;
}

export interface ValidityRequest {
  readonly startsAt: number;
  readonly endsAt: number;
  readonly rules: ValidityRules;
  readonly receivedAt: number;
  /** The code as it stands, when there is one. */
  readonly before?: { readonly wishedFrom: number; readonly validFrom: number } | undefined;
}

export interface PlannedValidity extends Validity {
  /** The start before the floor. */
  readonly wishedFrom: number;
}

const MINUTE_MS = 60_000;
/** A code begins to work this long after the event at the earliest (document 000). */
const LEAD_MS = 10 * MINUTE_MS;

/**
 * When a code works: from the start less `validBeforeMinutes` to the end less `expiredBeforeMinutes`, not before ten
 * minutes after receipt. That floor is counted once: an event that wishes the same start again, however late, leaves
 * it as it was. `undefined` when nothing is left of it.
 */
export function planValidity(request: ValidityRequest): PlannedValidity | undefined {
  const { rules } = request;
  const wishedFrom = toMinute(request.startsAt) - rules.validBeforeMinutes * MINUTE_MS;
  const validTo = toMinute(request.endsAt) - rules.expiredBeforeMinutes * MINUTE_MS;
  const validFrom = floorStart(wishedFrom, request);
  return validTo > validFrom ? { wishedFrom, validFrom, validTo } : undefined;
}

function floorStart(wishedFrom: number, { before, receivedAt }: ValidityRequest): number {
  if (before?.wishedFrom === wishedFrom) return before.validFrom;
  // A code that opens the door already goes on doing so.
  if (before && before.validFrom <= receivedAt && wishedFrom <= receivedAt) return before.validFrom;
  return Math.max(wishedFrom, Math.ceil((receivedAt + LEAD_MS) / MINUTE_MS) * MINUTE_MS);
}

function toMinute(instant: number): number {
  return Math.floor(instant / MINUTE_MS) * MINUTE_MS;
}
