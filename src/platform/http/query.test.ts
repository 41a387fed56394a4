import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readQuery } from "./query.ts";

const pairs = (url: string) => readQuery(url).map(({ name, value }) => [name, value]);

describe("a query", () => {
  it.each<[string, string[][]]>([
    ["/x", []],
    ["/x?", []],
    ["/x?&&=&", []],
    [
      "/x?a=1&b=2",
      [
        ["a", "1"],
        ["b", "2"],
      ],
    ],
    ["/x?phone=+79001234567", [["phone", "+79001234567"]]],
    ["/x?a=1%2B2+3%203", [["a", "1+2+3 3"]]],
    ["/x?a=b=c==", [["a", "b=c=="]]],
    ["/x?a", [["a", ""]]],
    ["/x?=v", [["", "v"]]],
    ["/x?%20lockId%20=%205%20", [["lockId", " 5 "]]],
    [
      "/x?a=1&a=2&A=3",
      [
        ["a", "1"],
        ["a", "2"],
        ["A", "3"],
      ],
    ],
    [
      "/x?a=100%&b=%zz&c=%4",
      [
        ["a", "100%"],
        ["b", "%zz"],
        ["c", "%4"],
      ],
    ],
    ["/x?a=%D0%9F%D1%80", [["a", "Пр"]]],
    ["/x?a=%D0%9F%D1", [["a", "П%D1"]]],
    ["/x?a=%FF%41%C0%AF", [["a", "%FFA%C0%AF"]]],
    ["/x?a=%ED%A0%80", [["a", "%ED%A0%80"]]],
    ["/x?a=%F0%9F%94%91%f0%9f%94%91", [["a", "🔑🔑"]]],
    ["/x?a=%2541", [["a", "%41"]]],
    ["/x?a=1?b=2#c=3", [["a", "1?b=2"]]],
    [
      "https://a.example/x?url=https%3A%2F%2Fb.example%2F%3Fc%3D1%26d",
      [["url", "https://b.example/?c=1&d"]],
    ],
  ])("%s", (url, expected) => {
    expect(pairs(url)).toEqual(expected);
  });

  it("gives back whatever was percent-encoded, plus signs raw or not", () => {
    const text = fc.string({ unit: "binary" });
    const item = fc.tuple(
      text.filter((name) => name !== "" && name === name.trim()),
      text,
    );
    fc.assert(
      fc.property(fc.array(item), fc.boolean(), (items, isPlusRaw) => {
        const encode = (part: string) =>
          isPlusRaw ? encodeURIComponent(part).replaceAll("%2B", "+") : encodeURIComponent(part);
        const url = `/x?${items.map((item) => item.map(encode).join("=")).join("&")}`;
        expect(pairs(url)).toEqual(items);
      }),
    );
  });

  it("never fails, and leaves text without percent signs as it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        readQuery(`/x?${text}`);
        const plain = text.replaceAll(/[%&#=]/g, "");
        expect(readQuery(`/x?a=${plain}`)).toEqual([{ name: "a", value: plain }]);
      }),
    );
  });
});
