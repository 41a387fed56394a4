import { isOff } from "#bookings/index.ts";
import type { Booking } from "#domain/booking.ts";
import type { Text } from "#domain/text.ts";
import { planValidity, type PlannedValidity, type ValidityRules } from "./validity.ts";

/** The parameters of a lock's hook that speak of the code; names as in the hook's URL. */
export interface CodeValues extends ValidityRules {
  readonly lockId?: string;
  readonly codeLength: number;
  readonly codeDigits: string;
  readonly keepHours: number;
  readonly offlineFallback?: boolean;
  readonly templateMsg?: string;
  readonly timezone?: string;
  readonly timezone_name?: string;
}

/** What a booking asks of its code. */
export type CodePlan =
  | {
      readonly plan: "issue";
      readonly validity: PlannedValidity;
      readonly keepUntil: number;
      readonly lockIds: readonly string[];
    }
  /** The booking does not take place: a code that there is must go. */
  | { readonly plan: "revoke" }
  /** The booking is over: what there is stays for its time, and nothing is made anew. */
  | { readonly plan: "leave" }
  /** No code can be made, and a person has to know why. */
  | { readonly plan: "impossible"; readonly why: Text };

export interface CodeRequest {
  readonly booking: Booking;
  readonly values: CodeValues;
  readonly receivedAt: number;
  readonly before: { readonly wishedFrom: number; readonly validFrom: number } | undefined;
}

const HOUR_MS = 3_600_000;

/** Decides by the booking's state and times, whatever the event was called. Pure. */
export function planCode({ booking, values, receivedAt, before }: CodeRequest): CodePlan {
  if (isOff(booking)) return { plan: "revoke" };
  if (booking.state === "completed") return { plan: "leave" };
  const { startsAt, endsAt } = booking;
  if (startsAt === undefined || endsAt === undefined) return { plan: "impossible", why: NO_TIME };
  const lockIds = lockIdsOf(booking, values.lockId);
  if (lockIds.length === 0) return { plan: "impossible", why: NO_LOCK };
  const validity = planValidity({ startsAt, endsAt, rules: values, receivedAt, before });
  if (!validity) return { plan: "impossible", why: NOTHING_LEFT };
  const keepUntil = Math.max(endsAt, validity.validTo) + values.keepHours * HOUR_MS;
  return { plan: "issue", validity, keepUntil, lockIds };
}

/** The locks of an order: the hook's own, else those that its resources name by article `lockId_N` or tag `N:lockId`. */
export function lockIdsOf(booking: Booking, lockId: string | undefined): readonly string[] {
  if (lockId !== undefined) return [lockId];
  const found = booking.resources.flatMap((resource) => [
    ...[resource.code ?? ""].map((code) => /^\s*lockId_(\d+)\s*$/i.exec(code)?.[1]),
    ...resource.tags.map((tag) => /^\s*#?(\d+):lockId\s*$/i.exec(tag)?.[1]),
  ]);
  return [...new Set(found.filter((id) => id !== undefined))].toSorted();
}

const NO_TIME: Text = {
  en: "No door code was made: the booking has no start or no end.",
  ru: "Код доступа не создан: у брони нет начала или окончания.",
};

const NO_LOCK: Text = {
  en: "No door code was made: neither the hook nor the booking's resources name a lock. Set lockId in the URL, or the article lockId_<number> or the tag <number>:lockId on the resource.",
  ru: "Код доступа не создан: замок не указан ни в вебхуке, ни в ресурсах брони. Укажите lockId в URL либо артикул lockId_<номер> или тег <номер>:lockId у ресурса.",
};

const NOTHING_LEFT: Text = {
  en: "No door code was made: nothing is left of its validity. It starts ten minutes after the event at the earliest; check validBeforeMinutes, expiredBeforeMinutes and how long before the start the event is sent.",
  ru: "Код доступа не создан: срок его действия пуст. Код начинает работать не раньше чем через десять минут после события; проверьте validBeforeMinutes, expiredBeforeMinutes и за сколько до начала отправляется событие.",
};
