import { afterEach, beforeEach, expect, it } from "vitest";
import { addIntegration } from "../../test/support/api-rows.ts";
import { openApiWorld, type ApiWorld } from "../../test/support/api-world.ts";
import { storeHealth } from "./integrations.store.ts";

let api: ApiWorld;

beforeEach(async () => {
  api = await openApiWorld();
});
afterEach(() => api[Symbol.asyncDispose]());

it("lists accounts with how they fare, and their secrets masked", async () => {
  const id = await addIntegration(api, { provider: "ttlock", settings: { username: "studio" } });
  const error = { en: "The password was refused.", ru: "Пароль отклонён." };
  const key = { workspaceId: "main", id };
  await storeHealth(api.database, key, {
    breaker: undefined,
    status: "has-errors",
    errorAt: 7,
    error,
  });
  const { said, json } = await api.get("/integrations");
  expect(said).not.toContain("canary");
  expect(json()).toMatchObject({
    items: [
      {
        id,
        provider: "ttlock",
        status: "has-errors",
        lastOkAt: null,
        lastErrorAt: 7,
        lastError: error,
      },
    ],
  });
  const [{ settings }] = (json() as { items: [{ settings: { name: string; value: string }[] }] })
    .items;
  const values = Object.fromEntries(settings.map(({ name, value }) => [name, value]));
  expect(values).toMatchObject({ username: "studio", password: "•••••" });
});

it("shows an account whose provider this version does not have", async () => {
  await addIntegration(api, { provider: "gone" });
  expect((await api.get("/integrations")).json()).toMatchObject({
    items: [{ provider: "gone", name: "gone", settings: [] }],
  });
});
