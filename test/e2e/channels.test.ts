import { describe, expect, test } from "vitest";
import { makeParticipant } from "../../simulators/torrow.ts";
import type { TestServer } from "../support/server.ts";
import {
  book,
  deliveries,
  mails,
  MINUTE,
  openStudio,
  OWNER,
  pass,
  states,
  timeline,
} from "../support/studio.ts";

const TOKEN = "410830193ce4ad56fe4df0378d1a0a8d";
const CHANNEL = "b96a353b-0000-4cac-8413-ba0000000001";
const PHONE = "79000000001";

function connect(server: TestServer): void {
  const { wappi, greenApi, wazzup24 } = server.vendors;
  for (const platform of ["wa", "tg", "max"] as const)
    wappi.addProfile({ token: TOKEN, id: `profile-${platform}`, platform });
  wappi.addCascade({
    token: TOKEN,
    id: "cascade1",
    name: "Guests",
    order: [{ platform: "wa" }, { platform: "tg" }],
  });
  greenApi.addInstance({ id: "1103", token: TOKEN, kind: "whatsapp" });
  greenApi.addInstance({ id: "3100", token: TOKEN, kind: "max" });
  wazzup24.addChannel({ key: TOKEN, channelId: CHANNEL, transport: "whatsapp" });
}

async function open() {
  const server = await openStudio();
  connect(server);
  return server;
}

const WAPPI = `apiToken=${TOKEN}&errorEmail=${OWNER}`;
const WHATSAPP = `apiUrl=1103.api.green-api.com&idInstance=1103&apiTokenInstance=${TOKEN}&errorEmail=${OWNER}`;
const MAX = `apiUrlMax=3100.api.green-api.com&idInstanceMax=3100&apiTokenInstanceMax=${TOKEN}`;
const WAZZUP = `key_api=${TOKEN}&channel_id=${CHANNEL}&errorEmail=${OWNER}`;

describe("Wappi", () => {
  test("by a cascade hands the message over, and says no more", async () => {
    await using server = await open();
    await server.post(server.hook("wappi", `${WAPPI}&cascadeId=cascade1`), book(server).event());
    await pass(server, 5 * MINUTE);
    expect(server.vendors.wappi.sent).toMatchObject([{ cascadeId: "cascade1", recipient: PHONE }]);
    expect(await states(server)).toEqual(["handed-over"]);
  });

  test.each(["wa", "tg", "max"])("by a profile, which it asks for being %s", async (platform) => {
    await using server = await open();
    await server.post(
      server.hook("wappi", `${WAPPI}&profileId=profile-${platform}`),
      book(server).event(),
    );
    expect(server.vendors.wappi.sent).toMatchObject([
      { platform, profileId: `profile-${platform}` },
    ]);
    expect(server.vendors.wappi.sent[0]?.body).not.toContain("*");
    expect(await states(server)).toEqual(["sent"]);
  });

  test("by its other name of the key, to a fixed number, sends the message alone", async () => {
    await using server = await open();
    const url = server.hook(
      "wappi",
      `apiTokenInstance=${TOKEN}&profileId=profile-wa&phone=+79005550011&message=Новая%20запись`,
    );
    await server.post(url, book(server).event());
    expect(server.vendors.wappi.sent).toMatchObject([
      { recipient: "79005550011", body: "Новая запись" },
    ]);
  });

  test("asks what became of a message, until it was read", async () => {
    await using server = await open();
    await server.post(server.hook("wappi", `${WAPPI}&profileId=profile-wa`), book(server).event());
    await server.vendors.wappi.push(server.vendors.wappi.sent[0]!.messageId, "delivered");
    await pass(server, MINUTE, 10_000);
    expect(await states(server)).toEqual(["delivered"]);
    await server.vendors.wappi.push(server.vendors.wappi.sent[0]!.messageId, "read");
    await pass(server, 10 * MINUTE);
    expect(await states(server)).toEqual(["read"]);
    expect(await timeline(server)).toContainEqual(expect.stringContaining("delivered"));
  });

  test("that does not have the guest's number is refused, and the owner hears it", async () => {
    await using server = await open();
    server.vendors.wappi.removeAccount("wa", PHONE);
    await server.post(server.hook("wappi", `${WAPPI}&profileId=profile-wa`), book(server).event());
    await pass(server, 5 * MINUTE);
    expect(await states(server)).toEqual(["refused"]);
    expect(await mails(server)).toHaveLength(1);
  });
});

describe("GREEN-API", () => {
  test.each([
    ["WhatsApp", WHATSAPP, ["1103"]],
    ["MAX", `${MAX}&errorEmail=${OWNER}`, ["3100"]],
    ["both", `${WHATSAPP}&${MAX}`, ["1103", "3100"]],
  ])("goes by %s", async (_, query, instances) => {
    await using server = await open();
    await server.post(server.hook("green-api", query), book(server).event());
    const sent = server.vendors.greenApi.sent.map(({ instanceId }) => instanceId);
    expect(sent.toSorted()).toEqual(instances);
  });

  test("sends once more after ten seconds when asked to and nothing has reached the device", async () => {
    await using server = await open();
    await server.post(server.hook("green-api", `${WHATSAPP}&repeat=true`), book(server).event());
    await server.advance(8_000);
    expect(server.vendors.greenApi.sent).toHaveLength(1);
    await server.advance(3_000);
    expect(server.vendors.greenApi.sent).toHaveLength(2);
    await pass(server, 5 * MINUTE);
    expect(server.vendors.greenApi.sent).toHaveLength(2);
  });

  test("does not repeat what has reached the device, nor where nobody asked for it", async () => {
    await using server = await open();
    await server.post(server.hook("green-api", `${WHATSAPP}&repeat=true`), book(server).event());
    await server.vendors.greenApi.advance(server.vendors.greenApi.sent[0]!, {
      status: "delivered",
    });
    await server.post(server.hook("green-api", WHATSAPP), book(server).event());
    await pass(server, MINUTE, 5_000);
    expect(server.vendors.greenApi.sent).toHaveLength(2);
  });

  test("to a fixed number sends the message alone", async () => {
    await using server = await open();
    await server.post(
      server.hook("green-api", `${WHATSAPP}&phone=89005550011&message=Hi`),
      book(server).event(),
    );
    expect(server.vendors.greenApi.sent).toMatchObject([{ chatId: "79005550011@c.us" }]);
  });

  test.each([
    ["was taken", "reset-after-apply", 1],
    ["was not taken", "reset", 1],
  ] as const)(
    "settles a send whose answer was lost and that %s: one message in the end",
    async (_, kind, count) => {
      await using server = await open();
      server.vendors.greenApi.faults.add(/sendMessage/, { kind });
      await server.post(server.hook("green-api", WHATSAPP), book(server).event());
      await pass(server, 15 * MINUTE, 15_000);
      expect(server.vendors.greenApi.sent).toHaveLength(count);
      expect(await states(server)).not.toContain("queued");
    },
  );
});

describe("Wazzup24", () => {
  test("sends to the guest's phone in the channel's messenger", async () => {
    await using server = await open();
    await server.post(server.hook("wazzup24", WAZZUP), book(server).event());
    expect(server.vendors.wazzup24.sent).toMatchObject([
      { chatId: PHONE, chatType: "whatsapp", channelId: CHANNEL },
    ]);
    expect(await states(server)).toEqual(["sent"]);
  });

  test("settles a send whose answer was lost: one message in the end", async () => {
    await using server = await open();
    server.vendors.wazzup24.faults.add(/v3\/message$/, { kind: "reset-after-apply" });
    await server.post(server.hook("wazzup24", WAZZUP), book(server).event());
    await pass(server, 15 * MINUTE, 15_000);
    expect(server.vendors.wazzup24.sent).toHaveLength(1);
    expect(await states(server)).toEqual(["sent"]);
    expect(await mails(server)).toEqual([]);
  });
});

test.each([
  [
    "verified",
    [
      { type: 9, value: "9000000003" },
      { type: 7, value: "9000000002" },
      { type: 8, value: "9000000001" },
    ],
  ],
  [
    "main",
    [
      { type: 9, value: "9000000003" },
      { type: 7, value: "8 (900) 000-00-01" },
    ],
  ],
  [
    "additional",
    [
      { type: 7, value: "not given" },
      { type: 9, value: "+7 900 0000001" },
    ],
  ],
])("the %s phone is used where it is the most trusted one", async (_, fields) => {
  await using server = await open();
  const participants = [
    makeParticipant({ fields: fields.map((one) => ({ name: "Телефон", ...one })) }),
  ];
  await server.post(server.hook("wazzup24", WAZZUP), book(server, { participants }).event());
  expect(server.vendors.wazzup24.sent).toMatchObject([{ chatId: PHONE }]);
});

test("a guest without a usable phone is refused, with what to do", async () => {
  await using server = await open();
  const participants = [
    makeParticipant({ fields: [{ type: 7, name: "Телефон", value: "234234" }] }),
  ];
  await server.post(server.hook("wazzup24", WAZZUP), book(server, { participants }).event());
  expect(await deliveries(server)).toMatchObject([
    { state: "refused", detail: expect.stringContaining("telephone") },
  ]);
  expect(await mails(server)).toHaveLength(1);
});

test.each([
  ["wappi", `${WAPPI}&profileId=profile-wa`],
  ["green-api", WHATSAPP],
])("a lock's hook tells the guest by %s once the code is set", async (kind, query) => {
  await using server = await open();
  const lock = `username=${OWNER}&password=door%20pass&lockId=11432744`;
  const url = server.hook("ttlock", `${lock}&deliverVia=${kind}&${query}`);
  await server.post(url, book(server).event());
  const { wappi, greenApi, ttlock } = server.vendors;
  const code = ttlock.codesOf(11432744)[0]?.code;
  const texts = [
    ...wappi.sent.map(({ body }) => body),
    ...greenApi.sent.map((one) => JSON.stringify(one)),
  ];
  expect(texts).toEqual([expect.stringContaining(code ?? "no code")]);
});
