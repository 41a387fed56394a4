import { z } from "zod";
import { id, instant } from "#platform/http/shapes.schema.ts";

const codeLock = z.object({
  lockId: z.string(),
  lockName: z.string().nullable(),
  state: z
    .enum(["planned", "writing", "confirmed", "offline", "failed", "removing", "removed"])
    .meta({
      description:
        "`confirmed`: the lock's own list shows it. `offline`: the vendor's spare code stands in, with digits of its own.",
    }),
  isOffline: z.boolean(),
  validFrom: instant
    .nullable()
    .meta({ description: "As it stands in the lock; null: nothing does." }),
  validTo: instant.nullable(),
});

export const accessCode = z
  .object({
    id,
    validFrom: instant,
    validTo: instant,
    keepUntil: instant.meta({ description: "When it is deleted from the locks." }),
    isWanted: z.boolean().meta({ description: "False: it was revoked." }),
    locks: z.array(codeLock),
  })
  .meta({
    id: "AccessCode",
    description: "The door code of one booking and hook; its digits are not shown here.",
  });

export type AccessCodeView = z.input<typeof accessCode>;

export const revealedCode = z.object({
  digits: z.string(),
  offline: z
    .array(z.object({ lockId: z.string(), digits: z.string() }))
    .meta({ description: "Locks where the vendor's spare code stands in." }),
});
