import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createToken } from "#team/team.store.ts";
import { hashToken, makeToken } from "#team/token.ts";
import { openBrowser, type TestBrowser } from "../support/browser.ts";
import { openCutLine } from "../support/cut-line.ts";
import { NOON, openTestServer, WORKSPACE, type TestServer } from "../support/server.ts";

const HOUR = 3_600_000;
const LOCK = 11432744;
const BOT = "6126237741:AAFQKNyn1jhScXSGsYCh_yxwWDT578ARMGA";
const PASSWORD = "canary-door-pass";
const QUERY = `username=owner@example.org&password=${PASSWORD}&errorEmail=owner@example.org&lockId=${LOCK}&deliverVia=telegram&telegramToken=${BOT}&telegramFieldName=*TelegramId`;

let chromium: TestBrowser;
beforeAll(async () => {
  chromium = await openBrowser();
});
afterAll(async () => await chromium[Symbol.asyncDispose]());

async function openStudio(isDemo = true): Promise<TestServer> {
  const server = await openTestServer({ isDemo });
  server.vendors.ttlock.addAccount({ username: "owner@example.org", password: PASSWORD });
  server.vendors.ttlock.addLock({ lockId: LOCK, owner: "owner@example.org", alias: "Studio" });
  server.vendors.telegram.addBot(BOT, {});
  return server;
}

/** A page whose every fault fails the test. */
async function openPage(options: BrowserContextOptions = {}) {
  const context = await chromium.browser.newContext({ locale: "ru-RU", ...options });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const faults: Error[] = [];
  page.on("pageerror", (fault) => faults.push(fault));
  return {
    page,
    async [Symbol.asyncDispose]() {
      await context.close();
      expect(faults).toEqual([]);
    },
  };
}

function book({ vendors: { torrow } }: TestServer, number: number) {
  const startsAt = NOON + 3 * HOUR;
  return torrow.createOrder({ number, startsAt, endsAt: startsAt + 2 * HOUR });
}

/** Goes on by Tab until the wanted element has the focus. */
async function tabTo(page: Page, wanted: string): Promise<void> {
  for (let steps = 0; steps < 30; steps += 1) {
    if ((await page.locator(wanted).and(page.locator(":focus")).count()) > 0) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`${wanted} is not reached by Tab.`);
}

describe("the page of a hook's check", () => {
  test.each([
    { locale: "ru-RU", says: "Вебхук готов к работе", hidden: "скрыто" },
    { locale: "en-GB", says: "The hook is ready to work", hidden: "hidden" },
  ])("tells verdict, masked secrets, an example and the JSON in $locale", async (wanted) => {
    await using server = await openStudio();
    await using opened = await openPage({ locale: wanted.locale });
    const { page } = opened;

    const answer = await page.goto(server.hook("ttlock", QUERY));

    expect(answer?.status()).toBe(200);
    expect(await page.locator("h1:visible").innerText()).toBe(wanted.says);
    const row = page.locator("tr:visible", { hasText: "password" }).first();
    expect(await row.innerText()).toContain(wanted.hidden);
    expect(await page.locator(".digits:visible").innerText()).toMatch(/^\d{3} \d{3}$/);
    expect(JSON.parse(await page.locator("pre").innerText())).toMatchObject({ Status: "Success" });
    expect(await page.content()).not.toMatch(new RegExp(`${PASSWORD}|${BOT}|test-hook-key`));
  });

  test("changes its language by keyboard alone, and its JSON can be reached", async () => {
    await using server = await openStudio();
    await using opened = await openPage();
    const { page } = opened;
    await page.goto(server.hook("telegram", "telegramFieldName=*TelegramId"));
    expect(await page.locator("h1:visible").innerText()).toContain("Вебхук не заработает");

    await tabTo(page, "#in-ru");
    await page.keyboard.press("ArrowRight");

    expect(await page.locator("h1:visible").innerText()).toContain("The hook will not work");
    await tabTo(page, "pre");
  });

  test("is refused without the right key, and says what to do", async () => {
    await using server = await openStudio();
    await using opened = await openPage();

    const answer = await opened.page.goto(`${server.url}/webhook/ttlock?${QUERY}&key=wrong`);

    expect(answer?.status()).toBe(401);
    const said = await opened.page.innerText("main");
    expect(said).toContain("Ключ вебхука не указан или не подошёл");
    expect(said).toContain("concierge hooks key");
    expect(await opened.page.content()).not.toMatch(new RegExp(`${PASSWORD}|${BOT}`));
  });
});

describe("the live page", () => {
  test("shows a booking, its code and its story as they happen, by keyboard alone", async () => {
    await using server = await openStudio();
    await using opened = await openPage();
    const { page } = opened;
    await page.goto(server.url);
    await page.getByText("Броней пока нет").waitFor();
    // Gone if the page were loaded again.
    await page.evaluate("window.isSamePage = true");
    const order = book(server, 180);
    const url = server.hook("ttlock", QUERY);

    await server.post(url, server.vendors.torrow.eventBody(order.id));
    await page.locator("a.row", { hasText: "№180" }).waitFor();
    await tabTo(page, "a.row");
    await page.keyboard.press("Enter");

    await page.locator(".card.code", { hasText: "в замке, проверено" }).waitFor();
    await page.locator(".timeline", { hasText: "Telegram" }).waitFor();
    await page.locator(".card strong", { hasText: "Telegram" }).waitFor();
    await tabTo(page, "[data-act=reveal]");
    await page.keyboard.press("Enter");
    const digits = server.vendors.ttlock.codesOf(LOCK)[0]?.code;
    await page.locator(`[data-digits="${digits}"]`).waitFor();

    server.vendors.torrow.cancelOrder(order.id);
    await server.post(url, server.vendors.torrow.eventBody(order.id));
    await page.locator(".card.code", { hasText: "удалён из замка" }).waitFor();
    await page.locator(".timeline", { hasText: "Бронь отменена" }).waitFor();
    expect(await page.evaluate("window.isSamePage")).toBe(true);
    await tabTo(page, "details > summary");
    await page.keyboard.press("Enter");
    expect(await page.content()).not.toMatch(new RegExp(`${PASSWORD}|${BOT}`));
  });

  test("marks a booking whose lock can't be reached, until it can", async () => {
    await using server = await openStudio();
    await using opened = await openPage();
    const { page } = opened;
    const gateway = server.vendors.ttlock.gateway(90_001);
    gateway.setOnline(false);
    await page.goto(server.url);
    const order = book(server, 180);

    await server.post(server.hook("ttlock", QUERY), server.vendors.torrow.eventBody(order.id));

    const row = page.locator("a.row", { hasText: "№180" });
    await row.getByText("есть трудности").waitFor();
    await row.click();
    await page.locator(".card.code", { hasText: "не вышло, повторим в" }).waitFor();
    gateway.setOnline(true);
    await server.advance(10_000);
    await page.locator(".card.code", { hasText: "в замке, проверено" }).waitFor();
    await row.getByText("действует").waitFor();
    expect(await page.getByText("не вышло, повторим в").count()).toBe(0);
  });

  test("says that the line is cut, and after that misses nothing", async () => {
    await using server = await openStudio();
    await using line = await openCutLine(server.url);
    await using opened = await openPage();
    const { page } = opened;
    const url = server.hook("ttlock", QUERY);
    const orders = [book(server, 180), book(server, 181)];
    await server.post(url, server.vendors.torrow.eventBody(orders[0]!.id));
    await page.goto(line.url);
    await page.locator("a.row", { hasText: "№180" }).click();
    await page.locator(".card.code", { hasText: "в замке, проверено" }).waitFor();

    // While the pointer is over the list its rows stay in their places.
    await page.mouse.move(900, 500);

    line.cut();
    await page.getByText("Нет связи с").waitFor();
    server.vendors.torrow.cancelOrder(orders[0]!.id);
    for (const { id } of orders) await server.post(url, server.vendors.torrow.eventBody(id));
    expect(await page.locator("a.row").count()).toBe(1);
    line.mend();

    await page.locator("a.row", { hasText: "№181" }).waitFor();
    await page.locator(".timeline", { hasText: "Бронь отменена" }).waitFor();
    await page.getByText("На связи").waitFor();
  });

  test("asks for a token where it is not the demo, and works with one", async () => {
    await using server = await openStudio(false);
    await using opened = await openPage();
    const { page } = opened;
    const order = book(server, 180);
    await server.post(server.hook("ttlock", QUERY), server.vendors.torrow.eventBody(order.id));
    const token = makeToken();
    await createToken(server.database, {
      workspaceId: WORKSPACE,
      id: crypto.randomUUID(),
      name: "page",
      scopes: ["read"],
      hash: hashToken(token),
      createdAt: NOON,
    });

    await page.goto(server.url);
    await page.getByText("Нужен токен").first().waitFor();
    expect(await page.locator("a.row").count()).toBe(0);
    await page.fill("#token", makeToken());
    await page.keyboard.press("Enter");
    await page.getByText("Этот токен не подошёл").waitFor();
    await page.fill("#token", token);
    await page.keyboard.press("Enter");

    await page.locator("a.row", { hasText: "№180" }).click();
    await page.locator(".card.code", { hasText: "в замке, проверено" }).waitFor();
    // Digits are for the demo, and for the API with a scope of its own.
    expect(await page.locator("[data-act=reveal]").count()).toBe(0);
    expect(await page.content()).not.toContain(token);
  });
});

test("the API's reference opens, and leads to its parts by keyboard", async () => {
  await using server = await openStudio();
  await using opened = await openPage();
  const { page } = opened;
  await page.goto(`${server.url}/docs`);

  await tabTo(page, "nav a >> nth=1");
  await page.keyboard.press("Enter");

  const place = new URL(page.url()).hash;
  expect(await page.locator(`[id="${decodeURIComponent(place.slice(1))}"]`).isVisible()).toBe(true);
});
