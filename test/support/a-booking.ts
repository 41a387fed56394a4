import type { Booking, BookingResource, Participant } from "#domain/booking.ts";
import { formatParameters, type FormatValues } from "../../src/notifications/format-parameters.ts";

/** Noon in Moscow, nine o'clock in UTC. */
export const bookedAt = Date.UTC(2026, 5, 16, 9);

export function aBooking(given: Partial<Booking> = {}): Booking {
  return {
    source: "torrow",
    id: "c1",
    version: 1,
    state: "open",
    startsAt: bookedAt,
    endsAt: bookedAt + 90 * 60_000,
    number: "№180",
    kind: "appointment",
    description: "Вход со двора",
    address: "Москва, улица Примерная, 12",
    service: { id: "s1", name: "Фотосессия", url: "https://booking.example/service;id=s1" },
    url: "https://booking.example/case;id=c1",
    resources: [aResource()],
    participants: [aParticipant()],
    ...given,
  };
}

export function aResource(given: Partial<BookingResource> = {}): BookingResource {
  return {
    id: "r1",
    name: "Зал «Север»",
    description: "Светлый, 40 м²",
    code: undefined,
    tags: [],
    price: 2400,
    currency: "RUB",
    amount: 1,
    unitCode: 796,
    ...given,
  };
}

export function aParticipant(given: Partial<Participant> = {}): Participant {
  return {
    id: "p1",
    role: "consumer",
    state: "registered",
    fields: [
      { type: "full-name", name: "Имя", value: "Анна" },
      { type: "main-phone", name: "Телефон", value: "8 (900) 000-00-00" },
      { type: "other", name: "*TelegramId", value: "100000001" },
    ],
    comment: undefined,
    timeZone: "Europe/Moscow",
    ...given,
  };
}

/** What the formatting parameters are when a URL says nothing, with what is given instead. */
export function formatValues(given: Partial<FormatValues> = {}): FormatValues {
  const declared = formatParameters.flatMap((parameter) =>
    "default" in parameter
      ? [
          [
            parameter.name,
            parameter.kind === "boolean" ? parameter.default === "true" : parameter.default,
          ],
        ]
      : [],
  );
  return { ...(Object.fromEntries(declared) as FormatValues), ...given };
}
