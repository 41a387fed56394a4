import { describe, expect, it } from "vitest";
import {
  apiToken,
  cascadeId,
  profileId,
  open,
  startCabinet,
} from "../../../test/support/wappi-cabinet.ts";
import type { WappiPlatform } from "../../../simulators/wappi.ts";
import { wappi } from "./index.ts";

const day = 24 * 60 * 60 * 1_000;
const vkId = "9f8e7d6c-5b4a";

describe("reading the hook", () => {
  const read = (values: Record<string, string>) => wappi.readHook({ apiToken, ...values });
  const both = { profileId, cascadeId };

  it.each([
    ["a profile", { profileId }, { profileId }],
    ["a cascade", { cascadeId }, { cascadeId }],
    [
      "a fixed number with its text",
      { cascadeId, phone: "+79001234567", message: "x" },
      { cascadeId },
    ],
  ])("takes %s", (_, values, target) => {
    const reading = read(values);
    expect(reading).toEqual({ routes: [{ settings: { apiToken }, target }], findings: [] });
  });

  it("takes the cascade when both are given, with a warning", () => {
    const reading = read(both);
    expect(reading.routes).toMatchObject([{ target: { cascadeId } }]);
    expect(reading.findings).toMatchObject([{ kind: "warning", parameter: "profileId" }]);
  });

  it("tells all faults at once", () => {
    const reading = read({ phone: "+79001234567" });
    expect(reading.routes).toEqual([]);
    expect(reading.findings).toMatchObject([
      { kind: "wrong", parameter: "message" },
      { kind: "wrong", parameter: "cascadeId" },
    ]);
  });
});

describe("a profile", () => {
  const check = async (platform: WappiPlatform, change: object = {}) => {
    await using world = await startCabinet();
    world.addProfile({ token: apiToken, id: profileId, platform, name: "Студия", ...change });
    return await open(world).check([{ profileId }]);
  };

  it.each([
    ["wa", "WhatsApp"],
    ["tg", "Telegram"],
    ["max", "MAX"],
    ["tgbot", "Telegram (bot)"],
  ] as const)("%s is named %s", async (platform, name) => {
    const { facts } = await check(platform);
    expect(facts.map(({ value }) => value)).toEqual(["Студия", name]);
  });

  it("of VK is sent to a cascade", async () => {
    const { findings } = await check("vk");
    expect(findings).toMatchObject([{ kind: "wrong", parameter: "profileId" }]);
    expect(findings[0]?.text.ru).toContain("VK");
  });

  it.each([
    ["signed out", { authorized: false }, ["error", "signed out"]],
    ["connecting", { appStatus: "connecting" }, ["warning", "not connected"]],
    ["unpaid", { paidUntil: Date.now() - day }, ["error", "no longer paid"]],
    [
      "paid for two more days",
      { paidUntil: Date.now() + 2 * day },
      ["warning", "is paid for until"],
    ],
  ] as const)("that is %s is reported", async (_, change, expected) => {
    const [kind, words] = expected;
    const { findings } = await check("wa", change);
    expect(findings).toMatchObject([{ kind }]);
    expect(findings[0]?.text.en).toContain(words);
  });

  it("that is paid for four more days is fine", async () => {
    expect((await check("wa", { paidUntil: Date.now() + 4 * day })).findings).toEqual([]);
  });

  it("that nobody knows is a wrong parameter", async () => {
    await using world = await startCabinet();
    const { findings } = await open(world).check([{ profileId: "0000aaaa-0000" }]);
    expect(findings).toMatchObject([{ kind: "wrong", parameter: "profileId" }]);
  });
});

describe("a cascade", () => {
  const check = async (wa: object, order: readonly ("wa" | "vk" | "sms")[]) => {
    await using world = await startCabinet();
    world.addProfile({ token: apiToken, id: profileId, platform: "wa", ...wa });
    world.addProfile({ token: apiToken, id: vkId, platform: "vk" });
    const ids = { wa: { profileId }, vk: { profileId: vkId }, sms: {} };
    const steps = order.map((platform) => ({ platform, ...ids[platform] }));
    world.addCascade({ token: apiToken, id: cascadeId, name: "Все гости", order: steps });
    return await open(world).check([{ cascadeId }]);
  };

  it("tells its messengers in order", async () => {
    const report = await check({}, ["wa", "vk", "sms"]);
    expect(report.findings).toEqual([]);
    expect(report.facts.map(({ value }) => value)).toEqual(["Все гости", "WhatsApp, VK, SMS"]);
  });

  it("warns of one messenger that does not work", async () => {
    const { findings } = await check({ authorized: false }, ["wa", "sms"]);
    expect(findings).toMatchObject([{ kind: "warning" }]);
    expect(findings[0]?.text.en).toContain("WhatsApp");
  });

  it("fails when none of its messengers works", async () => {
    expect((await check({ authorized: false }, ["wa"])).findings).toMatchObject([
      { kind: "error" },
    ]);
  });

  it("fails when it is empty", async () => {
    expect((await check({}, [])).findings).toMatchObject([{ kind: "error" }]);
  });

  it("that nobody knows is a wrong parameter", async () => {
    await using world = await startCabinet();
    const { findings } = await open(world).check([{ cascadeId }]);
    expect(findings).toMatchObject([{ kind: "wrong", parameter: "cascadeId" }]);
  });
});

it("changes nothing at the vendor", async () => {
  await using world = await startCabinet();
  await open(world).check([{ profileId }, { cascadeId }]);
  expect(world.journal.filter(({ method }) => method !== "GET")).toEqual([]);
});
