import { lockContract } from "../lock.contract.ts";
import { gatewayId, offsetMs, openTtlock, password } from "../../../test/support/ttlock-world.ts";

lockContract({
  name: "ttlock",
  open: async () => {
    const { simulator, account } = await openTtlock();
    return {
      account,
      lockId: "1",
      unknownLockId: "404",
      utcOffsetMs: offsetMs,
      secrets: [password, "simulated-client-secret", "canary"],
      setGatewayOnline: (isOnline) => simulator.gateway(gatewayId).setOnline(isOnline),
      loseNextAnswer: () =>
        simulator.faults.add(/keyboardPwd\/(add|change|delete)$/, { kind: "reset-after-apply" }),
      codesAtDoor: () =>
        simulator
          .codesOf(1)
          .filter(({ isOnKeypad }) => isOnKeypad)
          .map(({ code }) => code),
      [Symbol.asyncDispose]: () => simulator[Symbol.asyncDispose](),
    };
  },
});
