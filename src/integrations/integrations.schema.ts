import { z } from "zod";
import { id, instant, text } from "#platform/http/shapes.schema.ts";

export const integration = z
  .object({
    id,
    provider: z.string(),
    name: z.string(),
    icon: z.string().meta({ description: "Name of a Tabler icon." }),
    status: z.enum(["not-configured", "active", "paused", "has-errors", "failed"]),
    settings: z.array(
      z.object({
        name: z.string(),
        label: text,
        value: z.string().nullable().meta({ description: "Masked where it is a secret." }),
        isSecret: z.boolean(),
      }),
    ),
    lastOkAt: instant.nullable(),
    lastErrorAt: instant.nullable(),
    lastError: text.nullable(),
  })
  .meta({
    id: "Integration",
    description: "One connected account of a provider, and how it fares.",
  });

export type IntegrationView = z.input<typeof integration>;
