import { bookingSources } from "#booking-sources/registry.ts";

const ORDER = "5a3e000100000000000000000000bead";
const GUEST = "7000000007";
const FIRST_GUEST = 1_000_000_000;

/** A booking event of the source's own shape with at least so many bytes; `fill` makes events out of it. */
export function bookingEvent(size: number): string {
  const event = bookingSources.torrow.sampleEvent({
    now: Date.now(),
    orderId: ORDER,
    telegramId: GUEST,
    size,
  });
  return JSON.stringify(event);
}

/** As short as a messenger's update, and still an event: the order and its guest, of exactly so many bytes. */
export function shortEvent(size: number): string {
  const event = bookingSources.torrow.sampleEvent({
    now: Date.now(),
    orderId: ORDER,
    telegramId: GUEST,
  }) as { readonly CaseItem: Readonly<Record<string, unknown>> } & Readonly<
    Record<string, unknown>
  >;
  const { Id, CaseState, StartDate, EndDate, Place, OrderNumber, ObjectInfo } = event.CaseItem;
  const order = { Id, CaseState, StartDate, EndDate, Place, OrderNumber, ObjectInfo };
  const { EventType, IntegrationConfigList } = event;
  const short = { EventType, IntegrationConfigList, CaseItem: { ...order, Description: "" } };
  const words = "Ждём вас в назначенное время. ".repeat(size);
  const left = size - Buffer.byteLength(JSON.stringify(short));
  const described = { ...short.CaseItem, Description: cut(words, left) };
  return JSON.stringify({ ...short, CaseItem: described });
}

/** The same event of another order and another guest, each number one of its own; the length stays. */
export function fill(template: string, guest: number): string {
  const order = `5a3e0001${String(guest).padStart(24, "0")}`;
  return template.replaceAll(ORDER, order).replaceAll(GUEST, String(FIRST_GUEST + guest));
}

/** The chat that a filled event's guest is written to in. */
export function chatOf(guest: string): string {
  return String(FIRST_GUEST + Number(guest));
}

function cut(text: string, bytes: number): string {
  return Buffer.from(text).subarray(0, bytes).toString("utf8").replaceAll("\uFFFD", "");
}
