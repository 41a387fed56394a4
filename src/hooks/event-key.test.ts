import { expect, test } from "vitest";
import type { BookingEvent } from "#domain/booking.ts";
import { aBooking, aParticipant } from "../../test/support/a-booking.ts";
import { eventKey } from "./event-key.ts";

const event = (given: Partial<BookingEvent> = {}): BookingEvent => ({
  booking: aBooking(),
  type: "CaseActionEvent",
  integrationId: "i1",
  ...given,
});

const key = (given?: Partial<BookingEvent>, hookId = "hook-1") =>
  eventKey(event(given), hookId).toString("hex");

test("the same event has the same key, whatever order its participants stand in", () => {
  const [a, b] = [aParticipant({ id: "a" }), aParticipant({ id: "b" })];
  expect(key()).toBe(key());
  expect(key({ booking: aBooking({ participants: [a, b] }) })).toBe(
    key({ booking: aBooking({ participants: [b, a] }) }),
  );
});

test.each([
  ["another order", { booking: aBooking({ id: "c2" }) }],
  ["another version", { booking: aBooking({ version: 2 }) }],
  ["another type of event", { type: "CaseCancel" }],
  ["another integration", { integrationId: "i2" }],
  ["another participant", { booking: aBooking({ participants: [aParticipant({ id: "p2" })] }) }],
] as const)("%s is another event", (_, given) => {
  expect(key(given)).not.toBe(key());
});

test("the same event at a hook with other parameters is another one", () => {
  expect(key({}, "hook-2")).not.toBe(key());
});

test("without a version, the times and the state tell events apart", () => {
  const unversioned = { version: undefined };
  expect(key({ booking: aBooking(unversioned) })).toBe(key({ booking: aBooking(unversioned) }));
  expect(key({ booking: aBooking({ ...unversioned, startsAt: 1 }) })).not.toBe(
    key({ booking: aBooking(unversioned) }),
  );
  expect(key({ booking: aBooking({ ...unversioned, state: "cancelled" }) })).not.toBe(
    key({ booking: aBooking(unversioned) }),
  );
});
