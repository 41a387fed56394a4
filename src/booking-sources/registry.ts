import type { BookingSource } from "./booking-source.ts";
import { torrow } from "./torrow/index.ts";

/** Every booking service that we read events of, in the order shown on screen. */
export const bookingSources = { torrow } as const satisfies Readonly<Record<string, BookingSource>>;
