import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { dumpTables, findCanaries, type Place } from "../support/canary/search.ts";
import {
  CANARIES,
  HOOKS,
  LOCK,
  openCanaryWorld,
  type CanaryWorld,
} from "../support/canary/world.ts";
import type { Fault, Simulator } from "../../simulators/simulator.ts";
import { makeParticipant } from "../../simulators/torrow.ts";
import { NOON } from "../support/server.ts";

const HOUR = 3_600_000;

test("no secret is found where it does not belong", { timeout: 120_000 }, async () => {
  await using world = await openCanaryWorld();
  await checkEverything(world);
  const codes = await bookEverything(world);
  await failEverything(world);
  await askWrongly(world);
  await storeHooks(world);
  await breakTables(world);
  await readEverything(world);

  const { server } = world;
  const logs = server.log.map((text): Place => ({ name: "the log", text }));
  const mails = server.mails.map((mail): Place => ({ name: "a mail", text: JSON.stringify(mail) }));
  const tables = await dumpTables(server.database);
  expect(codes.length).toBeGreaterThan(1);
  expect(mails.length).toBeGreaterThan(3);
  expect(tables.length).toBeGreaterThan(50);
  expect(logs.length).toBeGreaterThan(5);
  const { message, phone, ...secrets } = CANARIES;
  const all = {
    ...secrets,
    ...Object.fromEntries(codes.map((code, place) => [`code ${place}`, code])),
  };
  expect(findCanaries(all, [...world.answers, ...logs, ...mails, ...tables])).toEqual([]);
  // A check, and the API, show their caller what would be sent and to whom: that answer may be kept to be given again.
  const unasked = tables.filter(({ name }) => name !== "table answered_request");
  expect(findCanaries({ message, phone }, [...logs, ...mails, ...unasked])).toEqual([]);
});

test("a canary would be found in each of its spellings", () => {
  const secret = CANARIES.lockPassword;
  const texts = [
    `x ${secret} y`,
    encodeURIComponent(secret),
    JSON.stringify({ a: JSON.stringify({ secret }) }),
    Buffer.from(`user:${secret}:x`).toString("base64"),
    Buffer.from(secret).toString("hex"),
  ];
  for (const text of texts)
    expect(findCanaries({ secret }, [{ name: "here", text }])).not.toEqual([]);
});

/** Checks as programs and as people ask for them, with the right secrets and with wrong ones. */
async function checkEverything({ ask, url }: CanaryWorld): Promise<void> {
  for (const [kind, good] of Object.entries(HOOKS)) {
    const wrongs: readonly Record<string, string>[] = [
      {},
      { password: CANARIES.wrongPassword, telegramToken: CANARIES.wrongTelegramToken },
      {
        apiToken: CANARIES.wrongPassword,
        key_api: CANARIES.wrongPassword,
        apiTokenInstance: CANARIES.wrongPassword,
      },
      { errorEmail: "nobody", codeLength: "three", chat_type: "?", idInstance: "?" },
    ];
    for (const wrong of wrongs) {
      const known = Object.keys(wrong).filter((name) => name in good);
      const given = {
        ...good,
        ...Object.fromEntries(known.map((name) => [name, wrong[name] ?? ""])),
      };
      for (const accept of ["application/json", "text/html"])
        expect((await ask(url(kind, given), { headers: { accept } })).status).toBe(200);
    }
  }
}

/** Bookings with their codes and messages, moved and called off; gives the digits that were made. */
async function bookEverything(world: CanaryWorld): Promise<readonly string[]> {
  const { server } = world;
  const { torrow, ttlock } = server.vendors;
  const fields = [
    { type: 1, name: "Имя", value: "Анна" },
    { type: 7, name: "Телефон", value: "+79057654321" },
    { type: 101, name: "*TelegramId", value: "100000002" },
  ];
  for (const ending of ["stays", "moved", "cancelled"]) {
    const { id } = torrow.createOrder({
      startsAt: NOON + 3 * HOUR,
      endsAt: NOON + 5 * HOUR,
      participants: [makeParticipant({ fields })],
    });
    for (const kind of Object.keys(HOOKS)) await send(world, kind, torrow.eventBody(id));
    if (ending === "moved") torrow.moveOrder(id, HOUR);
    if (ending === "cancelled") torrow.cancelOrder(id);
    for (const kind of Object.keys(HOOKS)) await send(world, kind, torrow.eventBody(id));
  }
  expect(server.vendors.telegram.sent.length).toBeGreaterThan(2);
  expect(ttlock.codesOf(LOCK).length).toBeGreaterThan(0);
  return [...new Set(ttlock.effects.map(({ keyboardPwd }) => keyboardPwd))];
}

async function send({ ask, url, server }: CanaryWorld, kind: string, body: unknown): Promise<void> {
  const headers = { "content-type": "application/json" };
  const answer = await ask(url(kind, HOOKS[kind] ?? {}), {
    method: "POST",
    headers,
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(200);
  await server.idle();
}

/** Vendors that refuse, break, and repeat in their answers what they were told. */
async function failEverything(world: CanaryWorld): Promise<void> {
  const { server } = world;
  const { torrow, ttlock, telegram, wappi, greenApi, wazzup24 } = server.vendors;
  const { clientSecret, lockPassword, telegramToken, wappiToken, greenApiToken, wazzupKey } =
    CANARIES;
  const told = new Map<Simulator, readonly string[]>([
    [ttlock, [clientSecret, lockPassword, md5(lockPassword)]],
    [telegram, [telegramToken]],
    [wappi, [wappiToken]],
    [greenApi, [greenApiToken]],
    [wazzup24, [wazzupKey]],
  ]);
  for (const way of FAILURES) {
    const { id } = torrow.createOrder({ startsAt: NOON + 30 * HOUR, endsAt: NOON + 31 * HOUR });
    for (const [vendor, secrets] of told) vendor.faults.add(/./, way(secrets.join(" | ")), 40);
    for (const kind of Object.keys(HOOKS)) {
      await world.ask(world.url(kind, HOOKS[kind] ?? {}), { headers: { accept: "text/html" } });
      await send(world, kind, torrow.eventBody(id));
    }
    await server.advance(5_000);
    for (const { faults } of told.keys()) faults.clear();
    await server.advance(700_000);
  }
}

const md5 = (text: string): string => createHash("md5").update(text).digest("hex");

const answers = (status: number, body: unknown): Fault => ({
  kind: "answer",
  answer: { status, body },
});

/** Each says again what the vendor was told. */
const FAILURES: readonly ((echo: string) => Fault)[] = [
  (echo) => answers(500, `<html><body>Fatal: ${echo}</body></html>`),
  (echo) =>
    answers(401, {
      ok: false,
      error_code: 401,
      description: `Unauthorized ${echo}`,
      error: echo,
      detail: echo,
    }),
  (echo) =>
    answers(400, { ok: false, error_code: 400, description: echo, error: echo, message: echo }),
  (echo) => answers(403, `<html>${encodeURIComponent(echo)}</html>`),
  (echo) => answers(200, { errcode: 10007, errmsg: echo, description: echo }),
  (echo) => answers(200, echo),
  (echo) => answers(302, `moved to https://elsewhere.example/?x=${encodeURIComponent(echo)}`),
  (echo) => answers(200, JSON.stringify({ inner: JSON.stringify({ echo }) })),
  (echo) => answers(200, Buffer.from(echo.split(" | ")[0] ?? "").toString("base64")),
  () => ({ kind: "reset" }),
  () => ({ kind: "reset-after-apply" }),
];

/** Requests that the server itself refuses, with secrets in their address, headers and body. */
async function askWrongly({ ask, url, server }: CanaryWorld): Promise<void> {
  const good = url("telegram", HOOKS["telegram"] ?? {});
  const wrongKey = good.replace(/key=[^&]*/, `key=${CANARIES.wrongTelegramToken}`);
  for (const accept of ["application/json", "text/html"]) {
    const headers = {
      accept,
      authorization: `Bearer ${CANARIES.ownerPassword}`,
      cookie: `s=${CANARIES.wappiToken}`,
    };
    await ask(wrongKey, { headers });
    await ask(good.replace("/webhook/telegram", "/webhook/unknown"), { headers });
    await ask(good.replace("/webhook/telegram", "/nowhere"), { headers });
    await ask(good, { headers, method: "DELETE" });
    await ask(good, { headers, method: "POST", body: `{"broken ${CANARIES.wrongPassword}` });
    await ask(good, { headers, method: "POST", body: `{"CaseItem":"${"x".repeat(1_100_000)}"}` });
    await ask(`${good}&pad=${"x".repeat(17_000)}`, { headers });
    await ask(`${server.url}/api/v1/main/bookings?token=${CANARIES.telegramToken}`, { headers });
    await ask(url("ttlock", { username: "x", passwrod: CANARIES.lockPassword, lockid: "1" }), {
      headers,
    });
  }
  for (const kind of Object.keys(HOOKS))
    await ask(url(kind, { ...HOOKS[kind], errorEmail: "nobody", lockId: "x", chat_type: "?" }), {
      method: "POST",
      body: JSON.stringify({ EventType: CANARIES.wrongPassword }),
    });
  await server.idle();
  await server.advance(700_000);
}

/** Hooks with all their secrets, kept under short addresses and tried. */
async function storeHooks({ url, write, ask, server }: CanaryWorld): Promise<void> {
  for (const [kind, good] of Object.entries(HOOKS)) {
    const said = await write("/api/v1/main/hooks", { url: url(kind, good) });
    const { id } = JSON.parse(said) as { id: string };
    await write(`/api/v1/main/hooks/${id}/try`, {});
    await ask(`${server.url}/webhook/h/${id}`, { headers: { accept: "text/html" } });
  }
  await server.idle();
}

/** Faults of our own, whose traces go to the log. */
async function breakTables(world: CanaryWorld): Promise<void> {
  const { server, ask, url, read } = world;
  const { id } = server.vendors.torrow.createOrder({ startsAt: NOON + 60 * HOUR });
  const body = JSON.stringify(server.vendors.torrow.eventBody(id));
  for (const table of ["booking", "hook", "access_code", "delivery", "integration"]) {
    await server.database.query(`alter table ${table} rename to away`);
    for (const [kind, good] of Object.entries(HOOKS)) {
      const given = { ...good, codeDigits: "0123456789", sign_text: table };
      await ask(url(kind, given), { method: "POST", body });
      await ask(url(kind, given), { headers: { accept: "text/html" } });
    }
    for (const list of LISTS) await read(`/api/v1/main/${list}`);
    await server.idle();
    await server.database.query(`alter table away rename to ${table}`);
  }
  await server.advance(700_000);
}

const LISTS = ["bookings", "deliveries", "notices", "hooks", "intake", "integrations"];

/** Every page, and every list of the API with each thing in it. */
async function readEverything({ read }: CanaryWorld): Promise<void> {
  for (const path of ["/", "/docs", "/docs/openapi.json", "/metrics", "/healthz", "/readyz"])
    await read(path);
  for (const list of LISTS) {
    const page = JSON.parse(await read(`/api/v1/main/${list}?limit=100`)) as {
      items?: { id: string }[];
    };
    expect({ list, count: page.items?.length ?? 0 }).not.toEqual({ list, count: 0 });
    for (const { id } of page.items ?? []) await read(`/api/v1/main/${list}/${id}`);
  }
}
