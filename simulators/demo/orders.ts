import type { Text } from "#domain/text.ts";
import { makeParticipant, makeResource, type SimulatedOrder } from "../torrow.ts";
import type { Studio } from "./studio.ts";

/** A guest of the stories, with contacts that no real person has. */
export interface Guest {
  readonly name: string;
  readonly phone: string;
  readonly telegramId: string;
}

const hour = 3_600_000;
const day = 24 * hour;
/** Moscow is ahead of UTC by this, all year. */
const moscow = 3 * hour;

export interface NewOrder {
  readonly number: number;
  readonly guest: Guest;
  /** Tomorrow, Moscow time. */
  readonly fromHour: number;
  readonly hours: number;
  readonly room: string;
}

/** Books a room for tomorrow at the booking service; nobody is told until an event goes out. */
export function book({ torrow }: Studio, order: NewOrder): SimulatedOrder {
  const { number, guest, fromHour, hours, room } = order;
  const tomorrow = Math.floor((Date.now() + moscow) / day + 1) * day - moscow;
  const startsAt = tomorrow + fromHour * hour;
  return torrow.createOrder({
    number,
    startsAt,
    endsAt: startsAt + hours * hour,
    service: { id: "c0de0002000000000000000000000001", name: "Аренда студии" },
    resources: [makeResource({ name: room, description: null, price: 1_200, amount: hours })],
    participants: [
      makeParticipant({
        fields: [
          { type: 1, name: "Имя", value: guest.name },
          { type: 7, name: "Телефон", value: guest.phone },
          { type: 101, name: "*TelegramId", value: guest.telegramId },
        ],
      }),
    ],
  });
}

/** `12:00–14:00` of Moscow. */
export function timeOf({ startsAt, endsAt }: { startsAt: number; endsAt: number }): Text {
  const clock = (at: number): string => new Date(at + moscow).toISOString().slice(11, 16);
  const text = `${clock(startsAt)}–${clock(endsAt)}`;
  return { en: text, ru: text };
}

/** `482 913`. */
export const grouped = (digits: string): string => digits.replace(/(\d{3})(?=\d)/g, "$1 ");
