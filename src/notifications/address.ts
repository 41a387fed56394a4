import {
  type CountryCode,
  findPhoneNumbersInText,
  isSupportedCountry,
  parsePhoneNumberFromString,
  type PhoneNumber,
} from "libphonenumber-js";
import type { Booking, ContactFieldType, Participant } from "#domain/booking.ts";
import type { Phone } from "#domain/phone.ts";

export type GuestAddress =
  | { readonly kind: "phone"; readonly phone: Phone }
  | { readonly kind: "user"; readonly id: string };

/** Whom a message of this booking goes to: guests who take part, or all of them when none does any longer. */
export function notifiedParticipants(booking: Booking): readonly Participant[] {
  const guests = booking.participants.filter(
    ({ role }) => role === "consumer" || role === "unknown",
  );
  const taking = guests.filter(({ state }) => state !== "cancelled");
  const isOver = booking.state === "cancelled" || booking.state === "rejected";
  return isOver || taking.length === 0 ? guests : taking;
}

/** The messenger's user id, digits out of the contact field of that name; blanks and asterisks in names don't matter. */
export function userAddress(participant: Participant, fieldName: string): GuestAddress | undefined {
  const wanted = bareName(fieldName);
  const ids = participant.fields
    .filter(({ name }) => wanted !== "" && bareName(name) === wanted)
    .map(({ value }) => value.replaceAll(/\s/gu, ""))
    .filter((value) => /^[1-9]\d{0,19}$/u.test(value));
  return ids[0] === undefined ? undefined : { kind: "user", id: ids[0] };
}

function bareName(name: string): string {
  return name.replaceAll(/[\s*]/gu, "").toLowerCase();
}

const phonesByTrust: readonly ContactFieldType[] = [
  "verified-phone",
  "main-phone",
  "additional-phone",
];

/** The most trusted phone that is one: verified, then main, then additional. */
export function phoneAddress(
  participant: Participant,
  defaultCountry = "RU",
): GuestAddress | undefined {
  const phone = phonesByTrust
    .flatMap((wanted) => participant.fields.filter(({ type }) => type === wanted))
    .map(({ value }) => readPhone(value, defaultCountry))
    .find((found) => found !== undefined);
  return phone === undefined ? undefined : { kind: "phone", phone };
}

/** The first number in a text that a person typed: with words around it, as `8XXXXXXXXXX`, abroad without its plus. */
export function readPhone(text: string, defaultCountry = "RU"): Phone | undefined {
  const country: CountryCode = isSupportedCountry(defaultCountry) ? defaultCountry : "RU";
  const digits = text.replaceAll(/\D/gu, "");
  const found = [
    () => parsePhoneNumberFromString(text, country),
    () => findPhoneNumbersInText(text, country)[0]?.number,
    () => parsePhoneNumberFromString(`+${digits}`),
  ].reduce<PhoneNumber | undefined>((known, read) => known ?? valid(read()), undefined);
  return found?.number as Phone | undefined;
}

function valid(phone: PhoneNumber | undefined): PhoneNumber | undefined {
  return phone?.isValid() ? phone : undefined;
}
