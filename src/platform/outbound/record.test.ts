import { afterEach, beforeEach, expect, it } from "vitest";
import { startSimulator, type Simulator } from "../../../simulators/simulator.ts";
import { makeHttp } from "./http.ts";
import { recordExchanges } from "./record.ts";

let vendor: Simulator;
let http: ReturnType<typeof makeHttp>;

beforeEach(async () => {
  vendor = await startSimulator(({ query }) => ({
    status: 200,
    body: query.get("say") ?? { token: "t-1", list: "x".repeat(20_000) },
  }));
  http = makeHttp({ allowPrivateNetwork: false, allowedOrigins: [vendor.url] });
});

afterEach(async () => {
  await http[Symbol.asyncDispose]();
  await vendor[Symbol.asyncDispose]();
});

it("keeps what was sent and what came back, masked and shortened", async () => {
  const { result, exchanges } = await recordExchanges(["4829#"], async () => {
    await http({ method: "POST", url: `${vendor.url}/add?code=4829%23`, body: "x".repeat(5_000) });
    return "done";
  });
  expect(result).toBe("done");
  expect(exchanges).toHaveLength(1);
  const [exchange] = exchanges;
  expect(exchange).toMatchObject({
    method: "POST",
    url: `${vendor.url}/add?code=***`,
    status: 200,
  });
  expect(exchange?.requestBody).toHaveLength(4_097);
  expect(exchange?.responseBody).toHaveLength(16_385);
  expect(exchange?.responseBody).toMatch(/^\{"token":"\*\*\*","list":"x/);
  expect(Math.abs(Date.now() - (exchange?.at ?? 0))).toBeLessThan(5_000);
  expect(exchange?.durationMs).toBeGreaterThanOrEqual(0);
});

it("says why there is no answer", async () => {
  vendor.faults.add(/cut/, { kind: "reset" });
  const { exchanges } = await recordExchanges([], async () => {
    await http({ method: "POST", url: `${vendor.url}/cut` });
    await http({ method: "POST", url: "https://10.0.0.1/?password=p" });
  });
  expect(exchanges).toMatchObject([
    { detail: "The connection broke before the answer was complete." },
    { url: "https://10.0.0.1/?password=***", detail: expect.stringContaining("private network") },
  ]);
  expect(exchanges[0]).not.toHaveProperty("status");
  expect(exchanges[0]).not.toHaveProperty("requestBody");
});

it("keeps both tries of a GET", async () => {
  vendor.faults.add(/cut/, { kind: "reset" });
  const { exchanges } = await recordExchanges([], () =>
    http({ method: "GET", url: `${vendor.url}/cut?say=hi` }),
  );
  expect(exchanges).toMatchObject([{ detail: expect.any(String) }, { responseBody: "hi" }]);
});

it("keeps recordings that run at once apart", async () => {
  const ask = (say: string) =>
    recordExchanges([], () => http({ method: "GET", url: `${vendor.url}/?say=${say}` }));
  const recorded = await Promise.all(["a", "b", "c"].map(ask));
  expect(recorded.map(({ exchanges }) => exchanges.map((one) => one.responseBody))).toEqual([
    ["a"],
    ["b"],
    ["c"],
  ]);
});

it("holds no NUL, which PostgreSQL cannot keep", async () => {
  const { exchanges } = await recordExchanges([], () =>
    http({ method: "POST", url: `${vendor.url}/?say=ok`, body: "a\0b" }),
  );
  expect(exchanges[0]?.requestBody).toBe("a\uFFFDb");
});

it("lets the failure of the work through", async () => {
  await expect(recordExchanges([], () => Promise.reject(new Error("ours")))).rejects.toThrow(
    "ours",
  );
});
