import type { AnyChannelProvider, Route, TextRecord } from "#channels/channel.ts";
import type { Finding, Parameter } from "#domain/parameter.ts";
import type { AnyLockProvider } from "#locks/lock.ts";
import { familyOf, parametersOf, type HookKinds } from "./hook-kind.ts";
import type { Value } from "./parameter-value.ts";
import { readParameters, type QueryItem, type ShownParameter } from "./parameters.ts";

/** A hook's URL understood: what it connects, with which values, and what is wrong with it. */
export interface HookReading {
  readonly kind: string;
  readonly values: Readonly<Record<string, Value>>;
  readonly shown: readonly ShownParameter[];
  readonly findings: readonly Finding[];
  readonly lock?: LockSide;
  readonly channel?: ChannelSide;
}

export interface LockSide {
  readonly provider: AnyLockProvider;
  /** Absent when a finding says why. */
  readonly settings: TextRecord | undefined;
}

/** Where messages go: a channel's hook, or a lock's hook with `deliverVia`. */
export interface ChannelSide {
  readonly provider: AnyChannelProvider;
  readonly routes: readonly Route<TextRecord, TextRecord>[];
}

/** Understands a hook's query. `undefined` when there is no such kind. Pure. */
export function readHook(
  kinds: HookKinds,
  kind: string,
  query: readonly QueryItem[],
): HookReading | undefined {
  const family = familyOf(kinds, kind);
  if (!family) return undefined;
  const via =
    family === "lock" ? query.find((item) => item.name.trim() === "deliverVia")?.value : kind;
  const read = readParameters(parametersOf(kinds, kind, via), query);
  const lock = readLock(kinds.locks[kind], read);
  const channel = readChannel(via === undefined ? undefined : kinds.channels[via], read);
  return {
    kind,
    values: read.values,
    shown: read.shown,
    findings: [...read.findings, ...lock.findings, ...channel.findings],
    ...(lock.side ? { lock: lock.side } : {}),
    ...(channel.side ? { channel: channel.side } : {}),
  };
}

/** Whether an event can be worked on: nothing in the URL is unusable. */
export function isUsable(reading: HookReading): boolean {
  return reading.findings.every((finding) => finding.kind === "warning");
}

type Read = ReturnType<typeof readParameters>;

function readLock(provider: AnyLockProvider | undefined, read: Read) {
  if (!provider) return { findings: [] };
  const { parameters } = provider.manifest.hook;
  if (isBroken(parameters, read)) return { findings: [], side: { provider, settings: undefined } };
  const own = provider.readHook(withDefaults(parameters, read) as never);
  return { findings: own.findings, side: { provider, settings: own.settings } };
}

function readChannel(provider: AnyChannelProvider | undefined, read: Read) {
  if (!provider) return { findings: [] };
  const { parameters } = provider.manifest.hook;
  if (isBroken(parameters, read)) return { findings: [], side: { provider, routes: [] } };
  const own = provider.readHook(withDefaults(parameters, read) as never);
  return { findings: own.findings, side: { provider, routes: own.routes } };
}

/** A provider is asked only when what it cannot do without is there; whom to tell of errors is not its concern. */
function isBroken(parameters: readonly Parameter[], { values }: Read): boolean {
  return parameters.some(
    ({ name, kind, isRequired }) => isRequired && kind !== "email" && !Object.hasOwn(values, name),
  );
}

/** What is unusable is a fault already; the rest is looked at all the same, so that all faults are told at once. */
function withDefaults(
  parameters: readonly Parameter[],
  { values }: Read,
): Readonly<Record<string, Value>> {
  return { ...readParameters(parameters, []).values, ...values };
}
