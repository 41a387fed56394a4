import { describe, expect, it } from "vitest";
import { allows, hashToken, makeToken, parseScopes, tokenOf } from "./token.ts";

describe("a token", () => {
  it("is ours by its look, new each time, and read out of its header", () => {
    const token = makeToken();
    expect(token).toMatch(/^cg_[\w-]{43}$/);
    expect(makeToken()).not.toBe(token);
    expect(tokenOf(`Bearer ${token}`)).toBe(token);
    expect(tokenOf(`bearer  ${token} `)).toBe(token);
  });

  it.each([undefined, "", "Bearer", "Bearer cg_short", "Basic Y2c6Y2c=", `Bearer x${makeToken()}`])(
    "is not read out of %s",
    (header) => {
      expect(tokenOf(header)).toBeUndefined();
    },
  );

  it("is kept as a hash of 32 bytes", () => {
    expect(hashToken("cg_a")).toHaveLength(32);
    expect(hashToken("cg_a").equals(hashToken("cg_b"))).toBe(false);
  });
});

describe("scopes", () => {
  it("are read as people write them, each once", () => {
    expect(parseScopes("metrics, read read")).toEqual({ scopes: ["read", "metrics"] });
    expect(parseScopes("")).toEqual({ scopes: [] });
    expect(parseScopes("read,admin,root")).toEqual({ unknown: ["admin", "root"] });
  });

  it("of writing and of secrets include reading, and nothing else includes anything", () => {
    expect(allows(["write"], "read")).toBe(true);
    expect(allows(["secrets:read"], "read")).toBe(true);
    expect(allows(["read", "metrics"], "write")).toBe(false);
    expect(allows(["read", "write", "metrics"], "secrets:read")).toBe(false);
    expect(allows(["read", "write", "secrets:read"], "metrics")).toBe(false);
    expect(allows(["secrets:read"], "write")).toBe(false);
    expect(allows([], "read")).toBe(false);
  });
});
