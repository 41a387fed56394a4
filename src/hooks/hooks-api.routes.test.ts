import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openApiWorld, type ApiWorld } from "../../test/support/api-world.ts";

let api: ApiWorld;

beforeEach(async () => {
  api = await openApiWorld();
});
afterEach(() => api[Symbol.asyncDispose]());

const secret = "123456:canary-token-of-the-bot";
const url = `https://old.example/webhook/telegram?telegramToken=${secret}&telegramFieldName=TelegramId&errorEmail=a+b@example.com&key=canary-key`;

interface Hook {
  readonly id: string;
  readonly url: string;
  readonly parameters: { readonly name: string; readonly value: string | null }[];
}

const add = async (text = url) => await api.post("/hooks", { body: { url: text } });
const list = async () => ((await api.get("/hooks")).json() as { items: Hook[] }).items;

describe("storing a hook", () => {
  it("gives a short URL with nothing secret in it, and masks what it shows", async () => {
    const { status, said, json } = await add();
    expect(status).toBe(201);
    const hook = json() as Hook;
    expect(hook.url).toBe(`https://concierge.example/webhook/h/${hook.id}`);
    expect(said + JSON.stringify(await list())).not.toContain("canary");
    expect(await list()).toEqual([hook]);
    const values = Object.fromEntries(hook.parameters.map(({ name, value }) => [name, value]));
    expect(values).toMatchObject({
      telegramToken: "•••••ot",
      telegramFieldName: "TelegramId",
      errorEmail: "a+b@example.com",
    });
  });

  it("gives the same hook for the same parameters, in whatever order", async () => {
    const [one, other] = url.split("?")[1]!.split("&");
    const first = (await add()).json() as Hook;
    const rest = url.split("&").slice(2).join("&");
    const second = (
      await add(`https://b.example/webhook/telegram?${other}&${one}&${rest}`)
    ).json() as Hook;
    expect(second.id).toBe(first.id);
    expect(await list()).toHaveLength(1);
  });

  it("refuses a URL that is none of a hook", async () => {
    const { status, json } = await add("https://old.example/webhook/fax?a=1");
    expect(status).toBe(400);
    expect(json()).toMatchObject({
      code: "hook_unknown",
      detail: expect.stringContaining("telegram") as string,
    });
    expect((await add("not a url")).json()).toMatchObject({ errors: [{ path: "url" }] });
  });

  it("refuses parameters that could not work, all at once, without their secrets", async () => {
    const { status, said, json } = await add(
      `https://old.example/webhook/ttlock?password=canary&errorEmail=nobody&codeLength=99`,
    );
    expect(status).toBe(400);
    expect(said).not.toContain("canary");
    const { errors } = json() as { errors: { path: string }[] };
    expect(errors.map(({ path }) => path).sort()).toEqual([
      "url?codeLength",
      "url?errorEmail",
      "url?username",
    ]);
    expect(await list()).toEqual([]);
  });
});

describe("a stored hook", () => {
  it("is tried with our own sample event", async () => {
    const { id } = (await add()).json() as Hook;
    const answer = await api.post(`/hooks/${id}/try`);
    expect(answer.status).toBe(202);
    expect(answer.json()).toEqual({ eventId: expect.stringMatching(/^[\da-f-]{36}$/) as string });
    expect(api.planned).toEqual([`try ${id}`]);
  });

  it("is gone once it is removed, and comes back when it is stored again", async () => {
    const { id } = (await add()).json() as Hook;
    const gone = await api.call("DELETE", `/hooks/${id}`);
    expect([gone.status, gone.said]).toEqual([204, ""]);
    expect(await list()).toEqual([]);
    expect((await api.post(`/hooks/${id}/try`)).status).toBe(404);
    expect((await api.call("DELETE", `/hooks/${id}`)).json()).toMatchObject({
      code: "hook_missing",
    });
    expect(((await add()).json() as Hook).id).toBe(id);
    expect(await list()).toHaveLength(1);
  });

  it("of another workspace is neither shown, tried nor removed", async () => {
    const { id } = (await add()).json() as Hook;
    await api.database.query("update hook set workspace_id = 'other'");
    expect(await list()).toEqual([]);
    expect((await api.post(`/hooks/${id}/try`)).status).toBe(404);
    expect((await api.call("DELETE", `/hooks/${id}`)).status).toBe(404);
  });
});
