import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeId } from "#platform/uuid.ts";
import { addBooking, addDelivery, addIntegration } from "../../test/support/api-rows.ts";
import { openApiWorld, type ApiWorld } from "../../test/support/api-world.ts";
import { addTrouble } from "./notices.store.ts";

let api: ApiWorld;
let bookingId: string;

beforeEach(async () => {
  api = await openApiWorld();
  bookingId = await addBooking(api);
});
afterEach(() => api[Symbol.asyncDispose]());

interface Page {
  readonly items: { readonly id: string }[];
  readonly next: string | null;
}

async function idsOf(path: string): Promise<readonly (readonly string[])[]> {
  const pages: string[][] = [];
  for (let next: string | null = ""; next !== null;) {
    const { json } = await api.get(`${path}${next === "" ? "" : `&before=${next}`}`);
    const page = json() as Page;
    pages.push(page.items.map(({ id }) => id));
    next = page.next;
  }
  return pages;
}

describe("deliveries", () => {
  it("come newest first, in pages, of one state or of all", async () => {
    const ids: string[] = [];
    for (const state of ["refused", "sent", "refused", "refused"] as const) {
      api.clock.now += 1;
      ids.unshift(await addDelivery(api, { bookingId, state }));
    }
    await addDelivery(api, { bookingId, workspaceId: "other" });
    const [fourth, third, second, first] = ids;
    expect(await idsOf("/deliveries?limit=3")).toEqual([[fourth, third, second], [first]]);
    expect(await idsOf("/deliveries?limit=2&state=refused")).toEqual([[fourth, third], [first]]);
    expect((await api.get("/deliveries?state=lost")).status).toBe(400);
  });

  it("show neither text nor address", async () => {
    const id = await addDelivery(api, { bookingId, integrationId: await addIntegration(api) });
    const one = await api.get(`/deliveries/${id}`);
    expect(one.json()).toMatchObject({ id, channel: "telegram", attempts: [], hookId: "hook-1" });
    expect(one.said + (await api.get("/deliveries")).said).not.toContain("canary");
    expect((await api.get(`/deliveries/${makeId()}`)).json()).toMatchObject({
      code: "delivery_missing",
    });
  });
});

describe("sending again", () => {
  it.each(["refused", "expired", "uncertain"] as const)("is planned once for %s", async (state) => {
    const id = await addDelivery(api, { bookingId, state });
    const again = { headers: { "idempotency-key": "k1" } };
    const first = await api.post(`/deliveries/${id}/resend`, again);
    const second = await api.post(`/deliveries/${id}/resend`, again);
    expect([first.status, second.status]).toEqual([202, 202]);
    expect(first.json()).toEqual({ id });
    expect(api.planned).toEqual([`resend ${id}`]);
    const points = await api.database.query("select mark, delivery_id, booking_id from activity");
    expect(points).toEqual([{ mark: "waiting", delivery_id: id, booking_id: bookingId }]);
  });

  it("by two people at once is done for one of them", async () => {
    const id = await addDelivery(api, { bookingId, state: "refused" });
    const both = await Promise.all([1, 2].map(() => api.post(`/deliveries/${id}/resend`)));
    expect(new Set(both.map(({ status }) => status))).toEqual(new Set([202, 409]));
    expect(api.planned).toHaveLength(1);
  });

  it.each([
    "queued",
    "retrying",
    "held",
    "sent",
    "handed-over",
    "delivered",
    "read",
    "cancelled",
  ] as const)("is refused for %s", async (state) => {
    const id = await addDelivery(api, { bookingId, state });
    const { status, json } = await api.post(`/deliveries/${id}/resend`);
    expect(status).toBe(409);
    expect(json()).toMatchObject({ code: "delivery_not_ended" });
    expect(api.planned).toEqual([]);
  });

  it("is not possible for another workspace's delivery", async () => {
    const id = await addDelivery(api, { bookingId, state: "refused", workspaceId: "other" });
    expect((await api.post(`/deliveries/${id}/resend`)).status).toBe(404);
  });
});

it("mails about trouble are listed with their lines, newest first", async () => {
  const text = { en: "The bot was blocked.", ru: "Гость заблокировал бота." };
  const tell = (cause: string, workspaceId = "main") =>
    api.database.transact((tx) =>
      addTrouble(
        tx,
        { workspaceId, hookId: "hook-1", cause, text, bookingNumber: "№1" },
        api.clock.now,
      ),
    );
  await tell("a");
  await tell("a");
  await tell("elsewhere", "other");
  api.clock.now += 1;
  await tell("b");
  const { json } = await api.get("/notices?limit=1");
  const first = json() as Page;
  expect(first.items).toHaveLength(1);
  const second = (await api.get(`/notices?before=${first.next}`)).json();
  const at = api.clock.now - 1;
  expect(second).toEqual({
    items: [
      {
        id: expect.any(String) as string,
        hookId: "hook-1",
        count: 2,
        lines: [
          { at, bookingNumber: "№1", text },
          { at, bookingNumber: "№1", text },
        ],
        windowFrom: at,
        state: "open",
      },
    ],
    next: null,
  });
});
