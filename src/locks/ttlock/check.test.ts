import { afterEach, beforeEach, expect, test } from "vitest";
import {
  gatewayId,
  openTtlock,
  password,
  type TtlockWorld,
  username,
} from "../../../test/support/ttlock-world.ts";
import { makeTools } from "../../../test/support/tools.ts";
import { ttlock } from "./index.ts";
import { manifest } from "./manifest.ts";

let world: TtlockWorld;
beforeEach(async () => {
  world = await openTtlock();
});
afterEach(() => world.simulator[Symbol.asyncDispose]());

const check = (...lockIds: string[]) => world.account.check(lockIds);
const said = async (...lockIds: string[]) =>
  (await check(...lockIds)).findings.map(({ kind, text }) => `${kind}: ${text.en}`).join("\n");

test("tells the lock's name, battery, gateway and zone", async () => {
  const { facts } = await check("1");
  expect(facts.map(({ label, value }) => `${label.en}: ${value}`)).toEqual([
    "Lock: 1 Door 1",
    "Lock's battery: 90%",
    "Gateway, online: G2_90001",
    "Lock's time zone: UTC+05:45",
  ]);
});

test("lists the account's locks when none is named, so that a number can be chosen", async () => {
  const { facts, findings } = await check();
  expect(findings).toEqual([]);
  expect(facts.map(({ value }) => value)).toEqual(["1 Door 1"]);
});

test("really signs in: a token from before does not hide a wrong password", async () => {
  await check("1");
  world.simulator.changePassword(username, "another");
  const { findings } = await check("1");
  expect(findings).toMatchObject([{ kind: "error", parameter: "password" }]);
  expect(JSON.stringify(findings)).not.toContain(password);
});

test("says what to set when the server has no application", async () => {
  const account = ttlock.connect({ username, password }, makeTools(world.simulator.url));
  const { findings } = await account.check(["1"]);
  expect(findings).toMatchObject([{ kind: "error" }]);
  expect(findings[0]!.text.ru).toContain("CONCIERGE_TTLOCK_CLIENT_ID");
});

test("reports every lock, the good and the wrong", async () => {
  world.simulator.addAccount({ username: "other", password: "x" });
  world.simulator.addLock({ lockId: 2, owner: "other" });
  const { facts, findings } = await check("1", "2", "3", "four");
  expect(facts.length).toBeGreaterThan(0);
  expect(findings.map(({ kind, parameter }) => [kind, parameter])).toEqual([
    ["wrong", "lockId"],
    ["wrong", "lockId"],
    ["wrong", "lockId"],
  ]);
});

test("a lock that takes no codes of ours, is frozen or has no gateway is an error", async () => {
  world.simulator.addLock({ lockId: 2, owner: username, passcodeVersion: 1 });
  expect(await said("2")).toMatch(/^error: Lock 2: it takes no codes/);
  world.simulator.addLock({ lockId: 3, owner: username, gatewayIds: [] });
  expect(await said("3")).toMatch(/^error: Lock 3: it has no gateway/);
  world.simulator.changeLock(1, { isFrozen: true });
  expect(await said("1")).toMatch(/^error: Lock 1: it is frozen/);
});

test("a Wi-Fi lock needs no gateway", async () => {
  world.simulator.addLock({ lockId: 2, owner: username, wifi: "online" });
  expect(await said("2")).toBe("");
});

test("warns of a gateway that is offline, out of range, or listed as online and silent", async () => {
  const gateway = world.simulator.gateway(gatewayId);
  gateway.setOnline(false);
  expect(await said("1")).toMatch(/^warning: Lock 1: its gateway \(G2_90001\) is offline/);
  gateway.unplug();
  expect(await said("1")).toMatch(/^warning: Lock 1: it does not answer through the gateway/);
  gateway.setOnline(true);
  gateway.setInRange(1, false);
  expect(await said("1")).toMatch(/^warning: Lock 1: no gateway has heard it/);
});

test("warns of an empty battery, an odd zone and a clock that is off", async () => {
  world.simulator.changeLock(1, {
    batteryPercent: 5,
    timezoneRawOffset: 7,
    clockDriftMs: -90 * 60_000,
  });
  const warnings = await said("1");
  expect(warnings).toContain("almost empty (5%)");
  expect(warnings).toContain("time zone is unset or odd");
  expect(warnings).toContain("its clock is 90 min slow");
});

test("warns when the server's own clock is off, and blames no lock for it", async () => {
  const now = () => Date.now() + 20 * 60_000;
  const fast = makeTools(world.simulator.url, { environment: world.tools.environment, now });
  const { findings } = await ttlock.connect({ username, password }, fast).check(["1"]);
  expect(findings.map(({ text }) => text.en)).toEqual([
    "The server's clock is 20 min ahead of TTLock's. Turn on time synchronisation (NTP) on the server.",
  ]);
});

test("never repeats the lock's own secrets", async () => {
  const everything = [await check("1"), await world.account.describe("1")];
  expect(JSON.stringify(everything)).not.toContain("canary");
});

const hook = {
  username,
  password,
  errorEmail: "a@example.org",
  codeLength: 6,
  codeDigits: "0123456789",
  templateMsg: "[passcode]",
};
type Values = Parameters<typeof ttlock.readHook>[0];
const read = (given: object) => ttlock.readHook({ ...hook, ...given } as unknown as Values);
const found = (given: object) =>
  read(given).findings.map(({ kind, parameter }) => [kind, parameter]);

test("reads the account out of a hook", () => {
  expect(read({ lockId: "1" })).toEqual({ settings: { username, password }, findings: [] });
});

test("finds digits that are all alike wrong, and weak codes worth a warning", () => {
  expect(found({ lockId: "1", codeDigits: "77" })).toEqual([["wrong", "codeDigits"]]);
  expect(found({ lockId: "1", codeLength: 5 })).toEqual([["warning", "codeLength"]]);
  expect(found({ lockId: "1", codeDigits: "12" })).toEqual([["warning", "codeDigits"]]);
  expect(found({ lockId: "1", templateMsg: "Hello" })).toEqual([["warning", "templateMsg"]]);
});

test("warns that the lock is the booking's to name when the hook names none", () => {
  expect(found({})).toEqual([["warning", "lockId"]]);
});

test("declares every parameter of the documents, and no two of the same name", () => {
  const names = manifest.hook.parameters.flatMap((parameter) => [
    parameter.name,
    ...("aliases" in parameter ? parameter.aliases : []),
  ]);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toEqual(
    expect.arrayContaining(["lockId", "keepHours", "validBeforeMinutes", "expiredBeforeMinutes"]),
  );
});
