import { bookingSources } from "#booking-sources/registry.ts";
import { HOOK_KEY, NOON } from "../server.ts";
import { mutateJson, mutateQuery, pick, type Random } from "./mutate.ts";

export interface FuzzRequest {
  readonly bytes: Buffer;
  readonly andCut?: boolean;
}

/** Pieces of a good URL of each kind; the accounts are those of `openFuzzServer`. */
export const GOOD: Readonly<Record<string, readonly string[]>> = {
  ttlock: [
    "username=owner@example.org",
    "password=door%20pass",
    "errorEmail=owner@example.org",
    "lockId=11432744",
    "codeLength=6",
    "keepHours=48",
    "validBeforeMinutes=15",
    "timezone=Europe/Moscow",
  ],
  telegram: [
    "telegramToken=6126237741:AAFQKNyn1jhScXSGsYCh_yxwWDT578ARMGA",
    "telegramFieldName=*TelegramId",
    "errorEmail=owner@example.org",
    "locale=en-US",
  ],
  wappi: ["apiToken=fuzz-token", "profileId=fuzz-profile", "message=hello"],
  "green-api": [
    "apiUrl=1103.api.green-api.com",
    "idInstance=1101000001",
    "apiTokenInstance=fuzz-green-api-token",
    "phone=+79000000001",
    "message=hello",
  ],
  wazzup24: [
    "key_api=fuzz-wazzup-key",
    "channel_id=b96a353b-0000-4cac-8413-ba0000000001",
    "chat_type=whatsapp",
  ],
};

const KINDS = Object.keys(GOOD);
const CONTENT_TYPES = [
  "application/json",
  "application/json; charset=utf-16",
  "text/plain",
  "multipart/form-data; boundary=x",
  "application/x-www-form-urlencoded",
  'a/b; c="\u00ff',
  ";;;",
  "",
  "x".repeat(2_000),
];
const ACCEPTS = ["*/*", "text/html", "application/json", "text/html;q=abc, */*;q=9", ";;", ""];
const METHODS = ["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE", "PROPFIND"];

const orderOf = (place: number): string => place.toString(16).padStart(32, "f");

export interface Forge {
  next(): FuzzRequest;
}

/** Makes requests, each spoiled in some way. Events go to few URLs, as in life; checks to ever new ones. */
export function makeForge(random: Random): Forge {
  const places = Array.from({ length: 40 }, () => path(random, 2));
  let version = 0;
  const sample = (): unknown => {
    version += 1;
    return bookingSources.torrow.sampleEvent({
      now: NOON,
      orderId: orderOf(version % 64),
      version,
    });
  };
  const sampleText = (): string => JSON.stringify(sample());
  const ways: readonly (readonly [share: number, make: () => FuzzRequest])[] = [
    [0.3, () => checkOf(random)],
    [
      0.4,
      () =>
        eventOf(
          random,
          pick(random, places),
          JSON.stringify(mutateJson(random, sample(), 1 + Math.floor(random() * 4))) ?? "",
        ),
    ],
    [0.1, () => eventOf(random, pick(random, places), brokenBody(random, sampleText()))],
    [0.05, () => eventOf(random, path(random, 3), sampleText())],
    [0.145, () => brokenRequest(random, sampleText())],
    [0.005, () => eventOf(random, pick(random, places), hugeBody(random))],
  ];
  return {
    next: () => {
      let left = random();
      for (const [share, make] of ways) {
        left -= share;
        if (left < 0) return make();
      }
      return checkOf(random);
    },
  };
}

function path(random: Random, times: number): string {
  const kind = pick(random, KINDS);
  const pieces = [...(GOOD[kind] ?? []), `key=${HOOK_KEY}`];
  return `/webhook/${kind}?${mutateQuery(random, pieces, Math.floor(random() * (times + 1)))}`;
}

function checkOf(random: Random): FuzzRequest {
  const head = [
    `GET ${path(random, 4)} HTTP/1.1`,
    "host: fuzz",
    `accept: ${pick(random, ACCEPTS)}`,
  ];
  return { bytes: Buffer.from(`${head.join("\r\n")}\r\n\r\n`, "latin1") };
}

function eventOf(random: Random, target: string, body: string | Buffer): FuzzRequest {
  return post(target, Buffer.from(body), [`content-type: ${pick(random, CONTENT_TYPES)}`]);
}

function post(target: string, body: Buffer, headers: readonly string[]): FuzzRequest {
  const head = [
    `POST ${target} HTTP/1.1`,
    "host: fuzz",
    `content-length: ${body.length}`,
    ...headers,
  ];
  return { bytes: Buffer.concat([Buffer.from(`${head.join("\r\n")}\r\n\r\n`, "latin1"), body]) };
}

function brokenBody(random: Random, sample: string): string | Buffer {
  const cut = Math.floor(random() * sample.length);
  const depth = 1 + Math.floor(random() * 20_000);
  return pick<() => string | Buffer>(random, [
    () => sample.slice(0, cut),
    () => `\ufeff${sample}`,
    () => Buffer.from(sample, "utf16le"),
    () =>
      Buffer.concat([
        Buffer.from(sample.slice(0, cut)),
        Buffer.from([0xff, 0xc0, 0x00]),
        Buffer.from(sample.slice(cut)),
      ]),
    () => "[".repeat(depth) + "]".repeat(depth),
    () => `{"CaseItem":${'{"a":'.repeat(depth)}1${"}".repeat(depth)}}`,
    () =>
      sample.replace(/"Version":\d+/, `"Version":${"9".repeat(1 + Math.floor(random() * 400))}`),
    () => sample.replace(/"StartDate":"[^"]*"/, '"StartDate":"+275760-09-13T00:00:00Z"'),
    () => sample.replace(/"Id":"f[^"]*"/, '"Id":"\\u0000\\ud800"'),
    () =>
      pick(random, [
        "null",
        "0",
        '""',
        "[]",
        "{}",
        "tru",
        "NaN",
        " ",
        "\0",
        '{"a":1,"a":2}',
        '"\\ud800"',
        "1e999",
        "-",
      ]),
  ])();
}

const MEGABYTE = 1_048_576;

function hugeBody(random: Random): string {
  const size = MEGABYTE + pick(random, [-1, 0, 1]);
  return pick<() => string>(random, [
    () => `"${"x".repeat(size - 2)}"`,
    () => `[${"1,".repeat((size - 3) / 2)}${"1".repeat(size % 2 === 0 ? 2 : 1)}]`,
    () => "[".repeat(size / 2) + "]".repeat(size - Math.floor(size / 2)),
  ])();
}

/** What is no proper HTTP, or stops in the middle. */
function brokenRequest(random: Random, sample: string): FuzzRequest {
  const target = path(random, 2);
  const raw = (text: string): Buffer => Buffer.from(text, "latin1");
  const cut = Math.floor(random() * sample.length);
  return pick<() => FuzzRequest>(random, [
    () => ({ bytes: raw(`${pick(random, METHODS)} ${target} HTTP/1.1\r\nhost: fuzz\r\n\r\n`) }),
    () => ({
      bytes: Buffer.from(`GET /webhook/telegram?message=Привет HTTP/1.1\r\nhost: fuzz\r\n\r\n`),
    }),
    () => ({ bytes: raw(`GET ${target} a b HTTP/1.1\r\nhost: fuzz\r\n\r\n`) }),
    () => ({ bytes: raw(`GET ${target}${"&x=y".repeat(9_000)} HTTP/1.1\r\nhost: fuzz\r\n\r\n`) }),
    () => ({ bytes: raw(`GET ${target} HTTP/1.1\r\n${"x-a: b\r\n".repeat(3_000)}\r\n`) }),
    () => ({ bytes: raw(`GET ${target} HTTP/1.1\r\nhost: fuzz\r\nx: a\0b\r\n\r\n`) }),
    () => ({ bytes: raw(`POST ${target} HTTP/1.1\r\nhost: fuzz\r\ncontent-length: -1\r\n\r\n`) }),
    () => ({
      bytes: raw(
        `POST ${target} HTTP/1.1\r\nhost: fuzz\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`,
      ),
    }),
    () => ({
      bytes: raw(
        `POST ${target} HTTP/1.1\r\nhost: fuzz\r\ncontent-encoding: gzip\r\ncontent-length: 2\r\n\r\n{}`,
      ),
    }),
    () => ({
      bytes: raw(
        `POST ${target} HTTP/1.1\r\nhost: fuzz\r\nexpect: something\r\ncontent-length: 2\r\n\r\n{}`,
      ),
    }),
    () => ({
      bytes: raw(
        `POST ${target} HTTP/1.1\r\nhost: fuzz\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n`,
      ),
    }),
    () => ({
      bytes: raw(
        `POST ${target} HTTP/1.1\r\nhost: fuzz\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`,
      ),
    }),
    () => ({
      andCut: true,
      bytes: raw(
        `POST ${target} HTTP/1.1\r\nhost: fuzz\r\ntransfer-encoding: chunked\r\n\r\nffff\r\n{"a":`,
      ),
    }),
    () => ({
      andCut: true,
      bytes: Buffer.concat([
        raw(
          `POST ${target} HTTP/1.1\r\nhost: fuzz\r\ncontent-length: ${Buffer.byteLength(sample)}\r\n\r\n`,
        ),
        Buffer.from(sample.slice(0, cut)),
      ]),
    }),
    () => ({ andCut: true, bytes: raw(`GET ${target} HTTP/1.1\r\nho`) }),
    () => ({
      bytes: raw(
        `GET /webhook/h/${pick(random, ["", "x", "%00", "%zz", "a".repeat(600), "../x"])} HTTP/1.1\r\nhost: fuzz\r\n\r\n`,
      ),
    }),
    () => ({
      bytes: raw(
        `GET /webhook/${pick(random, ["", "__proto__", "toString", "%00", "%E0%A4", "h", "ttlock/x"])}?key=${HOOK_KEY} HTTP/1.1\r\nhost: fuzz\r\n\r\n`,
      ),
    }),
    () => ({ bytes: raw(`GET http://fuzz${target} HTTP/1.1\r\nhost: fuzz\r\n\r\n`) }),
    () => ({ bytes: raw(`\x16\x03\x01\x02\x00 not http at all\r\n\r\n`) }),
  ])();
}
