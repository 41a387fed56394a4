import { describe, expect, it } from "vitest";
import { composeNotice } from "./notice-mail.ts";
import type { Notice, NoticeLine } from "./notices.store.ts";

const hook = { kind: "telegram", id: "h1" };
/** 14:05 in Moscow. */
const at = Date.UTC(2026, 10, 20, 11, 5);
const blocked = {
  ru: "Не отправлено: гость заблокировал бота. Свяжитесь с гостем другим способом.",
  en: "Not sent: the guest has blocked the bot. Reach the guest another way.",
};

function aLine(bookingNumber: string | null, given: Partial<NoticeLine> = {}): NoticeLine {
  return { at, bookingNumber, text: blocked, ...given };
}

function aNotice(lines: readonly NoticeLine[], count = lines.length): Notice {
  return {
    workspaceId: "main",
    id: "n1",
    hookId: "h1",
    count,
    lines,
    windowFrom: at,
    state: "open",
  };
}

const compose = (...given: Parameters<typeof aNotice>) => composeNotice(aNotice(...given), hook);

it("says in plain text whom it concerns, what happened and what to do, in Russian and then in English", () => {
  expect(compose([aLine("№42")]).text).toBe(`Нужно ваше внимание: бронь №42

Не отправлено: гость заблокировал бота. Свяжитесь с гостем другим способом.
• Бронь №42, 20.11.2026, 14:05 (Мск)

Вебхук: /webhook/telegram, номер h1. Его параметры показывает команда: concierge hooks show h1
О той же причине мы напишем не раньше чем через десять минут.

— — —

Your attention is needed: booking №42

Not sent: the guest has blocked the bot. Reach the guest another way.
• Booking №42, 20/11/2026, 14:05 (Moscow time)

Hook: /webhook/telegram, id h1. Its parameters are shown by: concierge hooks show h1
We write about the same cause again in ten minutes at the earliest.`);
});

it("says the same in HTML", () => {
  const { html, text } = compose([aLine("№42"), aLine("№43")]);
  const words = html.replace(/<head>.*<\/head>/s, "").replaceAll(/<[^>]*>/g, " ");
  const bare = (said: string) => said.replaceAll(/[•—\s]+/g, " ").trim();
  expect(bare(words)).toBe(bare(text));
});

it("shows texts from outside as texts", () => {
  const odd = `<img src=x onerror="alert(1)"> & 'x'`;
  const { html } = compose([aLine(odd, { text: { ru: odd, en: odd } })]);
  expect(html).not.toContain("<img");
  expect(html).toContain("&#60;img src=x onerror=&#34;alert(1)&#34;&#62; &#38; &#39;x&#39;");
});

describe("the subject", () => {
  it("names the booking and what happened to it", () => {
    expect(compose([aLine("№42")]).subject).toBe(
      "Бронь №42. Не отправлено: гость заблокировал бота",
    );
  });

  it("names two bookings, or the first and how many more", () => {
    expect(compose([aLine("№1"), aLine("№2"), aLine("№1")]).subject).toMatch(/^Брони №1 и №2\./);
    const three = [aLine("№1"), aLine("№2"), aLine("№3")];
    expect(compose(three).subject).toMatch(/^Бронь №1 и ещё 2\./);
    expect(compose(three, 50).subject).toMatch(/^Бронь №1 и другие\./);
  });

  it("names the hook where no booking is known", () => {
    expect(compose([aLine(null)]).subject).toMatch(/^Вебхук telegram\. Не отправлено/);
  });

  it("is one line of bearable length, whatever is told", () => {
    const text = { ru: `Начало\r\nBcc: x@y.example ${"слово ".repeat(100)}`, en: "x" };
    const { subject } = compose([aLine("№42", { text })]);
    expect(subject).not.toMatch(/[\r\n]/);
    expect(subject.length).toBeLessThanOrEqual(140);
    expect(subject).toMatch(/…$/);
  });
});

it.each([
  [2, "Случилось 2 раза.", "It happened 2 times."],
  [5, "Случилось 5 раз.", "It happened 5 times."],
  [21, "Случилось 21 раз. Здесь перечислены первые 20.", "The first 20 are listed here."],
])("counts %i troubles in both languages", (count, ru, en) => {
  const lines = Array.from({ length: Math.min(count, 20) }, (_, place) => aLine(`№${place}`));
  const { text } = compose(lines, count);
  expect(text).toContain(ru);
  expect(text).toContain(en);
});

it("tells the same trouble of several bookings once", () => {
  const other = { ru: "Не отправлено: номер не найден.", en: "Not sent: no such number." };
  const { text } = compose([aLine("№1"), aLine("№2", { text: other }), aLine("№3")]);
  expect(text.split(blocked.ru)).toHaveLength(2);
  expect(text).toMatch(/другим способом\.\n• Бронь №1, .*\n• Бронь №3, /);
});
