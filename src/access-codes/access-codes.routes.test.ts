import { afterEach, beforeEach, expect, it } from "vitest";
import { makeId } from "#platform/uuid.ts";
import { addBooking, addCode } from "../../test/support/api-rows.ts";
import { openApiWorld, type ApiWorld } from "../../test/support/api-world.ts";
import { sealDigits } from "./code-secret.ts";

let api: ApiWorld;

beforeEach(async () => {
  api = await openApiWorld();
});
afterEach(() => api[Symbol.asyncDispose]());

it("reads a code's digits, the spare ones too, and writes down who did", async () => {
  const bookingId = await addBooking(api);
  const offlineDigits = sealDigits(api.vault, "7351946");
  const id = await addCode(api, { bookingId, locks: [{}, { lockId: "78", offlineDigits }] });
  const { status, headers, json } = await api.post(`/codes/${id}/reveal`, {
    token: api.tokens.secrets,
    headers: { "idempotency-key": "k1" },
  });
  expect([status, headers["cache-control"]]).toEqual([200, "no-store"]);
  expect(json()).toEqual({ digits: "482913", offline: [{ lockId: "78", digits: "7351946" }] });
  const points = await api.database.query("select booking_id, access_code_id, text from activity");
  expect(points).toEqual([
    {
      booking_id: bookingId,
      access_code_id: id,
      text: {
        en: "The door code was read by: token-secrets:read.",
        ru: "Код доступа посмотрели: token-secrets:read.",
      },
    },
  ]);
  expect(await api.database.query("select 1 from answered_request")).toEqual([]);
});

it("leaves a trace of each reading", async () => {
  const id = await addCode(api, { bookingId: await addBooking(api) });
  for (let n = 0; n < 2; n += 1)
    await api.post(`/codes/${id}/reveal`, { token: api.tokens.secrets });
  expect(await api.database.query("select 1 from activity")).toHaveLength(2);
});

it("knows no code of another workspace, and is not had by GET", async () => {
  const id = await addCode(api, { bookingId: await addBooking(api) });
  await api.database.query("update access_code set workspace_id = 'other'");
  const { secrets: token } = api.tokens;
  expect((await api.post(`/codes/${id}/reveal`, { token })).json()).toMatchObject({
    code: "code_missing",
  });
  expect((await api.post(`/codes/${makeId()}/reveal`, { token })).status).toBe(404);
  expect((await api.get(`/codes/${id}/reveal`, { token })).status).toBe(405);
  expect(await api.database.query("select 1 from activity")).toEqual([]);
});
