import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mayReach } from "./addresses.ts";
import { makeGuard, makeLookup, type OutboundPolicy } from "./guard.ts";
import { makeHttp } from "./http.ts";

const shut: OutboundPolicy = { allowPrivateNetwork: false, allowedOrigins: [] };
const own: OutboundPolicy = { allowPrivateNetwork: true, allowedOrigins: [] };

/** Host as it stands in a URL, and what it is. */
const alwaysRefused = [
  ["169.254.169.254", "cloud metadata"],
  ["169.254.0.1", "link-local"],
  ["2852039166", "cloud metadata as one decimal number"],
  ["0xA9FEA9FE", "cloud metadata as one hex number"],
  ["169.254.43518", "cloud metadata in three parts"],
  ["0.0.0.0", "this host"],
  ["0", "this host, short"],
  ["0.1.2.3", "this network"],
  ["192.0.0.1", "IETF assignments"],
  ["192.0.2.1", "documentation"],
  ["198.51.100.7", "documentation"],
  ["203.0.113.9", "documentation"],
  ["198.18.0.1", "benchmark"],
  ["198.19.255.255", "benchmark, last"],
  ["192.88.99.1", "6to4 relay"],
  ["192.175.48.1", "AS112"],
  ["192.52.193.1", "AMT"],
  ["224.0.0.1", "multicast"],
  ["239.255.255.250", "multicast"],
  ["240.0.0.1", "reserved"],
  ["255.255.255.255", "broadcast"],
  ["[::]", "this host"],
  ["[::127.0.0.1]", "IPv4-compatible"],
  ["[::ffff:127.0.0.1]", "mapped loopback"],
  ["[::ffff:7f00:1]", "mapped loopback in hex"],
  ["[::ffff:169.254.169.254]", "mapped metadata"],
  ["[::ffff:8.8.8.8]", "mapped public"],
  ["[::ffff:0:127.0.0.1]", "translated (SIIT)"],
  ["[64:ff9b::7f00:1]", "NAT64 of loopback"],
  ["[64:ff9b::808:808]", "NAT64 of a public address"],
  ["[64:ff9b:1::a00:1]", "local NAT64"],
  ["[2002:7f00:1::]", "6to4 of loopback"],
  ["[2002:808:808::1]", "6to4"],
  ["[2001:0:53aa:64c::1]", "Teredo"],
  ["[2001:db8::1]", "documentation"],
  ["[3fff::1]", "documentation"],
  ["[2001:2::1]", "benchmark"],
  ["[2001:10::1]", "ORCHID"],
  ["[2001:20::1]", "ORCHIDv2"],
  ["[2a00:1450::5efe:10.0.0.1]", "ISATAP"],
  ["[2a00:1450::200:5efe:808:808]", "ISATAP of a public address"],
  ["[fe80::1]", "link-local"],
  ["[fec0::1]", "site-local"],
  ["[ff02::1]", "multicast"],
  ["[100::1]", "discard"],
  ["[5f00::1]", "segment routing"],
  ["[4000::1]", "not given out"],
  ["[fe80::1%25eth0]", "zone id"],
  ["[2a00:1450::1%25eth0]", "zone id"],
] as const;

const ownNetworks = [
  ["127.0.0.1", "loopback"],
  ["127.255.255.254", "loopback, last"],
  ["127.1", "loopback, short"],
  ["127.0.1", "loopback in three parts"],
  ["2130706433", "loopback as one decimal number"],
  ["0x7f000001", "loopback as one hex number"],
  ["017700000001", "loopback as one octal number"],
  ["0177.0.0.1", "loopback with an octal part"],
  ["0x7f.0.0.1", "loopback with a hex part"],
  ["127.0.0.1.", "loopback with a final dot"],
  ["①②⑦.⓪.⓪.①", "loopback in circled digits"],
  ["127。0。0。1", "loopback with ideographic dots"],
  ["%31%32%37.0.0.1", "loopback, percent-encoded"],
  ["localhost", "loopback by name"],
  ["LOCALHOST.", "loopback by name with a final dot"],
  ["db.localhost", "loopback by a name under localhost"],
  ["10.0.0.1", "private"],
  ["10.255.255.255", "private, last"],
  ["172.16.0.1", "private"],
  ["172.31.255.255", "private, last"],
  ["192.168.1.1", "private"],
  ["192.168.257", "private in three parts"],
  ["100.64.0.1", "carrier-grade NAT"],
  ["100.127.255.255", "carrier-grade NAT, last"],
  ["[::1]", "loopback"],
  ["[0:0:0:0:0:0:0:1]", "loopback in full"],
  ["[fc00::1]", "unique local"],
  ["[fd12:3456::1]", "unique local"],
] as const;

const publicHosts = [
  ["api.telegram.org", "a name"],
  ["api.telegram.org:8443", "a name and a port"],
  ["localhost.example.com", "a name that begins like localhost"],
  ["10.0.0.1.example.com", "a name that begins like an address"],
  ["xn--e1afmkfd.xn--p1ai", "a name in punycode"],
  ["пример.рф", "a Russian name"],
  ["8.8.8.8", "an address"],
  ["134744072", "an address as one number"],
  ["9.255.255.255", "before the private net"],
  ["11.0.0.0", "after the private net"],
  ["100.63.255.255", "before carrier-grade NAT"],
  ["100.128.0.0", "after carrier-grade NAT"],
  ["172.15.255.255", "before the private net"],
  ["172.32.0.0", "after the private net"],
  ["[2a00:1450:4010:c0f::5f]", "an IPv6 address"],
  ["[2606:4700:4700::1111]", "an IPv6 address"],
] as const;

describe("an address in a URL", () => {
  it.each([...alwaysRefused, ...ownNetworks])("is refused: %s (%s)", (host) => {
    expect(makeGuard(shut).checkUrl(`https://${host}/`)).toBeDefined();
  });

  it.each(alwaysRefused)("is refused on own networks too: %s (%s)", (host) => {
    expect(makeGuard(own).checkUrl(`https://${host}/`)).toBeDefined();
  });

  it.each(ownNetworks)("is let on own networks: %s (%s)", (host) => {
    expect(makeGuard(own).checkUrl(`https://${host}/`)).toBeUndefined();
  });

  it.each(publicHosts)("is let: %s (%s)", (host) => {
    expect(makeGuard(shut).checkUrl(`https://${host}/`)).toBeUndefined();
  });
});

describe("a URL", () => {
  it.each([
    ["", "not a web address"],
    ["api.example.com/x", "not a web address"],
    ["https://", "not a web address"],
    ["https://exa mple.com", "not a web address"],
    ["ftp://example.com", "begin with https"],
    ["file:///etc/passwd", "begin with https"],
    ["data:text/plain,x", "begin with https"],
    ["gopher://example.com", "begin with https"],
    ["javascript:alert(1)", "begin with https"],
    ["https://user@example.com", "before the @"],
    ["https://:secret@example.com", "before the @"],
    ["https://example.com@10.0.0.1", "before the @"],
    ["https://example.com\\@10.0.0.1", undefined],
    ["http://example.com", "travel readable"],
    ["HTTPS://EXAMPLE.COM:65535/x?y#z", undefined],
    ["https://10.0.0.1\\.example.com", "private network"],
    ["https://10.0.0.1#.example.com", "private network"],
    ["https:10.0.0.1", "private network"],
    ["https:///10.0.0.1/", "private network"],
  ])("%s: %s", (url, says) => {
    const reason = makeGuard(shut).checkUrl(url);
    expect(reason?.en ?? "").toContain(says ?? "");
    expect(reason === undefined).toBe(says === undefined);
  });

  it("says why in both languages and names no address", () => {
    const reason = makeGuard(shut).checkUrl("https://10.11.12.13/x");
    expect(reason?.ru).toMatch(/^Адрес ведёт в частную сеть/);
    expect(`${reason?.ru}${reason?.en}`).not.toContain("10.11");
  });

  it("may be plain http on own networks", () => {
    expect(makeGuard(own).checkUrl("http://example.com")).toBeUndefined();
  });
});

describe("an allowed base", () => {
  const policy = { ...shut, allowedOrigins: ["http://127.0.0.1:4001/bot", "https://sim.example"] };
  it.each([
    ["http://127.0.0.1:4001/anything", true],
    ["http://127.1:4001/", true],
    ["http://0x7f000001:4001/", true],
    ["https://sim.example:443/", true],
    ["https://127.0.0.1:4001/", false],
    ["http://127.0.0.1:4002/", false],
    ["http://127.0.0.1/", false],
    ["http://127.0.0.2:4001/", false],
    ["http://localhost:4001/", false],
    ["http://sim.example/", false],
    ["http://user@127.0.0.1:4001/", false],
  ])("opens its exact scheme, host and port only: %s %s", (url, isLet) => {
    expect(makeGuard(policy).checkUrl(url) === undefined).toBe(isLet);
  });
});

describe("a name", () => {
  let port = 0;
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    response.end("inside");
  });
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => void server.close());

  it("keeps its public addresses and loses the others", async () => {
    const lookup = makeLookup(async () => ["10.0.0.1", "8.8.8.8", "::1", "2a00:1450::1"], "public");
    const found = await new Promise((resolve) =>
      lookup("a.example", { all: true }, (_error, addresses) => resolve(addresses)),
    );
    expect(found).toEqual([
      { address: "8.8.8.8", family: 4 },
      { address: "2a00:1450::1", family: 6 },
    ]);
  });

  it("that turns private after it was checked reaches nobody", async () => {
    const answers = [["8.8.8.8"], ["127.0.0.1"], ["::ffff:127.0.0.1"], ["fe80::1%lo"]];
    let turn = 0;
    const resolve = async () => answers[turn++] ?? ["127.0.0.1"];
    expect((await resolve()).every((address) => mayReach(address, "public"))).toBe(true);
    const policy = { ...shut, resolve };
    await using http = makeHttp(policy);
    const url = `https://rebound.example:${port}/`;
    expect(makeGuard(policy).checkUrl(url)).toBeUndefined();
    for (let call = 0; call < 3; call += 1)
      expect(await http({ method: "GET", url })).toEqual({
        arrived: "no",
        detail: "The address is not one that calls are let to.",
      });
    expect(turn).toBe(4);
    expect(asked).toEqual([]);
  });

  it("in an allowed base may lead to a private address, at that port alone", async () => {
    const resolve = async () => ["127.0.0.1"];
    const base = `http://vendor.example:${port}`;
    await using http = makeHttp({ ...shut, resolve, allowedOrigins: [base] });
    expect(await http({ method: "GET", url: `${base}/in` })).toMatchObject({ text: "inside" });
    const other = await http({ method: "GET", url: `https://vendor.example:${port + 1}/` });
    expect(other).toMatchObject({ arrived: "no" });
    expect(asked).toEqual(["/in"]);
  });

  it("that leads inside is refused in words that name no address", async () => {
    await using http = makeHttp({ ...shut, resolve: async () => ["10.0.0.1"] });
    const answer = await http({ method: "GET", url: "https://a.example" });
    expect(answer).toMatchObject({ detail: "The address is not one that calls are let to." });
  });
});

it("checks a literal address again when it connects, whoever asked", async () => {
  const { connect } = makeGuard(shut);
  const target = { hostname: "[::1]", host: "[::1]:80", protocol: "http:", port: "80" };
  const error = await new Promise((resolve) =>
    connect(target, (...[failed]: [Error | null, unknown]) => resolve(failed)),
  );
  expect(error).toMatchObject({ name: "AddressRefused" });
});

it.each(["2a00:1450::1%eth0", "127.1", "example.com", ""])(
  "does not take %s for an address that a name leads to",
  (text) => expect(mayReach(text, "public-and-private")).toBe(false),
);
