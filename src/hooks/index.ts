export type { Hook } from "./hook-book.ts";
export type { HookEvent, Reaction } from "./hook-event.ts";
export type { HookReading } from "./hook-reading.ts";
