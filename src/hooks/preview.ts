import {
  describeCode,
  guestText,
  planCode,
  type CodePlan,
  type CodeValues,
} from "#access-codes/index.ts";
import type { ChannelManifest } from "#channels/channel.ts";
import type { Booking } from "#domain/booking.ts";
import {
  notifiedParticipants,
  readLocale,
  renderNotification,
  renderText,
  type FormatValues,
} from "#notifications/index.ts";
import type { HookReading } from "./hook-reading.ts";

/** What a hook would do with a sample booking. */
export interface Preview {
  readonly madeAt: number;
  readonly timeZone: string;
  /** Absent: the zone's own short name. */
  readonly zoneLabel: string | undefined;
  readonly booking: Pick<Booking, "number" | "startsAt" | "endsAt">;
  readonly code: CodePreview | undefined;
  readonly message: MessagePreview | undefined;
  /** Parameters that have to be right before there is anything to show. */
  readonly waitsFor: readonly string[];
}

export type CodePreview =
  | Exclude<CodePlan, { plan: "issue" }>
  | (Extract<CodePlan, { plan: "issue" }> & {
      /** Made up; the real ones are random. */
      readonly digits: string;
      /** The text for the order's description. */
      readonly description: string;
      /** Whether the locks are named by the booking, so that the sample's number stands in. */
      readonly areLocksFromBooking: boolean;
    });

export interface MessagePreview {
  readonly channel: string;
  readonly markup: ChannelManifest["markup"];
  /** One message, or the parts of a long one. */
  readonly texts: readonly string[];
  readonly to: "guest" | "phone";
}

type Values = CodeValues & FormatValues & { readonly message?: string; readonly phone?: string };

/** Shows what a hook makes of a booking: its code's validity, its message as rendered. Pure; holds no secret. */
export function makePreview(reading: HookReading, sample: Booking, now: number): Preview {
  const values = reading.values as unknown as Values;
  const waitsFor = unreadable(reading);
  const isReady = waitsFor.length === 0;
  const { timeZone, zoneLabel } = readLocale({
    ...values,
    timezone: values.timezone ?? "Europe/Moscow",
  });
  const code = isReady && reading.lock ? previewCode(values, sample, now) : undefined;
  return {
    madeAt: now,
    timeZone,
    zoneLabel,
    booking: { number: sample.number, startsAt: sample.startsAt, endsAt: sample.endsAt },
    code,
    message: isReady ? previewMessage(reading, { values, sample, code }) : undefined,
    waitsFor,
  };
}

/** Given, and of no use. What merely lets us in at the vendor, or says whom to tell, shapes nothing that is shown. */
function unreadable({ shown, values }: HookReading): readonly string[] {
  return shown
    .filter(({ value }) => value !== undefined && value !== "")
    .filter(({ parameter }) => !parameter.isRequired && parameter.kind !== "email")
    .map(({ parameter }) => parameter.name)
    .filter((name) => !Object.hasOwn(values, name));
}

function previewCode(values: Values, booking: Booking, receivedAt: number): CodePreview {
  const plan = planCode({ booking, values, receivedAt, before: undefined });
  if (plan.plan !== "issue") return plan;
  const digits = sampleDigits(values.codeDigits, values.codeLength);
  return {
    ...plan,
    digits,
    description: describeCode(toldCode(plan, digits), values),
    areLocksFromBooking: values.lockId === undefined,
  };
}

function toldCode({ validity }: Extract<CodePlan, { plan: "issue" }>, digits: string) {
  const { validFrom, validTo } = validity;
  return { digits, validFrom, validTo, offline: [], isOwnUsed: true };
}

/** The same for the same parameters, and looking like a code. */
function sampleDigits(alphabet: string, length: number): string {
  const digits = [...new Set(alphabet)];
  return Array.from(
    { length },
    (_, place) => digits[(4 + place * 37 + place ** 3) % digits.length],
  ).join("");
}

interface Scene {
  readonly values: Values;
  readonly sample: Booking;
  readonly code: CodePreview | undefined;
}

function previewMessage(reading: HookReading, scene: Scene): MessagePreview | undefined {
  if (!reading.channel) return undefined;
  const { name: channel, markup, maxTextLength: maxLength } = reading.channel.provider.manifest;
  const { values, sample } = scene;
  if (reading.lock) {
    const { code } = scene;
    if (code?.plan !== "issue") return undefined;
    const text = guestText(toldCode(code, code.digits), values);
    return { channel, markup, to: "guest", texts: renderText({ text, markup, maxLength }) };
  }
  if (values.phone !== undefined) {
    const texts = renderText({ text: values.message ?? "", markup, maxLength });
    return { channel, markup, to: "phone", texts };
  }
  const texts = renderNotification({
    booking: sample,
    participant: notifiedParticipants(sample)[0],
    parameters: values,
    message: values.message,
    markup,
    maxLength,
  });
  return { channel, markup, to: "guest", texts };
}
