import { makeTools } from "../../../test/support/tools.ts";
import { lockContract } from "../lock.contract.ts";
import { makeFakeLocks, makeFakeWorld } from "./index.ts";

lockContract({
  name: "fake",
  open: async () => {
    const world = makeFakeWorld();
    return {
      account: makeFakeLocks(world).connect({ house: "demo" }, makeTools("http://127.0.0.1")),
      lockId: "1",
      unknownLockId: "404",
      utcOffsetMs: 0,
      secrets: [],
      setGatewayOnline: (isOnline) => void (world.isGatewayOnline = isOnline),
      loseNextAnswer: () => world.loseNextAnswer(),
      codesAtDoor: () => (world.find("1")?.codes ?? []).map(({ code }) => code),
      [Symbol.asyncDispose]: async () => undefined,
    };
  },
});
