import type { SimulatedOrder } from "../torrow.ts";
import type { BookingDetails } from "./api.ts";
import { book, grouped, timeOf, type Guest } from "./orders.ts";
import type { Stage } from "./stage.ts";
import { names } from "./studio.ts";

const anna: Guest = { name: "Анна Образцова", phone: "8 (900) 000-00-01", telegramId: "100000011" };
const pyotr: Guest = { name: "Пётр Образцов", phone: "8 (900) 000-00-02", telegramId: "100000012" };
const hour = 3_600_000;

/** A booking opens a door, moves, and is cancelled. */
export async function playDoor(stage: Stage): Promise<void> {
  const { studio, hooks } = stage;
  const order = book(studio, { number: 180, guest: anna, fromHour: 12, hours: 2, room: "Студия" });
  stage.tell("told", {
    en: `Anna books the studio for tomorrow, ${timeOf(order).en}.`,
    ru: `Анна бронирует студию на завтра, ${timeOf(order).ru}.`,
  });
  await studio.torrow.emit(order.id, undefined, hooks.frontDoor);
  await tellCode(stage, order, names.frontDoor.id);
  await tellGuest(stage, order);
  await stage.pause();
  await move(stage, order);
  await stage.pause();
  await cancel(stage, order);
}

async function move(stage: Stage, { id }: SimulatedOrder): Promise<void> {
  const { studio, hooks } = stage;
  const moved = studio.torrow.moveOrder(id, hour);
  stage.tell("told", {
    en: `Anna moves it by an hour, to ${timeOf(moved).en}.`,
    ru: `Анна переносит её на час, на ${timeOf(moved).ru}.`,
  });
  await studio.torrow.emit(id, undefined, hooks.frontDoor);
  const validFrom = moved.startsAt - 15 * 60_000;
  await stage.sees(moved, {
    what: { en: "the code's time is moved in the lock", ru: "срок кода в замке сдвинется" },
    isSo: ({ codes }) =>
      codes.some((code) =>
        code.locks.some((lock) => lock.state === "confirmed" && lock.validFrom === validFrom),
      ),
  });
  stage.tell("good", {
    en: "The code stays the same, its time in the lock is moved.",
    ru: "Код остался прежним, его срок в замке сдвинут.",
  });
  await stage.sees(moved, {
    what: { en: "the guest is told the new time", ru: "гостю уйдёт новое время" },
    isSo: isTold(2),
  });
  stage.tell("good", {
    en: "Anna is told the new time.",
    ru: "Анне написано новое время.",
  });
}

async function cancel(stage: Stage, { id }: SimulatedOrder): Promise<void> {
  const { studio, hooks } = stage;
  const cancelled = studio.torrow.cancelOrder(id);
  stage.tell("told", { en: "Anna cancels.", ru: "Анна отменяет бронь." });
  await studio.torrow.emit(id, undefined, hooks.frontDoor);
  await stage.sees(cancelled, {
    what: { en: "the code is gone from the lock", ru: "код исчезнет из замка" },
    isSo: isLock("removed"),
  });
  stage.tell("good", {
    en: "The code is deleted: it opens the door no more.",
    ru: "Код удалён из замка: дверь им больше не открыть.",
  });
}

/** A gateway is offline while a code is due, and comes back. */
export async function playGateway(stage: Stage): Promise<void> {
  const { studio, hooks } = stage;
  const gateway = studio.ttlock.gateway(names.backDoor.gateway);
  gateway.setOnline(false);
  const order = book(studio, {
    number: 181,
    guest: pyotr,
    fromHour: 10,
    hours: 3,
    room: "Мастерская",
  });
  stage.tell("told", {
    en: `Pyotr books the workshop for tomorrow, ${timeOf(order).en}. Its gateway is offline.`,
    ru: `Пётр бронирует мастерскую на завтра, ${timeOf(order).ru}. Шлюз её замка не в сети.`,
  });
  await studio.torrow.emit(order.id, undefined, hooks.backDoor);
  await stage.sees(order, {
    what: { en: "the first try has failed", ru: "сорвётся первая попытка" },
    isSo: ({ timeline }) => timeline.some(({ mark }) => mark === "trouble"),
  });
  stage.tell("warning", {
    en: "The code is not in the lock yet. It is tried again; Pyotr is told nothing that isn't true.",
    ru: "Кода в замке пока нет. Попытки повторяются, а Петру не сообщено ничего лишнего.",
  });
  await stage.pause();
  gateway.setOnline(true);
  stage.tell("told", { en: "The gateway is back.", ru: "Шлюз снова в сети." });
  await tellCode(stage, order, names.backDoor.id);
  await tellGuest(stage, order);
}

async function tellCode(stage: Stage, order: SimulatedOrder, lockId: number): Promise<void> {
  await stage.sees(order, {
    what: { en: "the code is in the lock", ru: "код встанет в замок" },
    isSo: isLock("confirmed"),
  });
  const digits = grouped(stage.studio.ttlock.codesOf(lockId).at(-1)?.code ?? "");
  stage.tell("good", {
    en: `Code ${digits} is in the lock, and the lock's own list shows it.`,
    ru: `Код ${digits} в замке, и список самого замка это подтверждает.`,
  });
}

async function tellGuest(stage: Stage, order: SimulatedOrder): Promise<void> {
  await stage.sees(order, {
    what: { en: "the guest is told", ru: "гостю уйдёт сообщение" },
    isSo: isTold(1),
  });
  stage.tell("good", {
    en: "Only now the guest is told, in Telegram.",
    ru: "Только теперь гостю написано в Telegram.",
  });
  await stage.awaits(
    { en: "the order's description has the code", ru: "код появится в описании заказа" },
    async () => (stage.studio.torrow.orders.get(order.id)?.description ? true : undefined),
  );
  stage.tell("good", {
    en: "The code also stands in the order's description at the booking service.",
    ru: "Код стоит и в описании заказа в сервисе записи.",
  });
}

const isTold =
  (times: number) =>
  ({ deliveries }: BookingDetails): boolean =>
    deliveries.filter(({ kind, state }) => kind === "message" && state === "sent").length >= times;

const isLock =
  (state: string) =>
  ({ codes }: BookingDetails): boolean =>
    codes.some(({ locks }) => locks.length > 0 && locks.every((lock) => lock.state === state));
