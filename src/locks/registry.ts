import { fake } from "./fake/index.ts";
import type { AnyLockProvider } from "./lock.ts";
import { ttlock } from "./ttlock/index.ts";

/** Every vendor of locks by the kind of its hook, in the order shown on screen. */
export const locks = { ttlock } as const satisfies Record<string, AnyLockProvider>;

/** Locks without a vendor, for trying the program out. */
export const demoLocks = { fake } as const satisfies Record<string, AnyLockProvider>;
