import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { makeVault } from "./vault.ts";

const [oneKey, otherKey] = [randomBytes(32), randomBytes(32)];
const vault = makeVault({ keys: [oneKey] });
const anyString = fc.string({ unit: "binary" });

test("what was sealed for a place opens there, and never twice the same bytes", () => {
  fc.assert(
    fc.property(anyString, anyString, (plain, context) => {
      const sealed = vault.seal(plain, context);
      expect(vault.open(sealed, context)).toBe(plain);
      expect(vault.seal(plain, context)).not.toEqual(sealed);
    }),
  );
});

test("a single changed bit is noticed, wherever it stands", () => {
  const sealed = vault.seal("482913", "code");
  for (let bit = 0; bit < sealed.length * 8; bit += 1) {
    const changed = Uint8Array.from(sealed);
    changed[bit >> 3]! ^= 1 << (bit & 7);
    expect(() => vault.open(changed, "code")).toThrow(/does not fit|can't be opened/u);
  }
});

test("bytes that are cut short, or none at all, are noticed", () => {
  const sealed = vault.seal("482913", "code");
  for (let length = 0; length < sealed.length; length += 1)
    expect(() => vault.open(sealed.subarray(0, length), "code")).toThrow(/damaged/u);
});

test("what was sealed for one place opens in no other", () => {
  expect(() => vault.open(vault.seal("482913", "hook"), "integration")).toThrow(/another place/u);
});

test("another key says that it does not fit, and shows neither key nor secret", () => {
  const sealed = vault.seal("canary", "code");
  const other = makeVault({ keys: [otherKey] });
  expect(() => other.open(sealed, "code")).toThrow(
    expect.objectContaining({
      code: "secret_key_unfit",
      message: expect.stringMatching(
        new RegExp(`does not fit this data: .*${vault.keyId}.*${other.keyId}`, "u"),
      ),
    }),
  );
});

test("after a rotation old seals open, new ones are made by the newest key, and rows due are told by their prefix", () => {
  const rotated = makeVault({ keys: [otherKey, oneKey] });
  const [old, fresh] = [vault.seal("482913", "code"), rotated.seal("482913", "code")];
  expect(rotated.open(old, "code")).toBe("482913");
  expect(makeVault({ keys: [otherKey] }).open(fresh, "code")).toBe("482913");
  const isCurrent = (sealed: Uint8Array): boolean =>
    Buffer.from(sealed.subarray(0, rotated.prefix.length)).equals(rotated.prefix);
  expect([isCurrent(old), isCurrent(fresh)]).toEqual([false, true]);
});

test("a fingerprint is the same for the same value only, under the same key only", () => {
  fc.assert(
    fc.property(anyString, anyString, (one, other) => {
      expect(vault.fingerprint(one) === vault.fingerprint(other)).toBe(one === other);
    }),
  );
  const rotated = makeVault({ keys: [otherKey, oneKey] });
  expect(rotated.fingerprints("a")).toEqual([rotated.fingerprint("a"), vault.fingerprint("a")]);
  expect(rotated.fingerprint("a")).not.toBe(vault.fingerprint("a"));
});
