import { describe, expect, it } from "vitest";
import { channels } from "#channels/registry.ts";
import type { CheckReport } from "#domain/parameter.ts";
import { locks } from "#locks/registry.ts";
import { formatParameters } from "#notifications/index.ts";
import { aBooking, bookedAt } from "../../test/support/a-booking.ts";
import { checkHook } from "./check.ts";
import { checkPage } from "./check-page.ts";
import { readHook } from "./hook-reading.ts";
import { makePreview } from "./preview.ts";
import { refusedPage } from "./refused-page.ts";

const kinds = { locks, channels, messageParameters: formatParameters };
const canary = "canary-password-31337";
const good = { username: "u", password: canary, errorEmail: "a@b.example", lockId: "42" };

async function page(
  query: Readonly<Record<string, string>>,
  { findings = [], facts = [] }: Partial<CheckReport> = {},
) {
  const items = Object.entries(query).map(([name, value]) => ({ name, value }));
  const reading = readHook(kinds, "ttlock", items);
  if (!reading) throw new Error("there is no such hook");
  const check = await checkHook(reading, async () => [{ findings, facts }]);
  return checkPage(check, makePreview(reading, aBooking(), bookedAt - 86_400_000), "ru");
}

const heading = (html: string) => /<h1>(.*?)<\/h1>/.exec(html)?.[1];
const text = (words: string) => ({ ru: words, en: words });

describe("the first line", () => {
  it("says that the hook works", async () => {
    expect(heading(await page(good))).toBe("Вебхук готов к работе");
  });

  it("counts the warnings", async () => {
    const html = await page({ ...good, foo: "1", bar: "2" });
    expect(heading(html)).toBe("Вебхук готов к работе, есть 2 предупреждения");
  });

  it("counts the faults in the parameters", async () => {
    expect(heading(await page({ ...good, codeLength: "99" }))).toBe(
      "Вебхук не заработает: 1 ошибка в параметрах",
    );
  });

  it("names the vendor that refused", async () => {
    const html = await page(good, { findings: [{ kind: "error", text: text("Не вышло.") }] });
    expect(heading(html)).toBe("Вебхук сейчас не работает: проверка у TTLock не прошла");
  });
});

it("holds no secret, no link, no script and nothing from elsewhere", async () => {
  const html = await page({ ...good, Password: "x" });
  expect(html).not.toContain(canary);
  expect(html).not.toContain(canary.slice(-2).padStart(3, "•"));
  expect(html).not.toMatch(/<a |href|src=|<script|<form|<img|url\(/);
});

it("shows texts from outside as texts", async () => {
  const odd = `"><img src=x onerror=alert(1)>`;
  const html = await page(
    { ...good, username: odd, [odd]: odd },
    { facts: [{ label: text(odd), value: odd }], findings: [{ kind: "warning", text: text(odd) }] },
  );
  expect(html).not.toContain("<img");
});

it("stands in both languages, the asked one first to be seen", async () => {
  const html = await page(good);
  expect(html).toContain('<html lang="ru">');
  expect(html).toContain("The hook is ready to work");
  expect(html).toContain('[data-side="en"]{display:none}');
});

it("tells what to do about a parameter that is missing, wrong or misspelt", async () => {
  const html = await page({
    Password: "x",
    username: "u",
    errorEmail: "a@b.example",
    codelength: "5",
  });
  expect(html).toContain("Добавьте в адрес password=…");
  expect(html).toContain("Возможно, это password: исправьте написание.");
  expect(html).toContain("Возможно, это codeLength: исправьте написание.");
});

it("shows each parameter with its meaning, and whether its value is a default", async () => {
  const html = (await page(good)).replaceAll("<wbr />", "").replaceAll(/>\s+</g, "><");
  const [, given = "", byDefault = "", absent = ""] = html.split('<tr class="group">');
  expect(given).toContain("<code>lockId</code></th><td><code>42</code>");
  expect(given).toContain("скрыто");
  expect(byDefault).toContain("<code>keepHours</code></th><td><code>120</code>");
  expect(absent).toContain("timezone_name");
  for (const { meaning } of locks.ttlock.manifest.hook.parameters)
    expect(html).toContain(meaning.en.replaceAll("'", "&#39;"));
});

it("ends with the answer that programs get", async () => {
  const html = await page({ ...good, foo: "1" });
  expect(html).toContain("&#34;Status&#34;: &#34;Success&#34;");
  expect(html).toContain("&#34;WarningMessage&#34;: &#34;Parameter &#60;foo&#62; is unknown");
});

it("tells whoever brings a wrong key what a key is and where it is found", () => {
  const html = refusedPage("key", "en");
  expect(heading(html)).toBe("Ключ вебхука не указан или не подошёл");
  expect(html).toContain("<title>The hook key is missing or does not fit</title>");
  expect(html).toContain("concierge hooks key");
});

it("names the hooks that there are to whoever asks for another", () => {
  expect(refusedPage("unknown-hook", "ru", ["ttlock"])).toContain("<code>/webhook/ttlock</code>");
});
