import fc from "fast-check";
import { expect, test } from "vitest";
import type { Parameter } from "#domain/parameter.ts";
import { readQuery } from "#platform/http/query.ts";
import { canonicalQuery, readParameters } from "./parameters.ts";

const meaning = { en: "", ru: "" };
const declared: readonly Parameter[] = [
  { name: "password", kind: "text", isRequired: true, isSecret: true, meaning },
  { name: "codeLength", kind: "integer", min: 4, max: 9, default: "6", meaning },
  { name: "timezone", aliases: ["time_zone"], kind: "timezone", default: "Europe/Moscow", meaning },
  { name: "phone", kind: "phone", meaning },
  { name: "errorEmail", kind: "email", isRequired: true, meaning },
];

const read = (query: string) => readParameters(declared, readQuery(`/webhook/x?${query}`));
const sound = "password=p&errorEmail=a@example.org";

test("what a URL leaves out takes its default, and says so", () => {
  const { values, shown } = read(sound);
  expect(values).toMatchObject({ codeLength: 6, timezone: "Europe/Moscow" });
  expect(shown.find(({ parameter }) => parameter.name === "codeLength")).toMatchObject({
    value: "6",
    isDefault: true,
  });
});

test("an empty value is as good as none", () => {
  expect(read("password=&errorEmail=a@example.org&codeLength=")).toMatchObject({
    values: { codeLength: 6 },
    findings: [{ kind: "wrong", parameter: "password" }],
  });
});

test("blanks around a name do not matter", () => {
  const { values, findings } = read("%20password%20=p&errorEmail =a@example.org&codeLength%20=8");
  expect(findings).toEqual([]);
  expect(values).toMatchObject({ password: "p", codeLength: 8 });
});

test("a parameter is known by its alias", () => {
  expect(read(`${sound}&time_zone=Asia/Omsk`).values["timezone"]).toBe("Asia/Omsk");
});

test("a plus is a plus in a phone, an e-mail and a password", () => {
  expect(read("password=a+b&errorEmail=a+b@example.org&phone=+79001234567").values).toMatchObject({
    password: "a+b",
    errorEmail: "a+b@example.org",
    phone: "+79001234567",
  });
});

test("of a repeated parameter the first counts, with a warning; its alias repeats it too", () => {
  const { values, findings } = read(`${sound}&timezone=Asia/Omsk&time_zone=Europe/Samara`);
  expect(values["timezone"]).toBe("Asia/Omsk");
  expect(findings).toMatchObject([{ kind: "warning", parameter: "timezone" }]);
});

test("an unknown parameter is a warning", () => {
  const { findings } = read(`${sound}&codelength=7`);
  expect(findings).toMatchObject([{ kind: "warning", parameter: "codelength" }]);
});

test("all faults are named at once", () => {
  const { findings } = read("codeLength=10&timezone=Mars/Base&phone=12");
  expect(findings.map(({ parameter, kind }) => `${kind} ${parameter}`)).toEqual([
    "wrong password",
    "wrong codeLength",
    "wrong timezone",
    "wrong phone",
    "wrong errorEmail",
  ]);
});

test("a fault names a value in brackets, a secret's never", () => {
  const secret: Parameter = { ...declared[1]!, name: "pin", isSecret: true };
  const texts = readParameters(
    [declared[1]!, secret],
    readQuery("/?codeLength=ten&pin=hunter"),
  ).findings.map(({ text }) => text.en);
  expect(texts[0]).toContain("<ten>");
  expect(texts.join()).not.toContain("hunter");
});

test("a secret is shown masked: of a short one nothing, of a long one its end", () => {
  const shownOf = (password: string) =>
    read(`password=${password}&errorEmail=a@example.org`).shown[0]?.value;
  expect(shownOf("elevenchars")).toBe("•••••");
  expect(shownOf("twelve-chars")).toBe("•••••rs");
});

test("order, aliases, blanks, repeats, unknown and empty parameters change nothing about which hook it is", () => {
  const query = readQuery("/?timezone=Asia/Omsk&password=p&errorEmail=a@example.org&codeLength=7");
  const piece = fc.constantFrom(
    { name: "unknown", value: "x" },
    { name: "phone", value: "" },
    { name: "utm_source", value: "mail" },
  );
  fc.assert(
    fc.property(
      fc.shuffledSubarray([...query], { minLength: query.length, maxLength: query.length }),
      fc.array(piece),
      fc.boolean(),
      (shuffled, noise, isAliased) => {
        const written = shuffled.map((one) =>
          isAliased && one.name === "timezone" ? { ...one, name: " time_zone" } : one,
        );
        const repeats = query.map((one) => ({ ...one, value: "later" }));
        expect(canonicalQuery(declared, [...written, ...noise, ...repeats])).toEqual(
          canonicalQuery(declared, query),
        );
      },
    ),
  );
});

test("any query at all is read without a throw, and every value keeps to its parameter's bounds", () => {
  const name = fc.oneof(
    fc.constantFrom(...declared.map((one) => one.name), "time_zone"),
    fc.string(),
  );
  const value = fc.oneof(fc.string(), fc.string({ unit: "binary" }), fc.integer().map(String));
  fc.assert(
    fc.property(fc.array(fc.record({ name, value })), (query) => {
      const { values } = readParameters(declared, query);
      const { codeLength } = values;
      expect(codeLength === undefined || (Number(codeLength) >= 4 && Number(codeLength) <= 9)).toBe(
        true,
      );
      expect(JSON.stringify(values)).not.toContain("\\u0000");
    }),
  );
});
