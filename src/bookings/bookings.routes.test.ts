import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { bookedAt } from "../../test/support/a-booking.ts";
import { addBooking, addDelivery } from "../../test/support/api-rows.ts";
import { openApiWorld, type ApiWorld } from "../../test/support/api-world.ts";

let api: ApiWorld;

beforeEach(async () => {
  api = await openApiWorld();
});
afterEach(() => api[Symbol.asyncDispose]());

interface Page {
  readonly items: { readonly id: string; readonly trouble: string }[];
  readonly next: string | null;
}

const list = async (query = "") => (await api.get(`/bookings${query}`)).json() as Page;

describe("the list of bookings", () => {
  it("tells what a screen shows, the one changed last first", async () => {
    const older = await addBooking(api);
    api.clock.now += 1;
    const id = await addBooking(api, {
      number: undefined,
      startsAt: undefined,
      service: { id: undefined, name: undefined, url: undefined },
      state: "cancelled",
    });
    await addBooking(api, { workspaceId: "other" });
    expect(await list()).toEqual({
      items: [
        {
          id,
          number: null,
          state: "cancelled",
          startsAt: null,
          endsAt: bookedAt + 5_400_000,
          serviceName: null,
          updatedAt: api.clock.now,
          trouble: "none",
        },
        {
          id: older,
          number: "№180",
          state: "open",
          startsAt: bookedAt,
          endsAt: bookedAt + 5_400_000,
          serviceName: "Фотосессия",
          updatedAt: api.clock.now - 1,
          trouble: "none",
        },
      ],
      next: null,
    });
  });

  it("comes in pages that lose nothing and repeat nothing, though bookings change meanwhile", async () => {
    const ids: string[] = [];
    for (let n = 0; n < 5; n += 1) ids.unshift(await addBooking(api, { id: `order-${n}` }));
    ids.sort().reverse();
    const first = await list("?limit=2");
    expect(first.items.map(({ id }) => id)).toEqual(ids.slice(0, 2));
    api.clock.now += 1;
    await api.database.query("update booking set updated_at = $1 where id = $2", [
      api.clock.now,
      ids[1],
    ]);
    const second = await list(`?limit=2&before=${first.next}`);
    expect(second.items.map(({ id }) => id)).toEqual(ids.slice(2, 4));
    const third = await list(`?limit=2&before=${second.next}`);
    expect(third.items.map(({ id }) => id)).toEqual(ids.slice(4));
    expect(third.next).toBeNull();
  });

  it.each(["?limit=0", "?limit=201", "?limit=x", "?before=x", `?before=1.${"-".repeat(36)}`])(
    "refuses %s",
    async (query) => {
      expect((await api.get(`/bookings${query}`)).status).toBe(400);
    },
  );

  it.each([
    ["none", ["delivered", "read", "sent", "handed-over", "cancelled"]],
    ["waiting", ["delivered", "queued"]],
    ["trouble", ["queued", "retrying"]],
    ["trouble", ["uncertain", "sent"]],
    ["failed", ["retrying", "refused"]],
    ["failed", ["expired"]],
  ] as const)("says %s where deliveries are %j", async (trouble, states) => {
    const bookingId = await addBooking(api);
    for (const [n, state] of states.entries())
      await addDelivery(api, { bookingId, state, recipient: `${n}` });
    expect((await list()).items[0]!.trouble).toBe(trouble);
  });

  it("forgives a message that arrived at the second try", async () => {
    const bookingId = await addBooking(api);
    await addDelivery(api, { bookingId, state: "refused" });
    api.clock.now += 1;
    await addDelivery(api, { bookingId, state: "delivered" });
    expect((await list()).items[0]!.trouble).toBe("none");
  });
});
