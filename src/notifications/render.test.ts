import { describe, expect, test } from "vitest";
import { aBooking, aParticipant, aResource, formatValues } from "../../test/support/a-booking.ts";
import type { NotificationRequest } from "./compose.ts";
import type { FormatValues } from "./format-parameters.ts";
import { renderNotification, renderText } from "./render.ts";

function render(
  given: Partial<Omit<NotificationRequest, "parameters">> = {},
  parameters: Partial<FormatValues> = {},
): string {
  const parts = renderNotification({
    booking: aBooking(),
    participant: aParticipant(),
    message: "Вы записаны на услугу.",
    markup: "plain",
    ...given,
    parameters: formatValues(parameters),
    maxLength: 4096,
  });
  expect(parts).toHaveLength(1);
  return parts[0] ?? "";
}

describe("a whole message", () => {
  const everything = { hide_contact_info: false, sign_text: "Студия «Север»\n+7 900 000-00-00" };

  test("in Russian for Telegram", () => {
    expect(render({ markup: "telegram-html" }, everything)).toBe(
      `Здравствуйте! Вы записаны на услугу.

<b>Запись:</b> <a href="https://booking.example/case;id=c1">№180</a>
<b>Время записи:</b> 16.06.2026 12:00 (Мск)
<b>Продолжительность:</b> 1 час 30 мин.
<b>Адрес:</b> Москва, улица Примерная, 12
<b>Услуга:</b> <a href="https://booking.example/service;id=s1">Фотосессия</a>

<b>Описание:</b> Вход со двора

<b>Детали записи:</b>
Услуги/ресурсы:
1. Зал «Север» <i>Светлый, 40 м²</i>, 2 400 ₽, 1 шт
<b>Полная стоимость:</b> 2 400 ₽

<b>Контактная информация:</b>
Имя: Анна
Телефон: 8 (900) 000-00-00

<a href="https://booking.example/case;id=c1">Подробнее</a>

Студия «Север»
+7 900 000-00-00`,
    );
  });

  test("in Russian for WhatsApp", () => {
    expect(render({ markup: "whatsapp" }, everything)).toBe(
      `Здравствуйте! Вы записаны на услугу.

*Запись:* №180
*Время записи:* 16.06.2026 12:00 (Мск)
*Продолжительность:* 1 час 30 мин.
*Адрес:* Москва, улица Примерная, 12
*Услуга:* Фотосессия
https://booking.example/service;id=s1

*Описание:* Вход со двора

*Детали записи:*
Услуги/ресурсы:
1. Зал «Север» _Светлый, 40 м²_, 2 400 ₽, 1 шт
*Полная стоимость:* 2 400 ₽

*Контактная информация:*
Имя: Анна
Телефон: 8 (900) 000-00-00

Подробнее: https://booking.example/case;id=c1

Студия «Север»
+7 900 000-00-00`,
    );
  });

  test("in English as plain text", () => {
    const booking = aBooking({ kind: "event", description: undefined });
    const parameters = { date_locales: "en-US", timezone: "America/New_York" };
    expect(render({ booking, message: "You are booked." }, parameters)).toBe(
      `Hello! You are booked.

Participation in the event: №180
Event time: 06/16/2026 05:00 AM (EDT)
Duration: 1 hour 30 min
Address: Москва, улица Примерная, 12
Service: Фотосессия
https://booking.example/service;id=s1

Event details:
Services/resources:
1. Зал «Север» (Светлый, 40 м²), RUB 2,400, 1 pc.
Total: RUB 2,400

More: https://booking.example/case;id=c1`,
    );
  });

  test("has only what is known", () => {
    const bare = aBooking({
      startsAt: undefined,
      endsAt: undefined,
      number: undefined,
      description: undefined,
      address: undefined,
      service: { id: undefined, name: undefined, url: undefined },
      url: undefined,
      resources: [],
    });
    expect(render({ booking: bare, participant: undefined, message: undefined })).toBe(
      "Здравствуйте!",
    );
  });
});

describe("each formatting parameter changes the text", () => {
  const whole = render({}, { hide_contact_info: false });

  test.each<[keyof FormatValues, string | boolean, readonly string[], readonly string[]]>([
    ["resource_name", "Залы", ["Залы:"], ["Услуги/ресурсы"]],
    ["detail_section_name", "Состав", ["Состав:"], ["Детали записи"]],
    [
      "case_type_name",
      "тренировка",
      ["Тренировка: №180", "Время: 16"],
      ["Запись:", "Время записи"],
    ],
    ["hide_detail_section", true, [], ["Детали записи", "Услуги/ресурсы", "Зал «", "стоимость"]],
    ["hide_resource_description", true, ["Зал «Север», 2 400 ₽"], ["Светлый"]],
    ["hide_order_duration", true, ["Время записи"], ["Продолжительность"]],
    ["hide_address", true, [], ["Адрес", "Примерная"]],
    ["hide_service_name", true, [], ["Услуга:", "Фотосессия", "service;id"]],
    ["hide_order_description", true, [], ["Описание", "Вход со двора"]],
    ["hide_url", true, ["Услуга: Фотосессия"], ["https://", "Подробнее"]],
    ["hide_contact_info", true, [], ["Контактная", "Анна"]],
    ["date_locales", "en-US", ["06/16/2026 12:00 PM", "Duration: 1 hour"], ["Время"]],
    ["timezone", "Asia/Yekaterinburg", ["16.06.2026 14:00 (GMT+5)"], ["Мск"]],
    ["timezone_name", "по Москве", ["12:00 (по Москве)"], ["Мск"]],
    ["sign_text", "С уважением, студия", ["\n\nС уважением, студия"], []],
  ])("%s = %j", (...[name, value, present, absent]) => {
    const changed = render({}, { hide_contact_info: false, [name]: value });
    expect(changed).not.toBe(whole);
    for (const text of present) expect(changed).toContain(text);
    for (const text of absent) expect(changed).not.toContain(text);
    for (const text of absent.slice(0, 1)) expect(whole).toContain(text);
  });
});

describe("words", () => {
  test.each([
    ["order", "Заказ: №180", "Время заказа", "Детали заказа"],
    ["appointment", "Запись: №180", "Время записи", "Детали записи"],
    ["event", "Участие в мероприятии: №180", "Время мероприятия", "Детали мероприятия"],
  ] as const)("of kind %s", (...[kind, ...expected]) => {
    const text = render({ booking: aBooking({ kind }) });
    for (const words of expected) expect(text).toContain(words);
  });

  test.each([
    ["Здравствуйте, ждём вас", "Здравствуйте, ждём вас"],
    ["🎉 Добрый день", "🎉 Добрый день"],
    ["Hello there", "Hello there"],
    ["Hidden door", "Здравствуйте! Hidden door"],
    ["Запись отменена", "Здравствуйте! Запись отменена"],
  ])("a message %j begins as %j", (message, opening) => {
    expect(render({ message }).split("\n")[0]).toBe(opening);
  });

  test("a message and a signature keep their lines", () => {
    expect(render({ message: "Раз 🙂\n\nДва" })).toContain("Здравствуйте! Раз 🙂\n\nДва\n\n");
  });
});

describe("prices", () => {
  const two = [aResource({ price: 950 }), aResource({ name: "Кофе", price: undefined, amount: 2 })];

  test("a guest's own price is the total", () => {
    const participant = aParticipant({ price: { amount: 1900, currency: "RUB" } });
    expect(render({ booking: aBooking({ resources: two }), participant })).toContain(
      "Полная стоимость: 1 900 ₽",
    );
  });

  test("without it single prices of one currency are summed", () => {
    const text = render({ booking: aBooking({ resources: two }) });
    expect(text).toContain("1. Зал «Север» (Светлый, 40 м²), 950 ₽, 1 шт\n2. Кофе");
    expect(text).toContain("Полная стоимость: 950 ₽");
  });

  test.each([
    ["several pieces, whose price may be of one", aResource({ amount: 2 })],
    ["another currency", aResource({ currency: "EUR" })],
    ["nothing to pay", aResource({ price: 0 })],
  ])("there is no total with %s", (_, resource) => {
    const resources = resource.price === 0 ? [resource] : [aResource(), resource];
    expect(render({ booking: aBooking({ resources }) })).not.toContain("стоимость");
  });
});

describe("a text of its own", () => {
  test("has nothing added and is escaped", () => {
    const text = "Ждём <вас> & друзей\n\nсегодня";
    expect(renderText({ text, markup: "telegram-html", maxLength: 4096 })).toEqual([
      "Ждём &lt;вас&gt; &amp; друзей\n\nсегодня",
    ]);
  });

  test("is split at its paragraphs", () => {
    const text = "Первый абзац\n\nВторой абзац";
    expect(renderText({ text, markup: "plain", maxLength: 20 })).toEqual([
      "Первый абзац",
      "Второй абзац",
    ]);
  });
});
