import type { AnyChannelProvider } from "./channel.ts";
import { telegram } from "./telegram/index.ts";
import { wappi } from "./wappi/index.ts";

/** Every channel by the kind of its hook, in the order shown on screen. */
export const channels = {
  telegram,
  wappi,
} as const satisfies Record<string, AnyChannelProvider>;
