import { afterEach, beforeEach, expect, test } from "vitest";
import {
  openTtlock,
  password,
  username,
  type TtlockWorld,
} from "../../../test/support/ttlock-world.ts";
import { makeTools } from "../../../test/support/tools.ts";
import { ttlock } from "./index.ts";

let world: TtlockWorld;
beforeEach(async () => {
  world = await openTtlock();
});
afterEach(() => world.simulator[Symbol.asyncDispose]());

const code = { code: "031415", name: "Booking 42" };
const find = () => world.account.findCode("1", code);
const grants = () =>
  world.simulator.journal
    .filter(({ path }) => path === "/oauth2/token")
    .map(({ body }) => new URLSearchParams(body).get("grant_type"));

test("signs in once for many calls at the same time", async () => {
  await Promise.all([find(), find(), find()]);
  expect(grants()).toEqual(["password"]);
});

test("takes the token that another node left in the memory", async () => {
  await find();
  const second = ttlock.connect({ username, password }, world.tools);
  expect((await second.findCode("1", code)).outcome).toBe("accepted");
  expect(grants()).toEqual(["password"]);
});

test("renews an expired token once for many calls, and repeats them", async () => {
  await find();
  world.simulator.expireTokens();
  const found = await Promise.all([find(), find(), find()]);
  expect(found.map(({ outcome }) => outcome)).toEqual(["accepted", "accepted", "accepted"]);
  expect(grants()).toEqual(["password", "refresh_token"]);
  world.simulator.expireTokens();
  expect((await find()).outcome).toBe("accepted");
  expect(grants()).toEqual(["password", "refresh_token", "refresh_token"]);
});

test("signs in with the password when the cloud forgot the tokens", async () => {
  await find();
  world.simulator.forgetTokens();
  expect((await find()).outcome).toBe("accepted");
  expect(grants()).toEqual(["password", "refresh_token", "password"]);
});

test("does not wait for the refusal when the token's time is known to be over", async () => {
  let clock = Date.UTC(2030, 0, 1);
  const now = () => clock;
  const { simulator, account } = await openTtlock({ now, simulatorNow: now });
  await account.findCode("1", code);
  clock += 91 * 24 * 3_600_000;
  await account.findCode("1", code);
  await simulator[Symbol.asyncDispose]();
  const paths = simulator.journal.map(({ path }) => path);
  expect(paths.filter((path) => path === "/oauth2/token")).toHaveLength(2);
  expect(paths.filter((path) => path.endsWith("listKeyboardPwd"))).toHaveLength(4);
});

test("stops when the password is no longer good, and says so", async () => {
  await find();
  world.simulator.forgetTokens();
  world.simulator.changePassword(username, "another");
  expect(await find()).toMatchObject({ outcome: "refused", because: "sign-in" });
  expect(grants()).toEqual(["password", "refresh_token", "password"]);
});

test("a wrong password does not share the fate of the right one", async () => {
  const wrong = ttlock.connect(
    { username, password: "wrong" },
    makeTools(world.simulator.url, { environment: world.tools.environment }),
  );
  const [good, bad] = await Promise.all([find(), wrong.findCode("1", code)]);
  expect([good.outcome, bad.outcome]).toEqual(["accepted", "refused"]);
});

test("says which variables are missing when the server has no application", async () => {
  const account = ttlock.connect({ username, password }, makeTools(world.simulator.url));
  const found = await account.findCode("1", code);
  expect(found).toMatchObject({ outcome: "refused", because: "application" });
  expect(JSON.stringify(found)).toContain("CONCIERGE_TTLOCK_CLIENT_SECRET");
  expect(world.simulator.journal).toEqual([]);
});

test("takes the vendor's clock when its own is off, for this call and the next", async () => {
  const now = () => Date.now() - 20 * 60_000;
  const slow = makeTools(world.simulator.url, { environment: world.tools.environment, now });
  const account = ttlock.connect({ username, password }, slow);
  expect((await account.findCode("1", code)).outcome).toBe("accepted");
  const calls = world.simulator.journal.length;
  expect((await account.findCode("1", code)).outcome).toBe("accepted");
  expect(world.simulator.journal.length - calls).toBe(2);
});

test("survives a memory that holds something else", async () => {
  for (const text of ["", "{}", "not JSON"]) {
    await world.tools.memory.write(text);
    expect((await find()).outcome).toBe("accepted");
  }
});

test("puts no token into a URL", async () => {
  await find();
  for (const { query } of world.simulator.journal) expect(query.toString()).toBe("");
});
