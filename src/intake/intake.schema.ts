import { z } from "zod";
import { id, instant, pageByIdQuery, text } from "#platform/http/shapes.schema.ts";

const intakeState = z.enum(["received", "done", "superseded", "repeated", "quarantined"]).meta({
  id: "IntakeState",
  description:
    "`received`: on disk, not worked on yet. `superseded`: older than what is known, kept and not acted on. `repeated`: its work had been done already. `quarantined`: it could not be worked on; replay it after a fix.",
});

export const intakeEvent = z
  .object({
    id,
    source: z.string().meta({ examples: ["hook:ttlock"] }),
    hookId: z.string().nullable(),
    receivedAt: instant,
    state: intakeState,
    reason: text.nullable(),
    bookingId: id.nullable(),
  })
  .meta({
    id: "IntakeEvent",
    description: "One inbound webhook. Its body is not shown: it holds the guest's contacts.",
  });

export const intakeQuery = pageByIdQuery.extend({ state: intakeState.optional() });
