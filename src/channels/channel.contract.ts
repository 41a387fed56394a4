import { assert, jsonValue, property } from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Simulator } from "../../simulators/simulator.ts";
import type { TextRecord } from "./channel.ts";
import { nobodyThere } from "../../test/support/tools.ts";
import {
  type ChannelContract,
  type ContractWorld,
  expectNoSecrets,
  expectSafe,
  fails,
  openChannel,
  sendOne,
  someText as text,
} from "../../test/support/channel-world.ts";

/** The suite that every channel provider passes against its vendor's simulator, over real HTTP. */
export function channelContract<Vendor extends Simulator>(contract: ChannelContract<Vendor>): void {
  const name = [contract.provider.manifest.id, contract.variant].filter(Boolean).join(", ");
  describe(`${name} as a channel`, () => {
    let world: ContractWorld<Vendor>;
    beforeEach(async () => {
      world = await contract.start();
    });
    afterEach(() => world.simulator[Symbol.asyncDispose]());
    const needs = { contract, world: () => world };
    describe("check", () => {
      checks(needs);
    });
    describe("send", () => {
      sends(needs);
    });
    describe("when the vendor fails", () => {
      failures(needs);
    });
    describe.each("receiveReceipts" in contract.provider ? ["receipts"] : [])("%s", () => {
      receipts(contract);
    });
  });
}

interface Needs {
  readonly contract: ChannelContract;
  readonly world: () => ContractWorld;
}

function checks({ contract, world }: Needs): void {
  const check = async (hook: TextRecord, baseUrl = world().simulator.url) => {
    const { channel, target } = openChannel(contract, { world: world(), hook, baseUrl });
    const report = await channel.check([target]);
    expectSafe(contract, { world: world(), texts: report.findings.map(({ text }) => text) });
    expectNoSecrets(contract, { world: world(), said: JSON.stringify(report.facts) });
    return report;
  };

  it("finds nothing wrong with an account in good order and tells what it is", async () => {
    const report = await check(world().hook);
    const kinds = contract.healthy === "warned" ? ["warning"] : [];
    expect(report.findings.map(({ kind }) => kind)).toEqual(kinds);
    expect(report.facts.length).toBeGreaterThan(0);
  });

  it("sends nothing", async () => {
    await check(world().hook);
    expect(world().texts()).toEqual([]);
  });

  it("says so when the vendor does not know the credentials", async () => {
    const report = await check(world().wrongSignIn);
    expect(report.findings.filter(fails)).not.toEqual([]);
  });

  it("says so when nobody is there, and does not throw", async () => {
    const report = await check(world().hook, nobodyThere);
    expect(report.findings.filter(fails)).not.toEqual([]);
  });

  it.each([
    ["a gateway's page", { status: 502, body: "<html><h1>502 Bad Gateway</h1></html>" }],
    ["a page instead of JSON", { status: 200, body: "<html>maintenance</html>" }],
    ["JSON of another kind", { status: 200, body: [null, 1, "x"] }],
    ["a redirect", { status: 302, headers: { location: "http://127.0.0.1:9/" }, body: "" }],
  ])("reports %s and does not throw", async (_, answer) => {
    world().simulator.faults.add(/./, { kind: "answer", answer }, Infinity);
    const report = await check(world().hook);
    expect(report.findings.filter(fails)).not.toEqual([]);
  });
}

function sends({ contract, world }: Needs): void {
  it("brings the text to the guest once and names it", async () => {
    const { outcome } = await sendOne({ contract, world: world() });
    expect(outcome).toMatchObject({ outcome: "accepted" });
    expect(outcome.outcome === "accepted" && outcome.value.remoteId).toMatch(/./);
    expect(world().texts()).toEqual([text]);
  });

  it("brings a text of the greatest length whole", async () => {
    const longest = "ж".repeat(contract.provider.manifest.maxTextLength);
    const { outcome } = await sendOne({ contract, world: world(), text: longest });
    expect(outcome).toMatchObject({ outcome: "accepted" });
    expect(world().texts()).toEqual([longest]);
  });

  it.each(contract.refusals.map((refusal) => [refusal.name, refusal] as const))(
    "is refused: %s",
    async (_, refusal) => {
      refusal.arrange(world());
      const { outcome } = await sendOne({ contract, world: world() });
      expect(outcome).toMatchObject({ outcome: "refused", because: refusal.because });
      expect(world().texts()).toEqual([]);
    },
  );

  it("is refused when the vendor does not know the credentials", async () => {
    const { outcome } = await sendOne({ contract, world: world(), hook: world().wrongSignIn });
    expect(outcome).toMatchObject({ outcome: "refused", because: "sign-in" });
  });

  it("waits as long as the vendor says when it is too much", async () => {
    const { answer, ...expected } = contract.rateLimit;
    world().simulator.faults.add(contract.sendPath, { kind: "answer", answer });
    const { outcome } = await sendOne({ contract, world: world() });
    expect(outcome).toMatchObject({ outcome: "unreachable", ...expected });
    expect(world().texts()).toEqual([]);
  });
}

function failures({ contract, world }: Needs): void {
  it("did certainly not send when nobody was there", async () => {
    const { outcome } = await sendOne({ contract, world: world(), baseUrl: nobodyThere });
    expect(outcome.outcome).toBe("unreachable");
  });

  it(`calls a gateway's page ${contract.serverError}`, async () => {
    const answer = { status: 502, body: "<html><h1>502 Bad Gateway</h1></html>" };
    world().simulator.faults.add(contract.sendPath, { kind: "answer", answer });
    const { outcome } = await sendOne({ contract, world: world() });
    expect(outcome.outcome).toBe(contract.serverError);
  });

  it.each([
    ["a page", "<html>maintenance</html>"],
    ["half an answer", '{"ok":true,"resu'],
    ["JSON of another kind", [null, 1, "x"]],
  ])("is uncertain when a success carries %s", async (_, body) => {
    const answer = { status: 200, body };
    world().simulator.faults.add(contract.sendPath, { kind: "answer", answer });
    const { outcome } = await sendOne({ contract, world: world() });
    expect(outcome.outcome).toBe("uncertain");
  });

  it.each(["reset", "reset-after-apply", "silence-after-apply"] as const)(
    "is uncertain and sends no second time after a %s",
    async (kind) => {
      world().simulator.faults.add(contract.sendPath, { kind });
      const hasty = { ...world(), patienceMs: kind === "silence-after-apply" ? 750 : 5_000 };
      const { outcome, channel, message } = await sendOne({ contract, world: hasty });
      expect(outcome.outcome).toBe("uncertain");
      const arrived = kind === "reset" ? [] : [text];
      expect(world().texts()).toEqual(arrived);
      if (!channel.settle) return;
      const isRepeating = contract.settlesBy === "repeating";
      const settled = await channel.settle(message);
      expect(settled.found).not.toBe(kind === "reset" && !isRepeating ? "yes" : "no");
      expect(world().texts()).toEqual(isRepeating ? [text] : arrived);
    },
  );

  it("does not lose an answer that is only late", async () => {
    world().simulator.faults.add(contract.sendPath, { kind: "latency", ms: 50 });
    const { outcome } = await sendOne({ contract, world: world() });
    expect(outcome.outcome).toBe("accepted");
    expect(world().texts()).toEqual([text]);
  });
}

function receipts({ provider, receipts: cases = [] }: ChannelContract): void {
  it.each(cases.map((one) => [one.name, one] as const))("reads %s", (_, { body, gives }) => {
    expect(provider.receiveReceipts?.(body)).toEqual(gives);
  });

  it("leaves out what it does not know and never throws", () => {
    assert(
      property(jsonValue(), (body) => {
        expect(provider.receiveReceipts?.(body)).toEqual([]);
      }),
    );
  });
}
