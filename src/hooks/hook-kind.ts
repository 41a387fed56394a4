import type { AnyChannelProvider } from "#channels/channel.ts";
import type { Parameter } from "#domain/parameter.ts";
import type { AnyLockProvider } from "#locks/lock.ts";

/** What hooks are made of: the providers of both families, and the parameters that features add to theirs. */
export interface HookKinds {
  readonly locks: Readonly<Record<string, AnyLockProvider>>;
  readonly channels: Readonly<Record<string, AnyChannelProvider>>;
  /** How a message is formatted: common to every hook that sends one. */
  readonly messageParameters: readonly Parameter[];
}

export type HookFamily = "lock" | "channel";

/** Every kind of hook there is, as it stands in `/webhook/<kind>`. */
export function listKinds(kinds: HookKinds): readonly string[] {
  return [...Object.keys(kinds.locks), ...Object.keys(kinds.channels)];
}

export function familyOf(kinds: HookKinds, kind: string): HookFamily | undefined {
  if (Object.hasOwn(kinds.locks, kind)) return "lock";
  return Object.hasOwn(kinds.channels, kind) ? "channel" : undefined;
}

/** All parameters that a hook of this kind knows. A lock's hook that tells the guest itself knows the channel's too. */
export function parametersOf(
  kinds: HookKinds,
  kind: string,
  deliverVia?: string,
): readonly Parameter[] {
  const lock = kinds.locks[kind];
  if (lock)
    return distinct([
      ...lock.manifest.hook.parameters,
      deliverViaParameter(kinds),
      ...viaParameters(kinds, deliverVia),
    ]);
  const channel = kinds.channels[kind];
  return channel ? distinct([...channel.manifest.hook.parameters, ...kinds.messageParameters]) : [];
}

function viaParameters(kinds: HookKinds, deliverVia: string | undefined): readonly Parameter[] {
  const channel = deliverVia === undefined ? undefined : kinds.channels[deliverVia];
  return channel ? [...channel.manifest.hook.parameters, ...kinds.messageParameters] : [];
}

function deliverViaParameter(kinds: HookKinds): Parameter {
  return {
    name: "deliverVia",
    kind: "text",
    options: Object.values(kinds.channels)
      .filter((channel) =>
        channel.manifest.hook.parameters.some(
          (one) => one.name === "telegramFieldName" || one.name === "phone",
        ),
      )
      .map((channel) => channel.manifest.hook.kind),
    meaning: {
      en: "Channel that tells the guest the code; its own parameters stand in the same URL",
      ru: "Канал, по которому гость получит код; параметры канала указываются в этом же URL",
    },
  };
}

function distinct(parameters: readonly Parameter[]): readonly Parameter[] {
  return parameters.filter(
    (one, place) => parameters.findIndex((other) => other.name === one.name) === place,
  );
}
