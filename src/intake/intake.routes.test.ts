import { afterEach, beforeEach, expect, it } from "vitest";
import { makeId } from "#platform/uuid.ts";
import { addEvent } from "../../test/support/api-rows.ts";
import { openApiWorld, type ApiWorld } from "../../test/support/api-world.ts";

let api: ApiWorld;

beforeEach(async () => {
  api = await openApiWorld();
});
afterEach(() => api[Symbol.asyncDispose]());

const reason = { en: "Of an unknown shape.", ru: "Неизвестный вид." };

it("lists what came in without its body, newest first, by state and in pages", async () => {
  const first = await addEvent(api, { state: "quarantined", reason });
  api.clock.now += 1;
  const second = await addEvent(api);
  api.clock.now += 1;
  const third = await addEvent(api, { state: "quarantined", reason });
  const page = await api.get("/intake?limit=2");
  expect(page.said).not.toContain("canary");
  expect(page.json()).toMatchObject({
    items: [{ id: third }, { id: second, state: "received", reason: null, bookingId: null }],
    next: second,
  });
  expect((await api.get(`/intake?before=${second}`)).json()).toEqual({
    items: [
      {
        id: first,
        source: "hook:ttlock",
        hookId: "hook-1",
        receivedAt: api.clock.now - 2,
        state: "quarantined",
        reason,
        bookingId: null,
      },
    ],
    next: null,
  });
  expect((await api.get("/intake?state=quarantined")).json()).toMatchObject({
    items: [{ id: third }, { id: first }],
  });
});

it("replays an event that was worked on or put aside, once per key", async () => {
  const id = await addEvent(api, { state: "quarantined", reason });
  const again = { headers: { "idempotency-key": "k1" } };
  for (let n = 0; n < 2; n += 1)
    expect((await api.post(`/intake/${id}/replay`, again)).status).toBe(202);
  expect(api.planned).toEqual([`replay ${id}`]);
});

it("replays neither what is about to be worked on nor what is not there", async () => {
  const { json } = await api.post(`/intake/${await addEvent(api)}/replay`);
  expect(json()).toMatchObject({ status: 409, code: "event_waiting" });
  expect((await api.post(`/intake/${makeId()}/replay`)).status).toBe(404);
  expect(api.planned).toEqual([]);
});
