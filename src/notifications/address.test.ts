import { describe, expect, test } from "vitest";
import type { ContactField } from "#domain/booking.ts";
import { aBooking, aParticipant } from "../../test/support/a-booking.ts";
import { notifiedParticipants, phoneAddress, readPhone, userAddress } from "./address.ts";

const withFields = (...fields: readonly ContactField[]) => aParticipant({ fields });

describe("a messenger's user id", () => {
  test.each(["*TelegramId", "TelegramId", " * telegramid ", "Telegram Id"])(
    "is in the field called %j",
    (fieldName) => {
      expect(userAddress(aParticipant(), fieldName)).toEqual({ kind: "user", id: "100000001" });
    },
  );

  test("is digits and nothing else", () => {
    const field = (value: string): ContactField => ({ type: "other", name: "*TelegramId", value });
    expect(userAddress(withFields(field(" 100 200 ")), "TelegramId")).toMatchObject({
      id: "100200",
    });
    for (const value of ["@anna", "0", "-5", "12a", ""])
      expect(userAddress(withFields(field(value)), "TelegramId")).toBeUndefined();
    expect(userAddress(withFields(field("@anna"), field("77")), "TelegramId")).toMatchObject({
      id: "77",
    });
  });

  test("is not looked for under another name, or under none", () => {
    expect(userAddress(aParticipant(), "*VkId")).toBeUndefined();
    expect(userAddress(withFields({ type: "other", name: "*", value: "5" }), "")).toBeUndefined();
  });
});

describe("a phone", () => {
  test.each([
    ["8 (900) 123-45-67", "+79001234567"],
    ["Телефон 89001234567", "+79001234567"],
    ["9001234567", "+79001234567"],
    ["79001234567", "+79001234567"],
    ["+7 900 123 45 67 доб. 12", "+79001234567"],
    ["тел. 8(900)1234567, 8(901)1234567", "+79001234567"],
    ["380501234567", "+380501234567"],
    ["+1 212 555 0100", "+12125550100"],
    ["234234", undefined],
    ["позвоните мне", undefined],
    ["", undefined],
  ])("%j is %s", (typed, expected) => {
    expect(readPhone(typed)).toBe(expected);
  });

  test("without a country code is of the country that is set", () => {
    expect(readPhone("0171 1234567", "DE")).toBe("+491711234567");
    expect(readPhone("8 900 123 45 67", "nowhere")).toBe("+79001234567");
  });

  const main: ContactField = { type: "main-phone", name: "Телефон", value: "8 900 000 00 01" };
  const verified: ContactField = { type: "verified-phone", name: "", value: "+79000000002" };
  const additional: ContactField = { type: "additional-phone", name: "", value: "89000000003" };

  test("verified goes before main, main before additional", () => {
    expect(phoneAddress(withFields(additional, main, verified))).toMatchObject({
      phone: "+79000000002",
    });
    expect(phoneAddress(withFields(additional, main))).toMatchObject({ phone: "+79000000001" });
    expect(phoneAddress(withFields(additional))).toMatchObject({ phone: "+79000000003" });
  });

  test("that is none gives way to the next, and a field of another type is never one", () => {
    const broken = { ...main, value: "234234" };
    expect(phoneAddress(withFields(broken, additional))).toMatchObject({ phone: "+79000000003" });
    expect(phoneAddress(withFields({ ...main, type: "other" }))).toBeUndefined();
  });
});

describe("whom a message goes to", () => {
  const guest = aParticipant({ id: "guest" });
  const gone = aParticipant({ id: "gone", state: "cancelled" });
  const staff = aParticipant({ id: "staff", role: "executor" });
  const ids = (booking: Parameters<typeof notifiedParticipants>[0]) =>
    notifiedParticipants(booking).map(({ id }) => id);

  test("guests who take part, not the staff", () => {
    expect(ids(aBooking({ participants: [guest, gone, staff] }))).toEqual(["guest"]);
  });

  test("all guests of a booking that is cancelled or rejected", () => {
    const participants = [guest, gone, staff];
    expect(ids(aBooking({ state: "cancelled", participants }))).toEqual(["guest", "gone"]);
    expect(ids(aBooking({ state: "rejected", participants }))).toEqual(["guest", "gone"]);
  });

  test("a guest whose own cancellation the event is about", () => {
    expect(ids(aBooking({ participants: [gone, staff] }))).toEqual(["gone"]);
    expect(ids(aBooking({ participants: [staff] }))).toEqual([]);
  });
});
