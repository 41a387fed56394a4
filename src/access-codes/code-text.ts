import type { Text } from "#domain/text.ts";
import type { CodeValues } from "./code-plan.ts";

/** A code as a person is told it: our own digits, and the vendor's where a lock has an offline code. */
export interface ToldCode {
  readonly digits: string;
  readonly validFrom: number;
  readonly validTo: number;
  readonly offline: readonly {
    readonly lockName: string;
    readonly digits: string;
    readonly validFrom: number;
    readonly validTo: number;
  }[];
  /** Whether any lock takes our own digits. */
  readonly isOwnUsed: boolean;
}

export const DEFAULT_TEMPLATE = "*** Код доступа [passcode]# <br>Код действителен [interval] ***";

/** The text for the order's description: the template with `[passcode]` and `[interval]` filled in, one for each code. */
export function describeCode(code: ToldCode, values: CodeValues): string {
  const template = values.templateMsg ?? DEFAULT_TEMPLATE;
  const own = code.isOwnUsed ? [fill(template, code, values)] : [];
  const offline = code.offline.map(
    (one) => `${fill(template, one, values)} ${OFFLINE.ru(one.lockName)}`,
  );
  return [...own, ...offline].join("<br>");
}

/** The text for the guest: the same words without the description's own marks. */
export function guestText(
  code: ToldCode,
  values: CodeValues & { readonly message?: string },
): string {
  const words = describeCode(code, values)
    .replaceAll(/<br\s*\/?>/gi, "\n")
    .replaceAll(/^[ \t]*\*{3}[ \t]*|[ \t]*\*{3}[ \t]*$/gm, "")
    .replaceAll(/ *\*{3} */g, " ")
    .trim();
  return values.message === undefined ? words : `${values.message}\n\n${words}`;
}

const OFFLINE = {
  ru: (lock: string) =>
    `(запасной код замка ${lock}: введите его не позже чем через сутки после начала)`,
};

interface Filled {
  readonly digits: string;
  readonly validFrom: number;
  readonly validTo: number;
}

function fill(template: string, code: Filled, values: CodeValues): string {
  return template
    .replaceAll("[passcode]", code.digits)
    .replaceAll("[interval]", formatInterval(code.validFrom, code.validTo, values));
}

/** `08.05.2026 11:15 - 11:30 (Мск)`; both dates where they differ. */
export function formatInterval(
  from: number,
  to: number,
  values: Pick<CodeValues, "timezone" | "timezone_name">,
): string {
  const timeZone = values.timezone ?? "Europe/Moscow";
  const day = new Intl.DateTimeFormat("ru-RU", {
    timeZone,
    day: "2-digit",
    month: "2-digit",
    year: "numeric",
  });
  const time = new Intl.DateTimeFormat("ru-RU", { timeZone, hour: "2-digit", minute: "2-digit" });
  const isSameDay = day.format(from) === day.format(to);
  const end = isSameDay ? time.format(to) : `${day.format(to)} ${time.format(to)}`;
  const label =
    values.timezone_name ?? (timeZone === "Europe/Moscow" ? "Мск" : zoneName(timeZone, from));
  return `${day.format(from)} ${time.format(from)} - ${end} (${label})`;
}

function zoneName(timeZone: string, at: number): string {
  const parts = new Intl.DateTimeFormat("ru-RU", { timeZone, timeZoneName: "short" }).formatToParts(
    at,
  );
  return parts.find((part) => part.type === "timeZoneName")?.value ?? timeZone;
}

/** The name under which a code stands on a lock: ASCII, ours, another one for each set of digits. */
export function codeName(
  code: { readonly id: string; readonly generation: number },
  bookingNumber: string | undefined,
): string {
  const number = (bookingNumber ?? "").replaceAll(/[^\dA-Za-z-]/g, "").slice(0, 20);
  return `Booking ${number} ${code.id.slice(-12)}-${code.generation}`.replaceAll(/ +/g, " ");
}

export const CODE_POINTS = {
  planned: { en: "A door code is being set.", ru: "Код доступа устанавливается." },
  moved: {
    en: "The door code's time is being changed.",
    ru: "Время действия кода доступа меняется.",
  },
  revoking: {
    en: "The door code is being revoked: the booking does not take place.",
    ru: "Код доступа отзывается: бронь не состоится.",
  },
  kept: { en: "The door code stays as it is.", ru: "Код доступа остаётся прежним." },
} as const satisfies Record<string, Text>;
