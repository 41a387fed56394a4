import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { receive } from "./inbound.ts";
import { sampleEvent } from "./sample.ts";

const now = Date.UTC(2026, 0, 15, 9);
const published = new URL("../../../docs/samples/booking-event.json", import.meta.url);

test("the sample reads as an open booking of tomorrow with a lock, a phone and a Telegram id", () => {
  const read = receive(sampleEvent({ now }));
  if ("unreadable" in read) throw new Error(read.unreadable);
  const { booking } = read.event;
  expect(read.event.type).toBe("CaseActionEvent");
  expect(booking).toMatchObject({
    state: "open",
    kind: "appointment",
    version: 1,
    startsAt: Date.UTC(2026, 0, 16, 7),
    endsAt: Date.UTC(2026, 0, 16, 8, 30),
  });
  expect(booking.resources[0]).toMatchObject({
    code: "lockId_1000001",
    tags: ["1000001:lockId"],
    price: 2400,
    amount: 1,
  });
  expect(booking.participants[0]?.fields.map((field) => field.name)).toEqual([
    "Имя",
    "Телефон",
    "Email",
    "*TelegramId",
  ]);
});

test("the sample to download is the sample that we send", () => {
  const file: unknown = JSON.parse(readFileSync(published, "utf8"));
  expect(file).toEqual(
    sampleEvent({ now: Date.UTC(2036, 4, 19, 9), orderId: "5a3e0001000000000000000000000001" }),
  );
});

test("each sample is an order of its own unless an id is given", () => {
  const id = (at: number): unknown => (sampleEvent({ now: at })["CaseItem"] as { Id: string }).Id;
  expect(id(now)).not.toBe(id(now + 1));
});

test.each([10_000, 40_000, 200_000])("grows to %i bytes and stays readable", (size) => {
  const event = sampleEvent({ now, size });
  const bytes = Buffer.byteLength(JSON.stringify(event));
  expect(bytes).toBeGreaterThanOrEqual(size);
  expect(bytes).toBeLessThan(size + 3000);
  expect(receive(event)).toHaveProperty("event");
});
