import { readFile } from "node:fs/promises";
import { z } from "zod";

/** The shapes of an archive's headers, in the order in which they come. */
export const manifestShape = z.object({
  kind: z.literal("manifest"),
  format: z.number(),
  /** Of the Concierge that made it. */
  version: z.string(),
  /** Milliseconds since 1970. */
  createdAt: z.number(),
  migrations: z.array(z.object({ number: z.number(), name: z.string(), checksum: z.string() })),
  tables: z.array(z.string()),
});

export const partShape = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("table"), name: z.string(), columns: z.array(z.string()) }),
  z.object({ kind: z.literal("sequence"), name: z.string(), value: z.string() }),
  z.object({ kind: z.literal("file"), path: z.string() }),
  z.object({ kind: z.literal("end") }),
]);

export type Manifest = z.infer<typeof manifestShape>;
export type Part = z.infer<typeof partShape>;

export const archiveFormat = 1;

export async function readVersion(): Promise<string> {
  const text = await readFile(new URL("../../../../package.json", import.meta.url), "utf8");
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}
