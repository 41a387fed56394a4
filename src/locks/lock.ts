import type { HookManifest, Manifest } from "#domain/manifest.ts";
import type { Outcome } from "#domain/outcome.ts";
import type { CheckReport, Finding, Parameter, ParameterValues } from "#domain/parameter.ts";
import type { Tools } from "#domain/tools.ts";

/** One vendor of smart locks as the server sees it. */
export interface LockProvider<Settings extends TextRecord, Ps extends readonly Parameter[]> {
  readonly manifest: LockManifest<Ps>;
  /** The account out of a hook's parameters. Pure. What concerns the code itself, features read by name. */
  readHook(values: ParameterValues<Ps>): {
    readonly settings?: Settings;
    readonly findings: readonly Finding[];
  };
  /** Opens one account. Must not use the network; the first call does. */
  connect(settings: Settings, tools: Tools): LockAccount;
}

export type TextRecord = Readonly<Record<string, string>>;

export interface LockManifest<
  Ps extends readonly Parameter[] = readonly Parameter[],
> extends Manifest {
  readonly hook: HookManifest<Ps>;
}

/** One connected account. No method throws for what the vendor answers; a throw is our own bug. */
export interface LockAccount {
  /** Signs in and looks at the locks named. Changes nothing. */
  check(lockIds: readonly string[]): Promise<CheckReport>;
  describe(lockId: string): Promise<LockOutcome<LockDescription>>;
  /** Writes a code through the gateway. Accepted is not yet proof: read it back with `findCode`. */
  addCode(lockId: string, code: NewCode): Promise<LockOutcome<{ readonly remoteId: string }>>;
  /** Reads the lock's own list: by vendor's id when known, else by digits and name. `undefined`: certainly not there. */
  findCode(lockId: string, wanted: CodeSearch): Promise<LockOutcome<CodeOnLock | undefined>>;
  /** Moves the validity of a code, keeping its digits. `unchangeable` where the lock cannot. */
  moveCode(lockId: string, remoteId: string, validity: Validity): Promise<LockOutcome<undefined>>;
  /** Accepted also when the code was gone already. */
  deleteCode(lockId: string, remoteId: string): Promise<LockOutcome<undefined>>;
  /** The vendor's code that needs no gateway: the vendor chooses digits and widens the validity to whole hours. */
  offlineCode(
    lockId: string,
    wanted: { readonly name: string } & Validity,
  ): Promise<LockOutcome<OfflineCode>>;
}

/** Milliseconds since 1970, whole minutes. */
export interface Validity {
  readonly validFrom: number;
  readonly validTo: number;
}

export interface NewCode extends Validity {
  /** Digits; a leading zero matters. */
  readonly code: string;
  /** Our own reference, ASCII, unique per booking: makes reconciliation possible. */
  readonly name: string;
}

export interface CodeSearch {
  readonly remoteId?: string;
  readonly code: string;
  readonly name: string;
}

export interface CodeOnLock extends Validity {
  readonly remoteId: string;
  readonly code: string;
  readonly name: string;
  /** False while the vendor is still bringing it to the lock. */
  readonly isWritten: boolean;
}

export interface OfflineCode extends Validity {
  readonly remoteId: string;
  readonly code: string;
}

export interface LockDescription {
  readonly name: string;
  /** Whether a code of our own digits can be written at all. */
  readonly takesCodes: boolean;
  /** Milliseconds east of UTC by the lock's own setting. */
  readonly utcOffsetMs: number | undefined;
  readonly batteryPercent: number | undefined;
  readonly gateways: readonly {
    readonly id: string;
    readonly name: string;
    readonly isOnline: boolean;
  }[];
}

/** `unreachable` carries, where it is known, who is away. */
export type LockOutcome<Value> = Outcome<Value, LockRefusal>;

export type LockRefusal =
  /** The same digits are on this lock already: choose others, or find them to be ours. */
  | "code-taken"
  | "code-too-simple"
  | "code-length"
  | "storage-full"
  /** The lock cannot move this code: a new one is needed. */
  | "unchangeable"
  | "lock-missing"
  | "no-permission"
  | "frozen"
  | "unsupported"
  /** The vendor's offline code for these hours was used up; other hours may work. */
  | "hours-spent"
  /** Account name or password no longer good. */
  | "sign-in"
  /** Our application at the vendor: client id, secret, region. */
  | "application"
  /** The month's call allowance is used up. */
  | "quota"
  | "invalid";

export type AnyLockProvider = LockProvider<TextRecord, readonly Parameter[]>;

/** Closes over a provider's types: typed inside its folder, opaque outside it. */
export function defineLock<Settings extends TextRecord, const Ps extends readonly Parameter[]>(
  provider: LockProvider<Settings, Ps>,
): AnyLockProvider {
  return provider;
}
