import { describe, expect, test } from "vitest";
import { HOOK_KEY, type TestServer } from "../support/server.ts";
import {
  ACCOUNT,
  book,
  BOT,
  codesOn,
  LOCK,
  openStudio,
  OWNER,
  TELEGRAM,
  verdicts,
} from "../support/studio.ts";

const read = async (answer: Response) => ({
  status: answer.status,
  body: (await answer.json()) as Record<string, string>,
});
const html = { accept: "text/html,application/xhtml+xml" };

/** A request as a browser sends what is typed into its address bar: letters and blanks percent-encoded, the rest as it is. */
const typed = (server: TestServer, path: string) =>
  fetch(new URL(`${path}&key=${HOOK_KEY}`, server.url));

describe("the documents' own examples", () => {
  test("ttlock", async () => {
    await using server = await openStudio();
    server.vendors.ttlock.addAccount({ username: "ttlock@example.org", password: "123" });
    server.vendors.ttlock.addLock({ lockId: 7, owner: "ttlock@example.org" });
    const answer = await typed(
      server,
      "/webhook/ttlock?username=ttlock@example.org&password=123&lockId=7&codeLength=6&keepHours=48&validBeforeMinutes=15&expiredBeforeMinutes=15&errorEmail=test@example.org",
    );
    expect(await read(answer)).toEqual({
      status: 200,
      body: { Status: "Success", Message: "The WebHook has been successfully verified" },
    });
    expect(answer.headers.get("content-type")).toContain("application/json");
  });

  test("telegram, with a stray blank in a name and Russian letters", async () => {
    await using server = await openStudio();
    const path = `/webhook/telegram?telegramToken=${BOT}&telegramFieldName =*TelegramId&errorEmail=test@gmail.com&message=Вы записаны на услугу`;
    expect((await read(await typed(server, path))).body).toEqual({
      Status: "Success",
      Message: "The WebHook has been successfully verified",
    });
    await server.post(new URL(`${path}&key=${HOOK_KEY}`, server.url).href, book(server).event());
    expect(server.vendors.telegram.sent[0]?.text).toContain("Вы записаны на услугу");
  });

  test("wappi by a cascade, and by GREEN-API's name of the key to a fixed number", async () => {
    await using server = await openStudio();
    const token = "9410830193ce4ad56fe4df0378d1a0a8da13672248d94697b3";
    server.vendors.wappi.addProfile({ token, id: "p1", platform: "wa" });
    server.vendors.wappi.addCascade({
      token,
      id: "e9f1c45c0bd7a3e8e8ba",
      name: "Guests",
      order: [{ platform: "wa" }],
    });
    const first = await typed(
      server,
      `/webhook/wappi?cascadeId=e9f1c45c0bd7a3e8e8ba&apiToken=${token}&errorEmail=test@gmail.com&message=Вы записаны на услугу`,
    );
    expect((await read(first)).body).toMatchObject({ Status: "Success" });
    const second = await typed(
      server,
      `/webhook/wappi?cascadeId=e9f1c45c0bd7a3e8e8ba&apiTokenInstance=${token}&errorEmail=test@gmail.com&phone=79819998877&message=Сообщение на постоянный номер`,
    );
    expect((await read(second)).body).toMatchObject({ Status: "Success" });
  });
});

describe("a check", () => {
  test("changes nothing, sends nothing and keeps nothing", async () => {
    await using server = await openStudio();
    await fetch(server.hook("telegram", TELEGRAM));
    await fetch(server.hook("ttlock", `${ACCOUNT}&lockId=${LOCK}`));
    expect(server.vendors.telegram.sent).toEqual([]);
    expect(codesOn(server)).toEqual([]);
    for (const table of ["hook", "integration", "intake_event", "delivery"])
      expect(await server.database.query(`select 1 from ${table}`)).toEqual([]);
  });

  test.each([
    ["GET", undefined],
    ["POST", undefined],
    ["POST", ""],
  ])("is what a %s with the body %j is", async (method, body) => {
    await using server = await openStudio();
    const answer = await fetch(server.hook("telegram", TELEGRAM), {
      method,
      ...(body !== undefined && { body }),
    });
    expect((await read(answer)).body).toMatchObject({ Status: "Success" });
  });

  test("names all faults at once, wrong parameters first, and echoes no secret", async () => {
    await using server = await openStudio();
    const { status, body } = await read(
      await fetch(
        server.hook(
          "ttlock",
          `username=owner@example.org&password=canary-password&errorEmail=me&codeLength=3&lockId=99&colour=red`,
        ),
      ),
    );
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(["Status", "ErrorMessage", "WarningMessage"]);
    expect(body["Status"]).toBe("Wrong parameters");
    expect(body["ErrorMessage"]).toMatch(/<codeLength>[\s\S]*<errorEmail>[\s\S]*password/i);
    expect(body["WarningMessage"]).toContain("<colour>");
    expect(JSON.stringify(body)).not.toContain("canary");
    expect(server.log.join("\n")).not.toContain("canary-password");
  });

  test("says what the vendor refuses", async () => {
    await using server = await openStudio();
    const revoked = await read(
      await fetch(
        server.hook(
          "telegram",
          TELEGRAM.replace(BOT, "700000001:AAAcanaryKNyn1jhScXSGsYCh_yxwWDT578"),
        ),
      ),
    );
    expect(revoked.body["Status"]).toBe("Error");
    expect(JSON.stringify(revoked.body)).not.toContain("canary");
    const password = await read(
      await fetch(
        server.hook(
          "ttlock",
          `username=${OWNER}&password=canary-wrong&errorEmail=${OWNER}&lockId=${LOCK}`,
        ),
      ),
    );
    expect(password.body["Status"]).toBe("Error");
    expect(JSON.stringify(password.body)).not.toContain("canary");
    const lock = await read(await fetch(server.hook("ttlock", `${ACCOUNT}&lockId=424242`)));
    expect(lock.body["Status"]).not.toBe("Success");
    expect(lock.body["ErrorMessage"]).toContain("424242");
  });

  test("warns of what would bite later", async () => {
    await using server = await openStudio();
    const warningOf = async (kind: string, query: string) =>
      (await read(await fetch(server.hook(kind, query)))).body;
    expect(await warningOf("ttlock", ACCOUNT)).toMatchObject({
      Status: "Success",
      WarningMessage: expect.stringContaining("lockId_"),
    });
    expect(await warningOf("ttlock", `${ACCOUNT}&lockId=${LOCK}&codeLength=4`)).toMatchObject({
      Status: "Success",
      WarningMessage: expect.stringContaining("codeLength"),
    });
    server.vendors.ttlock.gateway(90_001).setOnline(false);
    const offline = await warningOf("ttlock", `${ACCOUNT}&lockId=${LOCK}`);
    expect(JSON.stringify(offline)).toMatch(/gateway/i);
  });

  test.each([
    ["ru-RU,ru;q=0.9", "ru", "Вебхук"],
    ["en-GB,en;q=0.9", "en", "WebHook|webhook|hook"],
  ])("is a readable page for a browser that speaks %s", async (language, lang, word) => {
    await using server = await openStudio();
    const answer = await fetch(server.hook("telegram", `${TELEGRAM}&message=canary-free`), {
      headers: { ...html, "accept-language": language },
    });
    const page = await answer.text();
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toContain("text/html");
    expect(page).toContain(`lang="${lang}"`);
    expect(page).toMatch(new RegExp(word));
    expect(page.replaceAll("<wbr>", "").replaceAll("<wbr />", "")).toContain("telegramFieldName");
    expect(page).toContain("&#34;Status&#34;: &#34;Success&#34;");
    expect(page).not.toContain(BOT);
  });
});

describe("strangers", () => {
  test.each([
    ["no key", ""],
    ["another key", "&key=guess"],
    ["an empty key", "&key="],
  ])("with %s are not let in, by JSON, page or event, and cause no call", async (_, key) => {
    await using server = await openStudio();
    const url = `${server.url}/webhook/telegram?${TELEGRAM}${key}`;
    const asJson = await read(await fetch(url));
    expect(asJson).toMatchObject({
      status: 401,
      body: { Status: "Error", ErrorMessage: expect.stringContaining("<key>"), WarningMessage: "" },
    });
    const page = await fetch(url, { headers: { ...html, "accept-language": "ru" } });
    expect(page.status).toBe(401);
    expect(await page.text()).toContain("<html");
    const event = await fetch(url, { method: "POST", body: JSON.stringify(book(server).event()) });
    expect(event.status).toBe(401);
    expect(server.vendors.telegram.journal).toEqual([]);
    expect(await verdicts(server)).toEqual([]);
  });
});
