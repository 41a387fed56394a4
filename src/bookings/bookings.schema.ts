import { z } from "zod";
import { accessCode } from "#access-codes/access-codes.schema.ts";
import { delivery } from "#deliveries/deliveries.schema.ts";
import { id, instant, mark, text } from "#platform/http/shapes.schema.ts";

const bookingState = z
  .enum(["open", "completed", "cancelled", "rejected", "unknown"])
  .meta({ id: "BookingState" });

export const bookingSummary = z
  .object({
    id,
    number: z.string().nullable(),
    state: bookingState,
    startsAt: instant.nullable(),
    endsAt: instant.nullable(),
    serviceName: z.string().nullable(),
    updatedAt: instant,
    trouble: z.enum(["none", "waiting", "trouble", "failed"]).meta({
      description:
        "The worst of its deliveries: nothing open, something on its way, retried or unclear, or lost.",
    }),
  })
  .meta({ id: "BookingSummary" });

const booking = z.object({
  number: z.string().nullable(),
  kind: z.enum(["order", "appointment", "event"]),
  state: bookingState,
  startsAt: instant.nullable(),
  endsAt: instant.nullable(),
  service: z.object({ name: z.string().nullable(), url: z.string().nullable() }),
  address: z.string().nullable(),
  url: z.string().nullable(),
  resources: z.array(z.object({ name: z.string() })),
  guests: z
    .array(
      z.object({
        name: z.string().nullable(),
        state: z.enum(["booking", "registered", "cancelled", "approving", "unknown"]),
      }),
    )
    .meta({ description: "By name only; contacts stay where they are." }),
});

const timelinePoint = z
  .object({
    cursor: z.string(),
    at: instant,
    mark,
    text,
    deliveryId: id.optional(),
    accessCodeId: id.optional(),
  })
  .meta({ id: "TimelinePoint" });

export const bookingDetails = z.object({
  id,
  booking,
  codes: z.array(accessCode),
  deliveries: z.array(delivery),
  timeline: z.array(timelinePoint).meta({ description: "Oldest first." }),
});

export type BookingView = z.input<typeof booking>;
