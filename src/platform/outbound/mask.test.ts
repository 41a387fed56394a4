import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeMask } from "./mask.ts";

const plain = makeMask([]);

describe("a secret", () => {
  const secret = 'пароль "7/8"+&% x';
  const mask = makeMask([secret]);
  it.each([
    ["as it is", secret],
    ["in a URL", encodeURIComponent(secret)],
    ["in a URL, lower-case hex", encodeURIComponent(secret).toLowerCase()],
    ["in a form", new URLSearchParams({ a: secret }).toString().slice(2)],
    ["in JSON", JSON.stringify(secret).slice(1, -1)],
    ["in JSON inside a form", encodeURIComponent(JSON.stringify(secret).slice(1, -1))],
    ["in base64", Buffer.from(secret).toString("base64")],
    ["in base64 inside a URL", encodeURIComponent(Buffer.from(secret).toString("base64"))],
    ["as MD5", createHash("md5").update(secret).digest("hex")],
    ["as MD5 in capitals", createHash("md5").update(secret).digest("hex").toUpperCase()],
  ])("is hidden %s", (_name, spelling) => {
    expect(mask(`before ${spelling} after`)).toMatch(/^before \*\*\*(=+|%3D)* after$/);
  });

  it("is hidden in a path, and the rest of the URL stays readable", () => {
    const token = "123456:AAF-abc_def";
    const url = `https://api.telegram.org/bot${token}/sendMessage?chat_id=5`;
    expect(makeMask([token])(url)).toBe("https://api.telegram.org/bot***/sendMessage?chat_id=5");
  });

  it("of digits is hidden where JSON holds it as a number", () => {
    expect(makeMask(["482913"])('{"code":482913,"lock":7}')).toBe('{"code":"***","lock":7}');
  });

  it("that is empty hides nothing", () => {
    expect(makeMask(["", "x1"])("a text")).toBe("a text");
  });
});

describe("what a vendor writes in its own way to guests, or says of other messages", () => {
  const long = "слово ".repeat(60).trim();
  it.each([
    ["of several lines", { text: "Вы записаны\nКод: 1234" }, { text: "***" }],
    ["in a list", [{ textMessage: "Вы\nзаписаны", id: "7" }], [{ textMessage: "***", id: "7" }]],
    [
      "deep inside",
      { body: { chatId: "5", message: long } },
      { body: { chatId: "5", message: "***" } },
    ],
    [
      "in JSON inside JSON",
      { inner: '{"message":"a \\"b\\"\\nc","id":7}' },
      { inner: '{"message":"***","id":7}' },
    ],
  ])("is hidden %s", (_name, held, shown) => {
    expect(JSON.parse(plain(JSON.stringify(held)))).toEqual(shown);
  });

  it("is hidden in JSON that is cut off", () => {
    expect(plain('[{"id":1,"text":"Вы\\nзаписаны","at":2},{"text":"а\\nб')).toBe(
      '[{"id":1,"text":"***","at":2},{"text":"***',
    );
  });

  it("leaves its short words about a failure", () => {
    const words = '{"message":"Bad Request: chat not found","text":"no such chat"}';
    expect(plain(words)).toBe(words);
  });
});

describe("a field that is known to hold a secret", () => {
  it.each([
    ['{"access_token":"a1","expires_in":7}', '{"access_token":"***","expires_in":7}'],
    [
      '{"list":[{"keyboardPwdId":1,"keyboardPwd":"4829"}]}',
      '{"list":[{"keyboardPwdId":1,"keyboardPwd":"***"}]}',
    ],
    ['{"noKeyPwd":1234,"lockData":{"a":1}}', '{"noKeyPwd":"***","lockData":"***"}'],
    ['{"password":null,"token":""}', '{"password":null,"token":""}'],
    ["clientId=c&clientSecret=s+e%20c&date=1", "clientId=c&clientSecret=***&date=1"],
    ["https://a.example/x?accessToken=abc&page=2", "https://a.example/x?accessToken=***&page=2"],
    ["Authorization: Bearer abc.def", "Authorization: ***"],
    ['not JSON: "password": "a \\"b\\" c", "page": 2', 'not JSON: "password": "***", "page": 2'],
    [
      '{"inner":"{\\"token\\":\\"abc\\",\\"page\\":2}"}',
      '{"inner":"{\\"token\\":\\"***\\",\\"page\\":2}"}',
    ],
    [
      '{"next":"https://a.example/?token=abc&page=2"}',
      '{"next":"https://a.example/?token=***&page=2"}',
    ],
    ["data=%7B%22adminPwd%22%3A%22abc%22%7D&x=1", "data=%7B%22adminPwd%22%3A***&x=1"],
    ['{"refresh_token":"cut off', '{"refresh_token":"***"'],
    ["https://user:word@a.example/", "https://***@a.example/"],
  ])("is hidden in %s", (text, masked) => {
    expect(plain(text)).toBe(masked);
  });
});

it("leaves other texts as they are, digit by digit", () => {
  for (const text of [
    '{"message_id":12345678901234567890,"ok":true,"text":"Ждём вас: 12:00"}',
    "<html><body>502 Bad Gateway</body></html>",
    "",
    "null",
    '{"errcode":10003,"errmsg":"token expired"}',
  ])
    expect(plain(text)).toBe(text);
});

describe("planted canaries", () => {
  const canary = fc
    .tuple(
      fc.string({
        unit: fc.constantFrom(...Array.from("aZ9ё/+ %&='\"\\<{")),
        minLength: 4,
        maxLength: 12,
      }),
      fc.uuid(),
    )
    .map(([odd, id]) => odd + id);
  const wrap = fc.constantFrom<(secret: string) => string>(
    (secret) => secret,
    encodeURIComponent,
    (secret) => encodeURIComponent(JSON.stringify(secret)),
    (secret) => JSON.stringify({ text: `to ${secret}.`, [secret]: [{ deep: secret }] }),
    (secret) => JSON.stringify({ text: JSON.stringify({ inner: secret }) }),
    (secret) => new URLSearchParams({ text: secret }).toString(),
    (secret) => new URLSearchParams({ text: JSON.stringify({ secret }) }).toString(),
    (secret) => JSON.stringify({ url: `https://a.example/?q=${encodeURIComponent(secret)}` }),
    (secret) => `{"cut":"${JSON.stringify(secret).slice(1, -1)}`,
    (secret) => Buffer.from(secret).toString("base64"),
    (secret) => createHash("md5").update(secret).digest("hex"),
  );

  it("never survive, however they are wrapped and whatever stands around them", () => {
    fc.assert(
      fc.property(
        fc.array(canary, { minLength: 1, maxLength: 3 }),
        fc.array(wrap, { minLength: 1, maxLength: 4 }),
        fc.string(),
        (canaries, wraps, around) => {
          const text =
            around + wraps.map((wrap, i) => wrap(canaries[i % canaries.length]!)).join(around);
          const masked = makeMask(canaries)(text);
          for (const secret of canaries) {
            // The UUID has the same spelling in every wrapping but base64 and MD5.
            expect(masked).not.toContain(secret.slice(-36));
            expect(masked).not.toContain(Buffer.from(secret).toString("base64").slice(0, 20));
            expect(masked).not.toContain(createHash("md5").update(secret).digest("hex"));
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  it("never survive in known fields, whatever they hold", () => {
    const name = fc.constantFrom(
      "password",
      "access_token",
      "keyboardPwd",
      "clientSecret",
      "lock_key",
    );
    fc.assert(
      fc.property(name, canary, (name, secret) => {
        for (const text of [
          JSON.stringify({ a: [{ [name]: secret }] }),
          `${JSON.stringify({ [name]: secret })} and more`,
          new URLSearchParams({ [name]: secret, b: "2" }).toString(),
        ])
          expect(plain(text)).not.toContain(secret.slice(-36));
      }),
    );
  });
});

it("masks a megabyte with many secrets in a moment", () => {
  const mask = makeMask(Array.from({ length: 20 }, (_, i) => `secret ${i} ${"ё&".repeat(9)}`));
  const text = '"name": "\\"value: '.repeat(60_000);
  const startedAt = performance.now();
  mask(text);
  expect(performance.now() - startedAt).toBeLessThan(5_000);
});
