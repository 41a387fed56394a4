import { HubError } from "#domain/error.ts";
import type { z } from "zod";

/** One thing wrong with what a caller sent. */
export interface InputFault {
  /** Dotted, empty for the whole: `settings.phones.0`. */
  readonly path: string;
  readonly message: string;
}

export class InvalidInput extends HubError {
  override readonly name = "InvalidInput";
  readonly faults: readonly InputFault[];

  constructor(faults: readonly InputFault[]) {
    super(
      "invalid_input",
      "Some of what was sent is not as it must be. Correct it and send again.",
      {
        kind: "invalid",
      },
    );
    this.faults = faults;
  }
}

/** What a caller sent, in the shape that the schema gives it. Throws `InvalidInput` with every fault at once. */
export function readInput<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
): z.output<Schema> {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  throw new InvalidInput(
    read.error.issues.map(({ path, message }) => ({ path: path.map(String).join("."), message })),
  );
}
