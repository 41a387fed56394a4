import { expect, it } from "vitest";
import { startTelegramSimulator, type TelegramSimulator } from "./telegram.ts";

const token = "123456:AAE";

it.each<[string, Record<string, string>, string]>([
  ["an empty text", { chat_id: "1", text: " " }, "message text is empty"],
  ["no chat", { text: "x" }, "chat_id is empty"],
  ["a name for a chat", { chat_id: "@ann", text: "x" }, "chat not found"],
  ["a text too long by one", { chat_id: "1", text: "ж".repeat(4097) }, "message is too long"],
  ["half of a tag", { chat_id: "1", text: "<b>x", parse_mode: "HTML" }, "can't parse entities"],
  ["an unknown markup", { chat_id: "1", text: "x", parse_mode: "x" }, "unsupported parse_mode"],
])("refuses %s", async (_, body, description) => {
  await using telegram = await start();
  const answer = await call(telegram, "sendMessage", body);
  expect(answer).toMatchObject({ ok: false, error_code: 400 });
  expect(answer["description"]).toContain(description);
  expect(telegram.sent).toEqual([]);
});

it("counts a text's length after its markup", async () => {
  await using telegram = await start();
  const text = `<b>${"&lt;".repeat(4096)}</b>`;
  expect(
    await call(telegram, "sendmessage", { chat_id: "1", text, parse_mode: "html" }),
  ).toMatchObject({
    ok: true,
  });
  expect(telegram.sent[0]?.text).toHaveLength(4096);
});

it.each([
  ["/bot123456:AAE/nothing", 404],
  ["/botx/getMe", 404],
  ["/bot123456:other/getMe", 401],
  ["/bot123456:AAE/getMe?x=1", 200],
])("answers %s with %i", async (path, status) => {
  await using telegram = await start();
  expect((await fetch(telegram.url + path)).status).toBe(status);
});

it("lets a guest block and come back", async () => {
  await using telegram = await start();
  telegram.block("1");
  expect(await call(telegram, "sendMessage", { chat_id: "1", text: "x" })).toMatchObject({
    error_code: 403,
  });
  telegram.unblock("1");
  await call(telegram, "sendMessage", { chat_id: "1", text: "x" });
  expect(telegram.sent).toMatchObject([{ chatId: "1", text: "x" }]);
});

async function start(): Promise<TelegramSimulator> {
  const telegram = await startTelegramSimulator();
  telegram.addBot(token);
  return telegram;
}

async function call(telegram: TelegramSimulator, method: string, body: Record<string, string>) {
  const answer = await fetch(`${telegram.url}/bot${token}/${method}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return (await answer.json()) as Record<string, unknown>;
}
