import { expect, it } from "vitest";
import { toPlainText } from "./whatsapp-marks.ts";

it.each([
  ["*Бронь №5*, _сауна_", "Бронь №5, сауна"],
  ["*Адрес:* https://a.example/_x_/*y*", "Адрес: https://a.example/_x_/*y*"],
  ["*https://a.example/my_page*", "https://a.example/my_page"],
  ["_Иван_ пишет: my_name и 2*3*4", "Иван пишет: my_name и 2*3*4"],
  ["ann_lee_@mail.example", "ann_lee_@mail.example"],
  ["*строка*\n*и ещё*", "строка\nи ещё"],
  ["*без конца\nи начала*", "*без конца\nи начала*"],
  ["Наберите ∗123#", "Наберите *123#"],
  ["› цитата", "> цитата"],
  ["* пункт *", "* пункт *"],
  ["*код*123", "*код*123"],
])("reads %j as plain text", (text, plain) => {
  expect(toPlainText(text)).toBe(plain);
});
