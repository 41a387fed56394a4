import type { BookingSource } from "../booking-source.ts";
import { connect } from "./client.ts";
import { idOf, receive } from "./inbound.ts";
import { manifest } from "./manifest.ts";
import { sampleEvent } from "./sample.ts";

export const torrow = {
  manifest,
  receive,
  idOf,
  connect,
  sampleEvent,
} as const satisfies BookingSource;
