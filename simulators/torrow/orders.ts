import { randomBytes } from "node:crypto";

/** One order as the simulated booking service holds it. Instants are milliseconds since 1970. */
export interface SimulatedOrder {
  readonly id: string;
  readonly version: number;
  /** Number of the service's enumeration: 20 is by time, 8 cancelled. */
  readonly state: number;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly description: string | null;
  readonly place: string;
  readonly number: number;
  readonly name: string;
  readonly service: { readonly id: string; readonly name: string };
  readonly maxConsumerQuantity: number;
  readonly isDeleted: boolean;
  readonly resources: readonly SimulatedResource[];
  readonly participants: readonly SimulatedParticipant[];
}

export interface SimulatedResource {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly code: string | null;
  readonly tags: readonly string[];
  readonly price: number;
  readonly amount: number;
}

export interface SimulatedParticipant {
  readonly id: string;
  /** 2 is registered, 3 cancelled. */
  readonly state: number;
  readonly fields: readonly {
    readonly type: number;
    readonly name: string;
    readonly value: string;
  }[];
}

const hour = 3_600_000;

/** A booked session of one guest in one room, with what the given members say instead. */
export function makeOrder(
  given: Partial<SimulatedOrder>,
  sequence: { readonly number: number; readonly now: number },
): SimulatedOrder {
  const number = given.number ?? sequence.number;
  const startsAt = given.startsAt ?? Math.ceil(sequence.now / hour) * hour + 24 * hour;
  return {
    id: makeId(),
    version: 1,
    state: 20,
    startsAt,
    endsAt: startsAt + hour,
    description: null,
    place: "Москва, улица Примерная, 12",
    number,
    name: `Запись №${number}`,
    service: { id: "c0de0002000000000000000000000001", name: "Аренда репетиционной" },
    maxConsumerQuantity: 1,
    isDeleted: false,
    resources: [makeResource()],
    participants: [makeParticipant()],
    ...given,
  };
}

export function makeResource(given: Partial<SimulatedResource> = {}): SimulatedResource {
  return {
    id: makeId(),
    name: "Комната «Эхо»",
    description: "Барабаны, два комбика",
    code: null,
    tags: [],
    price: 900,
    amount: 1,
    ...given,
  };
}

export function makeParticipant(given: Partial<SimulatedParticipant> = {}): SimulatedParticipant {
  return {
    id: makeId(),
    state: 2,
    fields: [
      { type: 1, name: "Имя", value: "Пётр Образцов" },
      { type: 7, name: "Телефон", value: "8 (900) 000-00-01" },
      { type: 101, name: "*TelegramId", value: "100000002" },
    ],
    ...given,
  };
}

function makeId(): string {
  return randomBytes(16).toString("hex");
}
