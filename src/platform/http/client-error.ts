import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import type { Text } from "#domain/text.ts";
import { problems } from "./problems.ts";

/**
 * Answers what Node's parser refuses before there is a request: nothing is known of the caller, so it is plain text in
 * both languages. Most often someone has typed a URL with Russian letters or blanks into a program that sends it raw.
 */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === "ECONNRESET" || !socket.writable) return void socket.destroy();
  const { status, says } = readError(error.code ?? "");
  const body = `${says.en}\n\n${says.ru}\n`;
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      "content-type: text/plain; charset=utf-8",
      `content-length: ${Buffer.byteLength(body)}`,
      "x-content-type-options: nosniff",
      "cache-control: no-store",
      "connection: close",
      "",
      body,
    ].join("\r\n"),
    () => socket.destroy(),
  );
}

function readError(code: string): { readonly status: number; readonly says: Text } {
  if (code === "HPE_HEADER_OVERFLOW") return { status: 431, says: headersTooLarge };
  if (code === "ERR_HTTP_REQUEST_TIMEOUT")
    return { status: problems.request_timeout.status, says: problems.request_timeout.title };
  return { status: 400, says: unreadable };
}

const headersTooLarge = {
  en: "The address and the headers together are larger than 32 KB. Shorten the address, or send fewer cookies and headers.",
  ru: "Адрес и заголовки вместе больше 32 КБ. Сократите адрес либо отправляйте меньше cookie и заголовков.",
};

const unreadable = {
  en:
    "The request could not be read, most likely because its address holds letters or signs that must be percent-encoded. " +
    "Write a blank as %20, a plus as +, an ampersand inside a value as %26, and encode every letter outside the Latin " +
    "alphabet: Привет is %D0%9F%D1%80%D0%B8%D0%B2%D0%B5%D1%82. A browser's address bar does it by itself when you copy the address out of it.",
  ru:
    "Запрос не удалось прочитать: скорее всего, в адресе есть буквы или знаки, которые нужно закодировать через процент. " +
    "Пробел пишется как %20, плюс как +, амперсанд внутри значения как %26, а каждая буква не из латиницы кодируется: " +
    "Привет это %D0%9F%D1%80%D0%B8%D0%B2%D0%B5%D1%82. Адресная строка браузера делает это сама, когда вы копируете из неё адрес.",
};
