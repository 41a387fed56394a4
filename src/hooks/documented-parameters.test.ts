import { describe, expect, test } from "vitest";
import { channels } from "#channels/registry.ts";
import { locks } from "#locks/registry.ts";
import { formatParameters } from "#notifications/index.ts";
import { readQuery } from "#platform/http/query.ts";
import { parametersOf, type HookKinds } from "./hook-kind.ts";
import { readHook } from "./hook-reading.ts";

const kinds: HookKinds = { locks, channels, messageParameters: formatParameters };

/** What each kind needs at least. */
const least: Readonly<Record<string, string>> = {
  ttlock: "username=u&password=p&errorEmail=a@example.org",
  telegram: "telegramToken=1:a&telegramFieldName=*TelegramId",
  wappi: "apiToken=t&cascadeId=c",
  "green-api": "apiUrl=1103.api.green-api.com&idInstance=1103&apiTokenInstance=t",
  wazzup24: "key_api=k&channel_id=c",
};

const read = (kind: string, query: string) => readHook(kinds, kind, readQuery(`/?${query}`))!;
const faults = (kind: string, query: string) =>
  read(kind, query).findings.map((one) => `${one.kind} ${one.parameter}`);

/** Names, defaults and aliases as the documents have them; a default of `undefined` means that there is none. */
const message = {
  resource_name: "Услуги/ресурсы",
  detail_section_name: undefined,
  case_type_name: undefined,
  hide_detail_section: false,
  hide_resource_description: false,
  hide_order_duration: false,
  hide_address: false,
  hide_service_name: false,
  hide_order_description: false,
  hide_url: false,
  hide_contact_info: true,
  date_locales: "ru-RU",
  timezone: "Europe/Moscow",
  timezone_name: undefined,
  message: undefined,
  errorEmail: undefined,
} as const;

const documented: readonly [
  string,
  Readonly<Record<string, string | number | boolean | undefined>>,
][] = [
  [
    "ttlock",
    {
      lockId: undefined,
      codeLength: 6,
      codeDigits: "0123456789",
      keepHours: 120,
      validBeforeMinutes: 0,
      expiredBeforeMinutes: 0,
      templateMsg: "*** Код доступа [passcode]# <br>Код действителен [interval] ***",
      timezone: "Europe/Moscow",
      timezone_name: undefined,
      offlineFallback: false,
      deliverVia: undefined,
    },
  ],
  ["telegram", message],
  ["wappi", { ...message, profileId: undefined, phone: undefined }],
  [
    "green-api",
    {
      ...message,
      apiUrlMax: undefined,
      idInstanceMax: undefined,
      apiTokenInstanceMax: undefined,
      repeat: false,
      phone: undefined,
    },
  ],
  ["wazzup24", { ...message, chat_type: "whatsapp" }],
];

describe.each(documented)("hook %s", (kind, defaults) => {
  test("needs no more than what is required", () => {
    expect(faults(kind, least[kind]!)).toEqual(kind === "ttlock" ? ["warning lockId"] : []);
  });

  test.each(Object.entries(defaults))("knows %s, by default %j", (name, value) => {
    expect(parametersOf(kinds, kind).map((one) => one.name)).toContain(name);
    expect(read(kind, least[kind]!).values[name]).toBe(value);
  });

  test.each(least[kind]!.split("&").map((piece) => piece.split("=")[0]!))(
    "says that %s is missing",
    (name) => {
      const without = least[kind]!.split("&")
        .filter((piece) => !piece.startsWith(`${name}=`))
        .join("&");
      expect(faults(kind, without)).toContain(`wrong ${name}`);
    },
  );
});

test("a signature is empty unless it is given", () => {
  expect(read("telegram", `${least["telegram"]}&sign_text=+7 900`).values["sign_text"]).toBe(
    "+7 900",
  );
});

test.each([
  ["ttlock", "timezone", "time_zone=Asia/Omsk", "Asia/Omsk"],
  ["ttlock", "timezone_name", "time_zone_name=Омск", "Омск"],
  ["telegram", "timezone", "time_zone=Asia/Omsk", "Asia/Omsk"],
  ["wazzup24", "timezone_name", "time_zone_name=Омск", "Омск"],
])("hook %s takes %s as %s", (...[kind, name, alias, value]) => {
  const { values, findings } = read(kind, `${least[kind]}&${alias}`);
  expect(values[name]).toBe(value);
  expect(findings.filter(({ parameter }) => parameter !== "lockId")).toEqual([]);
});

test("Wappi's key goes by GREEN-API's name too", () => {
  expect(read("wappi", "apiTokenInstance=t&cascadeId=c").values["apiToken"]).toBe("t");
});

test("the field's name may have a stray blank, as in the document's own example", () => {
  expect(faults("telegram", "telegramToken=1:a&telegramFieldName =*TelegramId")).toEqual([]);
});

test.each([
  ["codeLength", ["4", "5", "9"], ["3", "10", "6.5"]],
  ["codeDigits", ["01", "0123456789"], ["0", "a1", "01234567890"]],
  ["keepHours", ["0", "120"], ["-1", "many"]],
  ["validBeforeMinutes", ["-15", "0", "15"], ["1h"]],
  ["expiredBeforeMinutes", ["-15", "0", "15"], ["1h"]],
  ["lockId", ["11432744"], ["lockId_1"]],
  ["offlineFallback", ["true", "false"], ["1"]],
  ["errorEmail", ["b@example.org"], ["b"]],
  ["timezone", ["UTC", "Asia/Kathmandu"], ["Mars"]],
] as const)("ttlock takes %s in its range and names it out of it", (name, taken, refused) => {
  const rest = least["ttlock"]!.split("&")
    .filter((piece) => !piece.startsWith(`${name}=`))
    .join("&");
  for (const value of taken)
    expect(faults("ttlock", `${rest}&${name}=${value}`)).not.toContain(`wrong ${name}`);
  for (const value of refused)
    expect(faults("ttlock", `${rest}&${name}=${value}`)).toContain(`wrong ${name}`);
});

test("two of the same digit are no two digits", () => {
  expect(faults("ttlock", `${least["ttlock"]}&codeDigits=77`)).toContain("wrong codeDigits");
});

test("a code of fewer than six digits works and is warned of", () => {
  expect(faults("ttlock", `${least["ttlock"]}&lockId=1&codeLength=5`)).toEqual([
    "warning codeLength",
  ]);
});

test("Wappi with neither cascade nor profile is wrong; with both, the cascade is used, with a warning", () => {
  expect(faults("wappi", "apiToken=t")).toEqual(["wrong cascadeId"]);
  const both = read("wappi", "apiToken=t&cascadeId=c&profileId=p");
  expect(both.findings).toMatchObject([{ kind: "warning", parameter: "profileId" }]);
  expect(both.channel?.routes).toMatchObject([{ target: { cascadeId: "c" } }]);
});

test.each(["wappi", "green-api"])("%s with phone needs a message", (kind) => {
  expect(faults(kind, `${least[kind]}&phone=79001234567`)).toEqual(["wrong message"]);
  expect(faults(kind, `${least[kind]}&phone=79001234567&message=hi`)).toEqual([]);
});

test("GREEN-API goes by WhatsApp, by MAX or by both, and half a set is wrong", () => {
  const max = "apiUrlMax=3100.api.green-api.com&idInstanceMax=3100&apiTokenInstanceMax=t";
  expect(read("green-api", least["green-api"]!).channel?.routes).toHaveLength(1);
  expect(read("green-api", max).channel?.routes).toHaveLength(1);
  expect(read("green-api", `${least["green-api"]}&${max}`).channel?.routes).toHaveLength(2);
  expect(faults("green-api", `${max}&idInstance=1`)).toEqual([
    "wrong apiUrl",
    "wrong apiTokenInstance",
  ]);
});

test("a lock's hook that tells the guest itself takes the channel's parameters in the same URL", () => {
  const via = `${least["ttlock"]}&lockId=1&deliverVia=telegram&${least["telegram"]}`;
  expect(faults("ttlock", via)).toEqual([]);
  expect(read("ttlock", via).channel?.routes).toHaveLength(1);
  expect(faults("ttlock", `${least["ttlock"]}&lockId=1&deliverVia=telegram`)).toContain(
    "wrong telegramToken",
  );
  expect(faults("ttlock", `${least["ttlock"]}&lockId=1&deliverVia=pigeon`)).toContain(
    "wrong deliverVia",
  );
});

test("a wrong parameter does not keep the account from being looked at", () => {
  const { lock } = read("ttlock", `${least["ttlock"]}&codeLength=3&lockId=1`);
  expect(lock?.settings).toEqual({ username: "u", password: "p" });
  expect(read("wappi", "apiToken=t&cascadeId=c&phone=12").channel?.routes).toHaveLength(1);
  expect(read("ttlock", "username=u&password=p&errorEmail=me").lock?.settings).toBeDefined();
  expect(read("ttlock", "username=u").lock?.settings).toBeUndefined();
});
