import { z } from "zod";
import { id, instant, pageQuery, text } from "#platform/http/shapes.schema.ts";

export const deliveryState = z
  .enum([
    "queued",
    "retrying",
    "held",
    "sent",
    "handed-over",
    "delivered",
    "read",
    "refused",
    "expired",
    "uncertain",
    "cancelled",
  ])
  .meta({
    id: "DeliveryState",
    description:
      "`sent`: the vendor took it. `handed-over`: it took it and will never say more. `uncertain`: it may have arrived, and a person decides. `expired`: its time was over before it could be sent. `cancelled`: it was no longer true.",
  });

/** One HTTP exchange with a vendor; secrets, addresses and the message's text are masked. */
const exchange = z.object({
  at: instant,
  method: z.string(),
  url: z.string(),
  requestBody: z.string().optional(),
  status: z.int().optional(),
  responseBody: z.string().optional(),
  detail: z.string().optional(),
  durationMs: z.number(),
});

export const attempt = z
  .object({
    number: z.int(),
    startedAt: instant,
    finishedAt: instant.nullable(),
    act: z.string(),
    outcome: z.string().nullable(),
    detail: text.nullable(),
    exchanges: z.array(exchange),
  })
  .meta({
    id: "Attempt",
    description: "One try at the vendor, with what was sent (masked) and what came back.",
  });

export const deliverySummary = z
  .object({
    id,
    kind: z.enum(["message", "code"]),
    channel: z.string().nullable().meta({ description: "The provider, such as `telegram`." }),
    recipient: z.string().meta({ description: "Masked where it is a phone number or an id." }),
    state: deliveryState,
    detail: text.nullable(),
    bookingId: id.nullable(),
    hookId: z.string().nullable(),
    createdAt: instant,
    nextTryAt: instant.nullable(),
    finishedAt: instant.nullable(),
  })
  .meta({ id: "DeliverySummary" });

export const delivery = deliverySummary.extend({ attempts: z.array(attempt) }).meta({
  id: "Delivery",
  description: "One outbound act: a message, or a door code on one lock.",
});

export type DeliveryView = z.input<typeof delivery>;
export type DeliverySummaryView = z.input<typeof deliverySummary>;
export type AttemptView = z.input<typeof attempt>;

export const deliveriesQuery = pageQuery.extend({ state: deliveryState.optional() });

export const notice = z
  .object({
    id,
    hookId: z.string(),
    count: z
      .int()
      .meta({ description: "How many troubles it tells of; `lines` holds the first twenty." }),
    lines: z.array(z.object({ at: instant, bookingNumber: z.string().nullable(), text })),
    windowFrom: instant,
    state: z.enum(["open", "sent", "kept", "refused"]).meta({
      description:
        "`open`: still gathering. `kept`: no mail server is set, or the hook names no errorEmail.",
    }),
  })
  .meta({
    id: "Notice",
    description: "Trouble of one hook and cause within ten minutes: one mail.",
  });

export type NoticeView = z.input<typeof notice>;
