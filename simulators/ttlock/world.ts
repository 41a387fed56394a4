/** What the vendor's cloud, the gateways and the locks themselves hold. Instants are milliseconds since 1970. */
export interface World {
  readonly now: () => number;
  readonly application: Application;
  readonly accounts: Account[];
  readonly tokens: Token[];
  readonly locks: Map<number, Lock>;
  readonly gateways: Map<number, Gateway>;
  readonly codes: Code[];
  readonly records: LockRecord[];
  readonly effects: Effect[];
  readonly quirks: Quirks;
  /** How long one talk between gateway and lock takes. */
  gatewayLatencyMs: number;
  /** Calls left in this month. */
  quotaLeft: number;
  nextId: number;
}

export interface Application {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Where the documents and integrators disagree, both ways can be tried. */
export interface Quirks {
  /** Deleting an unknown passcode: documented -2009, seen: success. */
  deleteUnknown: "refused" | "accepted";
  /** Who answers -3008 before the first use at the door: random codes only, or every code. */
  changeOfUnused: "refused-for-random" | "refused";
  /** Documentation examples show numbers as texts. */
  numbersAsText: boolean;
}

export interface Account {
  readonly uid: number;
  readonly username: string;
  password: string;
  /** A user of the other region is answered 30008. */
  readonly region: "here" | "elsewhere";
}

export interface Token {
  readonly uid: number;
  readonly access: string;
  readonly refresh: string;
  expiresAt: number;
  /** False: the cloud forgot it (10003, and 10011 for its refresh token). */
  isKnown: boolean;
}

export interface Lock {
  readonly lockId: number;
  readonly ownerUid: number;
  readonly alias: string;
  readonly passcodeVersion: number;
  readonly featureValue: string;
  readonly capacity: number;
  readonly gatewayIds: readonly number[];
  /** A Wi-Fi lock talks to the cloud without a gateway. */
  readonly wifi: "none" | "online" | "offline" | "power-saving";
  timezoneRawOffset: number;
  batteryPercent: number;
  isFrozen: boolean;
  /** The lock's own clock minus the true time. */
  clockDriftMs: number;
}

export interface Gateway {
  readonly gatewayId: number;
  readonly name: string;
  readonly ownerUid: number;
  isOnline: boolean;
  /** The cloud notices a dead gateway minutes later. */
  looksOnlineUntil: number;
  busyUntil: number;
  isTalking: boolean;
  readonly outOfRange: Set<number>;
}

/** One passcode. What the cloud lists and what the keypad obeys may differ. */
export interface Code {
  readonly id: number;
  readonly lockId: number;
  readonly isCustom: boolean;
  readonly type: number;
  readonly sentAt: number;
  cloud: (Written & { readonly name: string; readonly status: number }) | undefined;
  keypad: Written | undefined;
  wasUsed: boolean;
}

export interface Written {
  readonly digits: string;
  readonly startDate: number;
  readonly endDate: number;
}

export interface LockRecord {
  readonly lockId: number;
  readonly recordType: number;
  readonly success: 0 | 1;
  readonly username: string;
  readonly keyboardPwd: string;
  readonly lockDate: number;
  serverDate: number;
}

/** One change that reached a keypad or the cloud's list; crash tests count these. */
export interface Effect {
  readonly at: number;
  readonly kind: "add" | "issue" | "change" | "delete";
  readonly lockId: number;
  readonly keyboardPwdId: number;
  readonly keyboardPwd: string;
  readonly name: string;
  readonly startDate: number;
  readonly endDate: number;
}

export function makeWorld(now: () => number): World {
  return {
    now,
    application: { clientId: "simulated-client", clientSecret: "simulated-client-secret" },
    accounts: [],
    tokens: [],
    locks: new Map(),
    gateways: new Map(),
    codes: [],
    records: [],
    effects: [],
    quirks: {
      deleteUnknown: "refused",
      changeOfUnused: "refused-for-random",
      numbersAsText: false,
    },
    gatewayLatencyMs: 0,
    quotaLeft: Number.POSITIVE_INFINITY,
    nextId: 3_200_000,
  };
}

/** Notes what a change did, with the code as it stands after it (before it, for a deletion). */
export function noteEffect(world: World, kind: Effect["kind"], code: Code): void {
  const written = code.cloud ?? code.keypad;
  world.effects.push({
    at: world.now(),
    kind,
    lockId: code.lockId,
    keyboardPwdId: code.id,
    keyboardPwd: written?.digits ?? "",
    name: code.cloud?.name ?? "",
    startDate: written?.startDate ?? 0,
    endDate: written?.endDate ?? 0,
  });
}
