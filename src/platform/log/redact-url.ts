import { unescape } from "node:querystring";

/**
 * The same URL with the values of these parameters cut, and a user and password before the host. Names are compared as
 * a hook reads them: decoded, without blanks around, whatever their case. Takes relative and broken URLs as well.
 */
export function redactUrl(url: string, secretParameterNames: Iterable<string>): string {
  const secret = new Set(Array.from(secretParameterNames, normal));
  const [path, query] = splitQuery(url);
  if (query === undefined) return cutUser(path);
  const items = query.split("&").map((item) => {
    const end = item.indexOf("=");
    return end >= 0 && secret.has(normal(item.slice(0, end))) ? `${item.slice(0, end)}=***` : item;
  });
  return `${cutUser(path)}?${items.join("&")}`;
}

/** A URL without its query: all that may be logged of a booking hook, where guests' data and passwords stand. */
export function cutQuery(url: string): string {
  const [path, query] = splitQuery(url);
  return query === undefined ? cutUser(path) : `${cutUser(path)}?...`;
}

/** What follows a `#` stays with the query: a password with a bare `#` in it is still a password. */
function splitQuery(url: string): readonly [path: string, query: string | undefined] {
  const mark = /[?#]/.exec(url)?.index;
  return mark === undefined ? [url, undefined] : [url.slice(0, mark), url.slice(mark + 1)];
}

function cutUser(path: string): string {
  return path.replace(/^([a-z][a-z0-9+.-]*:)?\/\/[^/]*@/i, "$1//***@");
}

function normal(name: string): string {
  return unescape(name.replaceAll("+", " ")).trim().toLowerCase();
}
