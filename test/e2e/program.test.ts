import { chmod, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runProgram, startProgram, stopProgram, type StartedProgram } from "../support/program.ts";

const hookUrl =
  "https://hooks.example.org/webhook/telegram?telegramToken=111:secret-token-of-a-bot&telegramFieldName=TelegramId&key=theirs";

let folder: string;
let data: string;
let server: StartedProgram;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "program-"));
  // PostgreSQL must get there when these tests run as root.
  await chmod(folder, 0o755);
  data = join(folder, "data");
  server = await startProgram(["--data", data], { CONCIERGE_SMTP: "typo" });
});

afterAll(async () => {
  await stopProgram(server, "SIGKILL").catch(() => undefined);
  // Starting once more stops the database that the killed one has left.
  await stopProgram(await startProgram(["--data", data]), "SIGTERM");
  await rm(folder, { recursive: true });
});

const run = (...words: string[]) => runProgram([...words, "--data", data]);

test("a first start says where it listens, what to do next, and which variables nobody reads", async () => {
  expect(server.said()).toMatch(/^! CONCIERGE_SMTP is set, and nothing here reads it/m);
  await expect.poll(() => server.said()).toMatch(/concierge hooks key/);
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
});

test("a second start on the same data is refused in one line", async () => {
  const { code, out, err } = await run("start", "--port", "0");
  expect({ code, out }).toEqual({ code: 1, out: "" });
  expect(err).toMatch(/^✗ The data directory \S+ is in use by process \d+.*--data\.\n$/);
});

test("a taken port is told in one line, and nothing stays behind", async () => {
  const { port } = new URL(server.url);
  const other = join(folder, "other");
  const { code, err } = await runProgram(["start", "--port", port, "--data", other]);
  expect({ code, last: err.trim().split("\n").at(-1) }).toEqual({
    code: 1,
    last: `✗ Port ${port} is taken by another program. Stop that one, or choose another port: --port N.`,
  });
});

test("a database out of reach is told in one line, in Russian too", async () => {
  const environment = { DATABASE_URL: "postgres://a:secret@127.0.0.1:1/x", LC_ALL: "ru_RU.UTF-8" };
  const { code, err } = await runProgram(["start", "--data", join(folder, "none")], environment);
  expect({ code, err }).toEqual({
    code: 1,
    err: "✗ База данных недоступна. Проверьте адрес и порт в DATABASE_URL и что сервер запущен.\n",
  });
});

describe("hooks", () => {
  test("are kept, listed, shown without secrets, tried and removed", async () => {
    const added = await run("hooks", "add", hookUrl);
    expect(added).toMatchObject({
      code: 0,
      out: expect.stringMatching(`^${server.url}/webhook/h/[\\w-]{22}\n$`),
    });
    const short = added.out.trim();
    const id = short.split("/").at(-1) ?? "";
    expect((await run("hooks", "list")).out).toMatch(`${id}  telegram`);
    const shown = (await run("hooks", "show", id)).out;
    expect(shown).toMatch(/telegramFieldName = TelegramId\n/);
    expect(shown).not.toMatch("secret-token");
    const tried = await run("hooks", "try", short, "--phone", "+79001112233");
    expect(tried).toMatchObject({ code: 0, out: expect.stringMatching(/^✓ The hook accepted/) });
    expect(await run("hooks", "remove", id)).toMatchObject({ code: 0 });
    expect(await run("hooks", "remove", id)).toMatchObject({ code: 1, out: "" });
    expect(await run("hooks", "try", short)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/refused the sample booking with status 404/),
    });
  });

  test("that can't work are not kept, and every fault is named", async () => {
    const { code, out, err } = await run("hooks", "add", "https://a.example/webhook/telegram?x=1");
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toMatch(/! .*<x>[^]*✗ .*telegramToken[^]*✗ .*telegramFieldName/);
    expect(await run("hooks", "add", "https://a.example/other")).toMatchObject({ code: 2 });
  });

  test("are let in by the key that is printed, and by the one that replaces it", async () => {
    const { out: key } = await run("hooks", "key");
    expect((await run("hooks", "key")).out).toBe(key);
    const { out: next, code } = await run("hooks", "key", "--rotate");
    expect({ code, isOther: next !== key }).toEqual({ code: 0, isOther: true });
    const asked = await fetch(`${server.url}/webhook/telegram?key=${key.trim()}`, {
      method: "POST",
    });
    expect(asked.status).toBe(200);
  });
});

test("a token is printed alone, opens the API, and does so no longer once removed", async () => {
  const { out, code } = await run("token", "create", "--scope", "read,write", "--name", "till");
  expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/^cg_[\w-]{43}\n$/) });
  const ask = async () => {
    const headers = { authorization: `Bearer ${out.trim()}` };
    return (await fetch(`${server.url}/api/v1/main/hooks`, { headers })).status;
  };
  expect(await ask()).toBe(200);
  const listed = (await run("token", "list")).out;
  expect(listed).toMatch(/read,write {2}till\n$/);
  expect(await run("token", "remove", listed.split(" ")[0] ?? "")).toMatchObject({ code: 0 });
  expect(await ask()).toBe(401);
  expect(await run("token", "create", "--scope", "all")).toMatchObject({ code: 2, out: "" });
});

test("an event is listed, shown step by step, and worked on again", async () => {
  const short = (await run("hooks", "add", hookUrl)).out.trim();
  const id = /intake show (\S+)/.exec((await run("hooks", "try", short)).out)?.[1] ?? "";
  await until(async () => (await run("intake", "list", "--state", "done")).out.includes(id));
  const steps = async () => (await run("intake", "show", id)).out;
  expect(await steps()).toMatch(/^done {2}hook:telegram/);
  expect(await run("intake", "replay", id)).toMatchObject({ code: 0 });
  await until(async () => (await steps()).startsWith("done"));
  expect(await run("intake", "replay", "nonsense")).toMatchObject({ code: 1 });
  expect(await run("intake", "list", "--state", "lost")).toMatchObject({ code: 2 });
});

test("the doctor says what is well, what costs something and what is to be done", async () => {
  const { out, code } = await run("doctor");
  expect(out.split("\n")[0]).toMatch(code === 0 ? /^[✓!] / : /^✗ To be mended/);
  expect(out).toMatch(/^✓ Database: PostgreSQL 18/m);
  expect(out).toMatch(/^✓ Secret key: opens what is kept/m);
  expect(out).toMatch(/^! Mail: SMTP_URL is not set/m);
});

test("a server that was killed starts again with everything it had", async () => {
  const kept = (await run("hooks", "add", hookUrl)).out;
  await stopProgram(server, "SIGKILL");
  server = await startProgram(["--data", data]);
  expect(server.said()).not.toMatch("first start");
  expect((await run("hooks", "add", hookUrl)).out.split("/").at(-1)).toBe(kept.split("/").at(-1));
});

test("Ctrl+C that arrives twice, as npm passes it on, ends it in peace", async () => {
  expect(await stopProgram(server, "SIGINT", "SIGINT")).toBe(0);
  await expect(stat(join(data, "postgres", "data", "postmaster.pid"))).rejects.toThrow("ENOENT");
  server = await startProgram(["--data", data]);
});

test("keys are changed beside a running server, and everything is sealed anew when it starts", async () => {
  const keyFile = join(data, "secret.key");
  const short = (await run("hooks", "add", hookUrl)).out.trim();
  const id = short.split("/").at(-1) ?? "";
  const rotated = await run("secrets", "rotate");
  expect(rotated).toMatchObject({ code: 0, out: expect.stringMatching(/^! Restart the server/m) });
  const keys = (await readFile(keyFile, "utf8")).trim().split("\n");
  expect(keys.length).toBe(2);
  // What is stored in between the running server must be able to open.
  const later = (await run("hooks", "add", `${hookUrl}&errorEmail=a@example.org`)).out.trim();
  const event = /intake show (\S+)/.exec((await run("hooks", "try", later)).out)?.[1] ?? "none";
  await until(async () => (await run("intake", "list", "--state", "done")).out.includes(event));
  expect(await stopProgram(server, "SIGTERM")).toBe(0);
  server = await startProgram(["--data", data]);
  await writeFile(keyFile, `${keys[0]}\n`);
  expect(await stopProgram(server, "SIGTERM")).toBe(0);
  server = await startProgram(["--data", data]);
  expect((await run("hooks", "show", id)).out).toMatch(/telegramToken = •••••ot/);
  expect((await run("hooks", "add", hookUrl)).out).toMatch(`/${id}\n`);
  expect((await run("hooks", "try", id)).code).toBe(0);
});

test("a backup brings the hooks into a new place, where the old key opens them", async () => {
  const short = (await run("hooks", "add", hookUrl)).out.trim();
  const to = join(folder, "all.backup");
  const made = await run("backup", "--to", to);
  expect(made).toMatchObject({
    code: 0,
    out: expect.stringMatching(/secret key is not in the backup.*secret\.key/),
  });
  const fresh = join(folder, "fresh");
  const restored = await runProgram(["restore", "--from", to, "--data", fresh]);
  expect(restored).toMatchObject({
    code: 0,
    out: expect.stringMatching(/copy the old server's key file/),
  });
  await writeFile(join(fresh, "secret.key"), await readFile(join(data, "secret.key")), {
    mode: 0o600,
  });
  const id = short.split("/").at(-1) ?? "";
  expect((await runProgram(["hooks", "show", id, "--data", fresh])).out).toMatch(
    /telegramToken = •••••ot/,
  );
  const again = await runProgram(["restore", "--from", to, "--data", fresh]);
  expect(again).toMatchObject({
    code: 1,
    err: expect.stringMatching(/into an empty database only/),
  });
});

test("a key that does not fit stops the start before anything is served", async () => {
  const keyFile = join(folder, "fresh", "secret.key");
  await writeFile(keyFile, `${Buffer.alloc(32, 9).toString("base64")}\n`);
  const { code, err } = await runProgram(["start", "--data", join(folder, "fresh")]);
  expect(code).toBe(1);
  expect(err).toMatch(/^✗ The secret key does not fit this data/m);
});

describe("the command line", () => {
  test("has a version and a help, which need no data", async () => {
    expect(await runProgram(["--version"])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    });
    const help = await runProgram(["--help"], { LANG: "ru_RU.UTF-8" });
    expect(help).toMatchObject({ code: 0, out: expect.stringMatching(/бронь открывает дверь/) });
  });

  test.each([
    [[]],
    [["dance"]],
    [["hooks"]],
    [["hooks", "show"]],
    [["start", "--colour", "red"]],
    [["start", "--port", "high"]],
  ])("says what is wrong with %j, and never starts", async (words) => {
    const { code } = await runProgram(words);
    expect(code).toBe(words.includes("high") ? 1 : 2);
  });
});

async function until(isSo: () => Promise<boolean>): Promise<void> {
  await expect.poll(isSo, { timeout: 15_000, interval: 100 }).toBe(true);
}
