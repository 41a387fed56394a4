import * as fc from "fast-check";
import { parse } from "lossless-json";
import { describe, expect, test } from "vitest";
import type { BookingEvent } from "#domain/booking.ts";
import { idOf, receive } from "./inbound.ts";

const orderId = "5a3e0001000000000000000000000001";

function eventOf(body: Record<string, unknown>): BookingEvent {
  const read = receive({ CaseItem: { Id: orderId }, ...body });
  if ("unreadable" in read) throw new Error(read.unreadable);
  return read.event;
}

function orderOf(order: Record<string, unknown>): BookingEvent["booking"] {
  return eventOf({ CaseItem: { Id: orderId, ...order } }).booking;
}

test("the order's id alone is the one that the whole event is read with", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.integer(), fc.object(), fc.constant(null)), (id) => {
      for (const body of [{ CaseItem: { Id: id } }, { CaseItem: [{ Id: id }] }, id]) {
        const read = receive(body);
        expect(idOf(body)).toBe("event" in read ? read.event.booking.id : undefined);
      }
    }),
  );
});

describe("what can be read", () => {
  test.each([undefined, null, 0, "text", [], {}, { CaseItem: null }, { CaseItem: { Id: " " } }])(
    "%j is unreadable: there is no order id",
    (body) => expect(receive(body)).toEqual({ unreadable: "The body has no CaseItem.Id." }),
  );

  test("an order id alone is enough", () => {
    expect(eventOf({}).booking).toMatchObject({
      source: "torrow",
      id: orderId,
      state: "unknown",
      resources: [],
      participants: [],
    });
  });

  test("any body reads or says that it cannot, without throwing", () => {
    const keys =
      "CaseItem Service Resources CaseParticipants ObjectInfo ItemInfo Fields toString isLosslessNumber Id";
    const anyBody = fc.object({ key: fc.constantFrom(...keys.split(" ")), maxDepth: 4 });
    const isRead = (body: unknown): boolean => {
      const read = receive(body);
      return "event" in read || read.unreadable.length > 0;
    };
    const property = fc.property(
      fc.anything(),
      anyBody,
      (anything, body) =>
        isRead(anything) && isRead(body) && isRead({ ...body, CaseItem: { ...body, Id: 1 } }),
    );
    expect(fc.check(property, { numRuns: 1000 })).toMatchObject({ failed: false });
  });

  test("ids stay whole when the body was parsed without loss", () => {
    const body = parse('{"CaseItem":{"Id":12345678901234567890,"ObjectInfo":{"Version":7}}}');
    expect(receive(body)).toMatchObject({
      event: { booking: { id: "12345678901234567890", version: 7 } },
    });
  });
});

describe("lists", () => {
  const hall = { Id: "a", ItemInfo: { Name: "Зал" } };
  const desk = { Id: "b", ItemInfo: { Name: "Стол" } };
  const guest = { Tid: "p", CaseParticipantType: 1001, CaseParticipantState: 2 };

  test("one element may come alone or in a list", () => {
    expect(eventOf({ Resources: hall }).booking.resources).toEqual(
      eventOf({ Resources: [hall] }).booking.resources,
    );
    expect(eventOf({ CaseParticipants: guest }).booking.participants).toEqual(
      eventOf({ CaseParticipants: [guest] }).booking.participants,
    );
    expect(eventOf({ IntegrationConfigList: "i" }).integrationId).toBe("i");
    expect(eventOf({ IntegrationConfigList: ["i", "j"] }).integrationId).toBe("i");
  });

  test("several elements keep their order, and what is no object is left out", () => {
    const { resources } = eventOf({ Resources: [hall, null, "x", desk] }).booking;
    expect(resources.map((one) => one.name)).toEqual(["Зал", "Стол"]);
  });

  test("amount and price come from the booked line of the same resource", () => {
    const { resources } = eventOf({
      CaseItem: {
        Id: orderId,
        BookingResourceList: [
          { Tid: "b", Amount: 3, SalePrice: "1 200,50" },
          { Tid: "a", Amount: 1, SalePrice: null },
        ],
      },
      Resources: [{ ...hall, PriceProperties: { SalePrice: "950 ₽", CurrencyCode: "RUB" } }, desk],
    }).booking;
    expect(resources[0]).toMatchObject({ amount: 1, price: 950, currency: "RUB" });
    expect(resources[1]).toMatchObject({ amount: 3, price: 1200.5 });
  });
});

describe("enumerations", () => {
  test.each([
    [1, "open"],
    ["2", "open"],
    [3, "open"],
    [4, "open"],
    [20, "open"],
    ["TimeControlled", "open"],
    [5, "completed"],
    ["Closed", "completed"],
    [7, "rejected"],
    [8, "cancelled"],
    ["Canceled", "cancelled"],
    [99, "unknown"],
    [null, "unknown"],
  ])("order state %j is %s", (state, expected) => {
    expect(orderOf({ CaseState: state }).state).toBe(expected);
  });

  test("a deleted order is cancelled whatever its state, an unknown word deletes nothing", () => {
    expect(orderOf({ CaseState: 20, ObjectInfo: { DeleteState: 1 } }).state).toBe("cancelled");
    expect(orderOf({ CaseState: 20, ObjectInfo: { DeleteState: "Deleted" } }).state).toBe(
      "cancelled",
    );
    expect(orderOf({ CaseState: 20, ObjectInfo: { DeleteState: "Active" } }).state).toBe("open");
    expect(orderOf({ CaseState: 20, ObjectInfo: { DeleteState: 0 } }).state).toBe("open");
  });

  test("event types are known by number and by name, and unknown ones are taken as they are", () => {
    expect(eventOf({ EventType: 3060 }).type).toBe("CaseActionEvent");
    expect(eventOf({ EventType: "UpdateCase" }).type).toBe("UpdateCase");
    expect(eventOf({ EventType: 4711 }).type).toBe("4711");
    expect(eventOf({}).type).toBe("unknown");
  });

  test("participants and their fields are known by number and by name", () => {
    const [guest, other] = eventOf({
      CaseParticipants: [
        {
          Tid: 12,
          CaseParticipantType: 1001,
          CaseParticipantState: 3,
          ContactInformation: {
            Fields: [
              { ParticipationFieldType: 8, Name: "Телефон", Value: 89000000000 },
              { ParticipationFieldType: "MainEmail", Name: "Email", Value: "a@example.com" },
              { ParticipationFieldType: 101, Name: "Пусто", Value: null },
            ],
          },
        },
        { CaseParticipantType: "Executor", CaseParticipantState: "Registered" },
      ],
    }).booking.participants;
    expect(guest).toMatchObject({
      id: "12",
      role: "consumer",
      state: "cancelled",
      fields: [
        { type: "verified-phone", value: "89000000000" },
        { type: "email", value: "a@example.com" },
      ],
    });
    expect(other).toMatchObject({ id: undefined, role: "executor", state: "registered" });
  });
});

describe("times", () => {
  const instant = Date.UTC(2026, 4, 8, 8, 15);

  test.each([
    ["2026-05-08T08:15:00Z", instant],
    ["2026-05-08T08:15:00", instant],
    ["2026-05-08T08:15:00.0000000", instant],
    ["2026-05-08T11:15:00+03:00", instant],
    ["0001-01-01T00:00:00", undefined],
    ["soon", undefined],
    [null, undefined],
  ])("%j is UTC unless it says otherwise", (written, expected) => {
    expect(orderOf({ StartDate: written }).startsAt).toBe(expected);
  });
});

describe("kind", () => {
  const start = { StartDate: "2026-05-08T08:15:00Z" };

  test.each([
    { when: "several guests at once", order: { ...start, MaxConsumerQuantity: 12 }, kind: "event" },
    { when: "the word Заказ", order: { ...start, ItemInfo: { Name: "Заказ №7" } }, kind: "order" },
    {
      when: "the word Заявка",
      order: { ...start, ItemInfo: { Name: "Заявка №7" } },
      kind: "order",
    },
    { when: "the word Запись", order: { ItemInfo: { Name: "Запись №7" } }, kind: "appointment" },
    { when: "the word Участие", order: { ...start, ItemInfo: { Name: "Участие" } }, kind: "event" },
    { when: "no start", order: {}, kind: "order" },
    { when: "whole days", order: start, session: { SessionPrecisionType: 3 }, kind: "order" },
    { when: "no duration", order: start, session: { SessionDurationType: 1 }, kind: "order" },
    { when: "nothing else", order: start, kind: "appointment" },
  ])("$when makes it $kind", ({ order, session, kind }) => {
    const body = {
      CaseItem: { Id: orderId, ...order },
      Service: { SessionDurationProperties: session },
    };
    expect(eventOf(body).booking.kind).toBe(kind);
  });
});

test("descriptions are read as people see them, without their markup and our marks", () => {
  const { description } = orderOf({
    Description: "Вход со двора<br><b>Домофон</b> 12 &amp; 14\u2063\u2062*** Код 1 ***\u2063\u2064",
  });
  expect(description).toBe("Вход со двора\nДомофон 12 & 14*** Код 1 ***");
});

test("an order number is its full form, else made of the sequence", () => {
  expect(orderOf({ OrderNumber: { FullNumber: "№180", SequenceNumber: 180 } }).number).toBe("№180");
  expect(orderOf({ OrderNumber: { SequenceNumber: 180 } }).number).toBe("№180");
  expect(orderOf({}).number).toBeUndefined();
});

test.each(["<!--", " ", "<br ", "<a ", "\n ", "&amp", "\u2063\u2062\u2063"])(
  "a megabyte of %j in a description is read in no time",
  (piece) => {
    const started = performance.now();
    const written = `a${piece.repeat(1_000_000 / piece.length)}b`;
    expect(orderOf({ Description: written }).description).toMatch(/^a/u);
    expect(performance.now() - started).toBeLessThan(2_000);
  },
);

test("takes texts that no database holds, and an id too long to be one", () => {
  const odd = receive(JSON.parse(String.raw`{"CaseItem":{"Id":"a\ud800\u0000b"}}`));
  const long = receive({ CaseItem: { Id: "1".repeat(201) } });

  expect(odd).toMatchObject({ event: { booking: { id: "a\uFFFDb" } } });
  expect(long).toEqual({ unreadable: "Its CaseItem.Id is longer than any order's." });
});
