import { randomInt } from "node:crypto";
import type { Finding } from "#domain/parameter.ts";
import type { Text } from "#domain/text.ts";
import type { NewCode } from "../lock.ts";

export interface FakeCode extends NewCode {
  readonly remoteId: string;
}

export interface FakeLock {
  codes: FakeCode[];
}

/** Doors in memory, with one gateway that may go away and one answer that may get lost. */
export interface FakeWorld {
  isGatewayOnline: boolean;
  /** The next act over the gateway happens and its answer does not arrive. */
  loseNextAnswer(): void;
  takeLoss(): boolean;
  /** Doors 1 to 9 exist. */
  find(lockId: string): FakeLock | undefined;
  missing(lockId: string): Text;
  judge(lockId: string): readonly Finding[];
  insert(lock: FakeLock, code: NewCode): { readonly remoteId: string };
  digits(): string;
}

export function makeFakeWorld(): FakeWorld {
  const doors = new Map<string, FakeLock>();
  for (let door = 1; door <= 9; door += 1) doors.set(String(door), { codes: [] });
  let lossesLeft = 0;
  let lastId = 0;
  const world: FakeWorld = {
    isGatewayOnline: true,
    loseNextAnswer: () => void (lossesLeft += 1),
    takeLoss: () => {
      const isLost = lossesLeft > 0;
      if (isLost) lossesLeft -= 1;
      return isLost;
    },
    find: (lockId) => doors.get(lockId),
    missing: (lockId) => ({ ru: `Двери ${lockId} нет.`, en: `There is no door ${lockId}.` }),
    judge: (lockId) => {
      const wrong = { kind: "wrong", parameter: "lockId", text: world.missing(lockId) } as const;
      const off = { ru: "Шлюз не в сети.", en: "The gateway is offline." };
      if (!doors.has(lockId)) return [wrong];
      return world.isGatewayOnline ? [] : [{ kind: "warning", parameter: "lockId", text: off }];
    },
    insert: (lock, code) => {
      lastId += 1;
      lock.codes.push({ ...code, remoteId: String(lastId) });
      return { remoteId: String(lastId) };
    },
    digits: () => String(randomInt(100_000_000)).padStart(8, "0"),
  };
  return world;
}
