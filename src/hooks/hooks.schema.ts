import { z } from "zod";
import { instant, text } from "#platform/http/shapes.schema.ts";

const finding = z.object({
  kind: z.enum(["wrong", "error", "warning"]),
  parameter: z.string().nullable(),
  text,
});

export const hook = z
  .object({
    id: z.string(),
    kind: z.string().meta({ examples: ["ttlock"] }),
    url: z.url().meta({ description: "Short, with nothing secret in it." }),
    createdAt: instant,
    parameters: z.array(
      z.object({
        name: z.string(),
        value: z.string().nullable().meta({ description: "Masked where it is a secret." }),
        isSecret: z.boolean(),
        isDefault: z.boolean(),
        meaning: text,
      }),
    ),
    findings: z.array(finding),
  })
  .meta({ id: "Hook", description: "A stored booking-event URL." });

export type HookView = z.input<typeof hook>;

export const newHook = z.object({
  url: z
    .url()
    .max(16_384)
    .meta({
      description:
        "The whole URL with its parameters, as the booking service would call it; `key` may be left out.",
      examples: [
        "https://example.com/webhook/telegram?telegramToken=...&telegramFieldName=TelegramId",
      ],
    }),
});
