/** One `name=value` of a query, decoded; no blanks stand around the name. */
export interface QueryParameter {
  readonly name: string;
  readonly value: string;
}

/**
 * Parameters of a URL or request target, in order, repeated ones too: of those the first counts, and the reader says so.
 * People write these URLs by hand, so `+` is a plus (phones, e-mails, passwords) and only `%20` a blank, and what is no
 * proper percent-encoding of UTF-8 keeps its text. Pieces without any text are passed over.
 */
export function readQuery(rawUrl: string): readonly QueryParameter[] {
  return queryOf(rawUrl)
    .split("&")
    .filter((piece) => piece !== "" && piece !== "=")
    .map(readPiece);
}

function queryOf(rawUrl: string): string {
  const start = rawUrl.indexOf("?");
  if (start < 0) return "";
  const end = rawUrl.indexOf("#", start);
  return rawUrl.slice(start + 1, end < 0 ? undefined : end);
}

function readPiece(piece: string): QueryParameter {
  const middle = piece.indexOf("=");
  if (middle < 0) return { name: decode(piece).trim(), value: "" };
  return { name: decode(piece.slice(0, middle)).trim(), value: decode(piece.slice(middle + 1)) };
}

/** Percent sequences of one to four bytes that UTF-8 could hold; `decodeURIComponent` then refuses the false ones. */
const oneCharacter =
  /%[0-7][\da-f]|%[cd][\da-f]%[89ab][\da-f]|%e[\da-f](?:%[89ab][\da-f]){2}|%f[0-4](?:%[89ab][\da-f]){3}/gi;

function decode(text: string): string {
  return text.replace(oneCharacter, (encoded) => {
    try {
      return decodeURIComponent(encoded);
    } catch {
      return encoded;
    }
  });
}
