import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { languageOf, makeTerminal, type Stream } from "./terminal.ts";

const text = { en: "It is done.", ru: "Сделано." };

function aStream(isTTY: boolean): Stream & { said: string } {
  const stream = {
    said: "",
    isTTY,
    write: (part: string) => {
      stream.said += part;
    },
  };
  return stream;
}

function say(environment: Record<string, string>, isTTY: boolean): string {
  const out = aStream(isTTY);
  makeTerminal({ environment, out, err: aStream(false) }).say("good", text);
  return out.said;
}

test("speaks the language of the terminal, and English where it is no other we know", () => {
  expect(languageOf({ LANG: "ru_RU.UTF-8" })).toBe("ru");
  expect(languageOf({ LANG: "ru_RU.UTF-8", LC_ALL: "C" })).toBe("en");
  expect(languageOf({ LANG: "C", LC_MESSAGES: "ru" })).toBe("ru");
  expect(languageOf({ LANG: "run_BI" })).toBe("en");
  expect(languageOf({})).toBe("en");
  expect(say({ LANG: "ru_RU" }, false)).toBe("✓ Сделано.\n");
});

test("colours its marks on a terminal only, and not where colours are unwanted", () => {
  expect(say({}, false)).toBe("✓ It is done.\n");
  expect(say({}, true)).toBe("\u001b[32m✓\u001b[39m It is done.\n");
  expect(say({ NO_COLOR: "1" }, true)).toBe("✓ It is done.\n");
  expect(say({ NO_COLOR: "" }, true)).not.toBe("✓ It is done.\n");
  expect(say({ TERM: "dumb" }, true)).toBe("✓ It is done.\n");
});

test("says what takes more than a second, beside the answer, and keeps quiet about the rest", async () => {
  const [out, err] = [aStream(false), aStream(false)];
  const terminal = makeTerminal({ environment: {}, out, err });
  expect(await terminal.during(text, () => Promise.resolve(1))).toBe(1);
  expect(err.said).toBe("");
  await terminal.during(text, () => wait(1_100));
  expect([out.said, err.said]).toEqual(["", "It is done.\n"]);
});
