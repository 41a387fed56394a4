import type { AnyChannelProvider } from "./channel.ts";
import { greenApi } from "./green-api/index.ts";
import { telegram } from "./telegram/index.ts";
import { wappi } from "./wappi/index.ts";
import { wazzup24 } from "./wazzup24/index.ts";

/** Every channel by the kind of its hook, in the order shown on screen. */
export const channels = {
  telegram,
  wappi,
  "green-api": greenApi,
  wazzup24,
} as const satisfies Record<string, AnyChannelProvider>;
