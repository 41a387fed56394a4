import { expect, it } from "vitest";
import { channels } from "#channels/registry.ts";
import { locks } from "#locks/registry.ts";
import { formatParameters } from "#notifications/index.ts";
import { aBooking, bookedAt } from "../../test/support/a-booking.ts";
import { readHook } from "./hook-reading.ts";
import { makePreview } from "./preview.ts";

const kinds = { locks, channels, messageParameters: formatParameters };
const minute = 60_000;
const now = bookedAt - 24 * 60 * minute;

function preview(kind: string, query: Readonly<Record<string, string>>, booking = aBooking()) {
  const items = Object.entries(query).map(([name, value]) => ({ name, value }));
  const reading = readHook(kinds, kind, items);
  if (!reading) throw new Error(`there is no hook ${kind}`);
  return makePreview(reading, booking, now);
}

const lock = {
  username: "u",
  password: "canary-password",
  errorEmail: "a@b.example",
  lockId: "42",
};
const bot = { telegramToken: "123456:canary-token", telegramFieldName: "*TelegramId" };

it("shows from when to when a code would work, and until when it is kept", () => {
  const query = { ...lock, validBeforeMinutes: "10", expiredBeforeMinutes: "-15", keepHours: "1" };
  const { code } = preview("ttlock", query);
  expect(code).toMatchObject({
    plan: "issue",
    validity: { validFrom: bookedAt - 10 * minute, validTo: bookedAt + 105 * minute },
    keepUntil: bookedAt + 165 * minute,
    lockIds: ["42"],
    areLocksFromBooking: false,
  });
});

it("shows a code that looks like the real ones: as long, and of the digits that are allowed", () => {
  const { code } = preview("ttlock", { ...lock, codeLength: "8", codeDigits: "147" });
  expect(code).toHaveProperty("digits", expect.stringMatching(/^[147]{8}$/));
});

it("shows why there would be no code", () => {
  const { code } = preview("ttlock", { ...lock, validBeforeMinutes: "-600" });
  expect(code).toMatchObject({
    plan: "impossible",
    why: { en: expect.stringMatching(/nothing is left/) },
  });
});

it("shows the message as the channel would carry it", () => {
  const { message } = preview("telegram", { ...bot, message: "Ждём вас" });
  expect(message).toMatchObject({ channel: "Telegram", markup: "telegram-html", to: "guest" });
  expect(message?.texts[0]).toContain("Ждём вас");
  expect(message?.texts[0]).toContain("<b>");
});

it("shows a message to a fixed number alone, without the booking", () => {
  const query = {
    apiToken: "canary-token-1",
    profileId: "p",
    phone: "79000000000",
    message: "Приехали",
  };
  expect(preview("wappi", query).message).toMatchObject({ texts: ["Приехали"], to: "phone" });
});

it("shows what the guest is told of the code where a lock's hook names a channel", () => {
  const { message } = preview("ttlock", { ...lock, ...bot, deliverVia: "telegram" });
  expect(message?.texts[0]).toMatch(/^Код доступа \d{6}#/);
});

it("shows the example although the account's parameters are missing", () => {
  const { message, waitsFor } = preview("telegram", { message: "Ждём вас" });
  expect(waitsFor).toEqual([]);
  expect(message?.texts[0]).toContain("Ждём вас");
});

it("waits for the parameters that shape it", () => {
  const shown = preview("telegram", { ...bot, timezone: "Nowhere/Land", errorEmail: "no address" });
  expect(shown.waitsFor).toEqual(["timezone"]);
  expect(shown.message).toBeUndefined();
});
