import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { note } from "#platform/live/live.store.ts";
import { makeId } from "#platform/uuid.ts";
import { aParticipant, bookedAt } from "../../test/support/a-booking.ts";
import { addBooking, addCode, addDelivery, addIntegration } from "../../test/support/api-rows.ts";
import { openApiWorld, type ApiWorld } from "../../test/support/api-world.ts";

let api: ApiWorld;

beforeEach(async () => {
  api = await openApiWorld();
});
afterEach(() => api[Symbol.asyncDispose]());

describe("one booking", () => {
  it("is told whole, in the shape that the console was promised", async () => {
    const { now } = api.clock;
    const bookingId = await addBooking(api);
    const integrationId = await addIntegration(api);
    const deliveryId = await addDelivery(api, { bookingId, integrationId, state: "sent" });
    await api.database.query(
      "insert into attempt values ('main', $1, 1, 10, 20, 'send', 'accepted', null, $2)",
      [
        deliveryId,
        JSON.stringify([
          {
            at: 11,
            method: "POST",
            url: "https://a.example/***",
            status: 200,
            durationMs: 3,
            more: 1,
          },
        ]),
      ],
    );
    const placed = {
      remoteId: "r",
      generation: 1,
      validFrom: 1,
      validTo: 2,
      isConfirmed: true,
      isOffline: false,
    };
    const codeId = await addCode(api, {
      bookingId,
      locks: [{ lockName: "Дверь", state: "confirmed", placed }, { lockId: "78" }],
    });
    const text = { en: "Sent.", ru: "Отправлено." };
    await note(api.database, [
      { workspaceId: "main", at: 9, mark: "done", text, bookingId, deliveryId },
      { workspaceId: "main", at: 9, mark: "done", text, bookingId: makeId() },
    ]);
    const { json } = await api.get(`/bookings/${bookingId}`);
    expect(json()).toEqual({
      id: bookingId,
      booking: {
        number: "№180",
        kind: "appointment",
        state: "open",
        startsAt: bookedAt,
        endsAt: bookedAt + 5_400_000,
        service: { name: "Фотосессия", url: "https://booking.example/service;id=s1" },
        address: "Москва, улица Примерная, 12",
        url: "https://booking.example/case;id=c1",
        resources: [{ name: "Зал «Север»" }],
        guests: [{ name: "Анна", state: "registered" }],
      },
      codes: [
        {
          id: codeId,
          validFrom: now,
          validTo: now + 3_600_000,
          keepUntil: now + 7_200_000,
          isWanted: true,
          locks: [
            {
              lockId: "77",
              lockName: "Дверь",
              state: "confirmed",
              isOffline: false,
              validFrom: 1,
              validTo: 2,
            },
            {
              lockId: "78",
              lockName: null,
              state: "planned",
              isOffline: false,
              validFrom: null,
              validTo: null,
            },
          ],
        },
      ],
      deliveries: [
        {
          id: deliveryId,
          kind: "message",
          channel: "telegram",
          recipient: "10•••01",
          state: "sent",
          detail: null,
          bookingId,
          hookId: "hook-1",
          createdAt: now,
          nextTryAt: null,
          finishedAt: null,
          attempts: [
            {
              number: 1,
              startedAt: 10,
              finishedAt: 20,
              act: "send",
              outcome: "accepted",
              detail: null,
              exchanges: [
                {
                  at: 11,
                  method: "POST",
                  url: "https://a.example/***",
                  status: 200,
                  durationMs: 3,
                },
              ],
            },
          ],
        },
      ],
      timeline: [
        {
          cursor: expect.stringMatching(/^\d+-\d+$/) as string,
          at: 9,
          mark: "done",
          text,
          deliveryId,
        },
      ],
    });
  });

  it("shows neither the guest's contacts nor a code that stands in the description", async () => {
    const bookingId = await addBooking(api, {
      description: "Код доступа: 482913",
      participants: [
        aParticipant({
          comment: "canary-comment",
          fields: [
            { type: "last-name", name: "Фамилия", value: "Петрова" },
            { type: "first-name", name: "Имя", value: "Анна" },
            { type: "main-phone", name: "Телефон", value: "+79000000000" },
            { type: "email", name: "Почта", value: "canary@example.com" },
          ],
        }),
        aParticipant({
          id: "p2",
          role: "executor",
          fields: [{ type: "full-name", name: "", value: "canary-staff" }],
        }),
      ],
    });
    await addCode(api, { bookingId });
    const { said, json } = await api.get(`/bookings/${bookingId}`);
    expect(json()).toMatchObject({ booking: { guests: [{ name: "Анна Петрова" }] } });
    expect(said).not.toMatch(/canary|482913|79000000000/);
  });

  it("of another workspace is not there", async () => {
    const id = await addBooking(api, { workspaceId: "other" });
    for (const path of [`/bookings/${id}`, `/bookings/${makeId()}`]) {
      const { status, json } = await api.get(path);
      expect(status).toBe(404);
      expect(json()).toMatchObject({ code: "booking_missing" });
    }
  });
});
