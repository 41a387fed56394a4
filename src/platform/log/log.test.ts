import { expect, test } from "vitest";
import { makeLog, type Log, type LogLevel } from "./log.ts";

test("writes one JSON line with time, level, fields and message", () => {
  const { log, lines } = logged("info");
  log.info({ hook: "ttlock" }, "event accepted");
  expect(lines()).toEqual([
    { level: "info", time: expect.any(String), hook: "ttlock", msg: "event accepted" },
  ]);
});

test("keeps quiet below its level", () => {
  const { log, lines } = logged("warn");
  log.info("not worth it");
  expect(lines()).toEqual([]);
});

test("of an error only what holds no guest's data is written, with its causes", () => {
  const { log, lines } = logged("info");
  const database = Object.assign(new Error("duplicate key"), {
    code: "23505",
    detail: "Key (phone)=(+79001234567)",
  });
  log.error({ err: new Error("could not store", { cause: database }) }, "failed");
  expect(lines()[0]).toMatchObject({
    err: { message: "could not store", cause: { message: "duplicate key", code: "23505" } },
  });
  expect(JSON.stringify(lines())).not.toContain("79001234567");
});

test("an error that is no error, or causes itself, is written all the same", () => {
  const { log, lines } = logged("info");
  const loop = new Error("loop");
  loop.cause = loop;
  log.error({ err: loop }, "one");
  log.error({ err: "password" }, "two");
  expect(lines()).toHaveLength(2);
  expect(JSON.stringify(lines()[1])).not.toContain("password");
});

test("objects handed over by mistake lose their secrets", () => {
  const { log, lines } = logged("info");
  log.info(
    { token: "t0ken", guest: { phone: "+79001234567", deeper: { password: "pa55" } } },
    "oops",
  );
  expect(JSON.stringify(lines())).not.toMatch(/t0ken|7900|pa55/u);
});

function logged(level: LogLevel): { log: Log; lines: () => unknown[] } {
  const written: string[] = [];
  const log = makeLog({ level, to: { write: (line) => void written.push(line) } });
  return { log, lines: () => written.map((line) => JSON.parse(line) as unknown) };
}
